// Comparisons that were asked for: one runs at a time, on a thread of its own; who wants to may
// watch. Kept in memory: after a restart the runs themselves tell what was done. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "workspace/progress.h"

namespace bidui::service {

struct JobOrder {
  std::string as_of{};  // evaluation date, "" = the newest of the deliveries
  bool full = false;
};

struct Job {
  enum class State : std::uint8_t { kWaiting, kRunning, kDone, kFailed };
  std::string id{};
  JobOrder order{};
  State state = State::kWaiting;
  std::string phase{};  // "waiting", "starting", then those of the work
  std::string unit{};
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  std::string run{};  // that it made
  Bilingual error{};
  std::string by{};
  std::string started_at{};
  std::uint64_t version = 0;  // another with every change

  bool ended() const { return state == State::kDone || state == State::kFailed; }
};

class Jobs {
 public:
  // Gives the run's identifier. Called from one thread.
  using Work = std::function<Result<std::string>(const JobOrder&, const workspace::Progress&)>;

  explicit Jobs(Work work);
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;
  // Waits for the job that runs; those that wait are dropped.
  ~Jobs();

  // kConflict where one waits already.
  Result<Job> start(const JobOrder& order, std::string by, std::string at);
  std::optional<Job> find(std::string_view id) const;
  // Newest first; the last 50.
  std::vector<Job> list() const;
  // Waits until the job is of another version than `seen`, or for `longest`; nullopt where there is
  // no such job, or the service ends.
  std::optional<Job> wait(std::string_view id, std::uint64_t seen,
                          std::chrono::milliseconds longest) const;
  bool is_running() const;
  // Lets those go who wait(); starts nothing more.
  void end();

 private:
  void run();
  void change(const std::string& id, const std::function<void(Job&)>& change);
  std::deque<Job>::const_iterator at(std::string_view id) const;  // REQUIRES: mutex_ held

  Work work_;
  mutable std::mutex mutex_;  // guards all below
  mutable std::condition_variable changed_;
  std::deque<Job> jobs_;
  std::uint64_t number_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

std::string_view job_state_name(Job::State state);

}  // namespace bidui::service
