// The service's end of commands that write: it has the store, so it runs them (contracts §4). Each
// on a thread of its own, with the caller's arguments, streams, working directory and language.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "cli/command_message.h"
#include "workspace/workspace.h"

namespace bidui::cli {

class CommandSocket {
 public:
  // Runs a command, with what the service does before and after it. Called from many threads.
  using Around = std::function<int(const Arguments& arguments, const std::function<int()>& run)>;

  // `workspace` is open for writing and outlives it. Errors: kIo.
  static Result<std::unique_ptr<CommandSocket>> listen(const workspace::Workspace& workspace,
                                                       Around around);
  // Takes no more; those that run end as if they had been interrupted.
  ~CommandSocket();
  CommandSocket(const CommandSocket&) = delete;
  CommandSocket& operator=(const CommandSocket&) = delete;

 private:
  struct Caller {
    Descriptor connection{};
    std::thread thread{};
    std::atomic<bool> ended{false};
  };

  CommandSocket(const workspace::Workspace& workspace, Around around, Descriptor listening);
  void accept_callers();
  void serve(Caller& caller);
  // nullopt where it was interrupted.
  std::optional<int> run_command(int connection, ReceivedCommand received);

  const workspace::Workspace& workspace_;
  Around around_;
  Descriptor listening_;
  std::mutex mutex_;  // guards callers_
  std::list<Caller> callers_;
  std::thread accepting_;
};

// The status of this thread's command, run by the service that has the workspace open; nullopt
// where none has.
std::optional<int> hand_over_command(const std::filesystem::path& workspace);

}  // namespace bidui::cli
