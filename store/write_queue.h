// One thread that does work in the order it was given, with a bound on what waits.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "matcher/base/result.h"

namespace bidui::store {

class WriteQueue {
 public:
  using Task = std::function<Status()>;

  // `capacity_bytes`: push waits while more than this waits to be done.
  explicit WriteQueue(std::size_t capacity_bytes);
  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;
  ~WriteQueue();  // stops

  // `bytes` is what the task holds. Returns the first error of any task so far; after one, nothing
  // more is done.
  Status push(std::size_t bytes, Task task);

  // Waits until all is done; the first error.
  Status drain();

  // Drops what has not begun, waits for what has, and ends the thread. Nothing may be pushed after.
  void stop();

 private:
  struct Waiting {
    std::size_t bytes;
    Task task;
  };
  void work();
  Status state() const;  // REQUIRES: mutex_ held

  const std::size_t capacity_bytes_;
  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool busy_ = false;
  bool ending_ = false;
  std::optional<Error> error_;
  std::thread thread_;
};

}  // namespace bidui::store
