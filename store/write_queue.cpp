#include "store/write_queue.h"

#include <utility>

namespace bidui::store {

WriteQueue::WriteQueue(std::size_t capacity_bytes)
    : capacity_bytes_(capacity_bytes), thread_([this] { work(); }) {}

WriteQueue::~WriteQueue() { stop(); }

void WriteQueue::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    waiting_.clear();
  }
  changed_.notify_all();
  thread_.join();
}

Status WriteQueue::state() const {
  if (error_) return *error_;
  return {};
}

Status WriteQueue::push(std::size_t bytes, Task task) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return error_ || waiting_bytes_ <= capacity_bytes_; });
  if (error_) return state();
  waiting_bytes_ += bytes;
  waiting_.push_back({bytes, std::move(task)});
  changed_.notify_all();
  return {};
}

Status WriteQueue::drain() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return error_ || (waiting_.empty() && !busy_); });
  return state();
}

void WriteQueue::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    busy_ = true;
    lock.unlock();
    Status done = next.task();
    next.task = nullptr;  // frees what it holds before its bytes count as free
    lock.lock();
    busy_ = false;
    waiting_bytes_ -= next.bytes;
    if (!done && !error_) error_ = done.error();
    if (error_) waiting_.clear();
    changed_.notify_all();
  }
}

}  // namespace bidui::store
