#include "service/jobs.h"

#include <algorithm>

namespace bidui::service {

Jobs::Jobs(Work work) : work_(std::move(work)), thread_([this] { run(); }) {}

Jobs::~Jobs() {
  end();
  thread_.join();
}

void Jobs::end() {
  const std::lock_guard lock(mutex_);
  ending_ = true;
  changed_.notify_all();
}

Result<Job> Jobs::start(const JobOrder& order, std::string by, std::string at) {
  const std::lock_guard lock(mutex_);
  const bool waits =
      std::ranges::any_of(jobs_, [](const Job& job) { return job.state == Job::State::kWaiting; });
  if (waits || ending_)
    return bilingual_error(ErrorCode::kConflict, "已有一次比对在等候",
                           "a comparison waits already");
  constexpr std::size_t kMostKept = 50;
  if (jobs_.size() >= kMostKept) jobs_.pop_front();
  jobs_.push_back({.id = "J" + std::to_string(++number_),
                   .order = order,
                   .phase = "waiting",
                   .by = std::move(by),
                   .started_at = std::move(at),
                   .version = 1});
  changed_.notify_all();
  return jobs_.back();
}

std::deque<Job>::const_iterator Jobs::at(std::string_view id) const {
  return std::ranges::find(jobs_, id, &Job::id);
}

std::optional<Job> Jobs::find(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = at(id);
  if (found == jobs_.end()) return std::nullopt;
  return *found;
}

std::vector<Job> Jobs::list() const {
  const std::lock_guard lock(mutex_);
  return {jobs_.rbegin(), jobs_.rend()};
}

std::optional<Job> Jobs::wait(std::string_view id, std::uint64_t seen,
                              std::chrono::milliseconds longest) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, longest, [&] {
    const auto found = at(id);
    return ending_ || found == jobs_.end() || found->version != seen;
  });
  const auto found = at(id);
  if (ending_ || found == jobs_.end()) return std::nullopt;
  return *found;
}

bool Jobs::is_running() const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(jobs_, [](const Job& job) { return !job.ended(); });
}

void Jobs::change(const std::string& id, const std::function<void(Job&)>& change) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(jobs_, id, &Job::id);
  if (found == jobs_.end()) return;
  change(*found);
  ++found->version;
  changed_.notify_all();
}

void Jobs::run() {
  while (true) {
    Job next;
    {
      std::unique_lock lock(mutex_);
      const auto waiting = [&] {
        return std::ranges::find(jobs_, Job::State::kWaiting, &Job::state);
      };
      changed_.wait(lock, [&] { return ending_ || waiting() != jobs_.end(); });
      if (ending_) return;
      next = *waiting();
    }
    change(next.id, [](Job& job) {
      job.state = Job::State::kRunning;
      job.phase = "starting";
    });
    const Result<std::string> made = work_(next.order, [&](const workspace::ProgressEvent& event) {
      change(next.id, [&](Job& job) {
        job.phase = event.phase;
        job.unit = event.unit;
        job.done = event.done;
        job.total = event.total;
      });
    });
    change(next.id, [&](Job& job) {
      job.state = made ? Job::State::kDone : Job::State::kFailed;
      if (made) {
        job.run = *made;
      } else {
        job.error = {made.error().describe_zh(), made.error().describe()};
      }
    });
  }
}

std::string_view job_state_name(Job::State state) {
  switch (state) {
    case Job::State::kWaiting:
      return "waiting";
    case Job::State::kRunning:
      return "running";
    case Job::State::kDone:
      return "done";
    case Job::State::kFailed:
      return "failed";
  }
  return {};
}

}  // namespace bidui::service
