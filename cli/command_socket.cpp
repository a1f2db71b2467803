#include "cli/command_socket.h"

#include <cerrno>
#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <typeinfo>
#include <unistd.h>
#include <utility>

#include "cli/console.h"
#include "cli/invocation.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/run_output.h"

namespace bidui::cli {
namespace {

// A stream of C on a descriptor that came with the command.
class OutputStream {
 public:
  OutputStream(Descriptor descriptor, int buffering) : file_(::fdopen(descriptor.number(), "w")) {
    if (file_ == nullptr) return;
    descriptor.release();
    std::setvbuf(file_, nullptr, buffering, BUFSIZ);
  }
  ~OutputStream() {
    if (file_ != nullptr) std::fclose(file_);
  }
  OutputStream(const OutputStream&) = delete;
  OutputStream& operator=(const OutputStream&) = delete;

  std::FILE* get() const { return file_; }

 private:
  std::FILE* file_;
};

// The thread has a working directory of its own from here on, so that the caller's relative paths
// mean what they mean to the caller.
bool work_in(int directory) { return ::unshare(CLONE_FS) == 0 && ::fchdir(directory) == 0; }

}  // namespace

Result<std::unique_ptr<CommandSocket>> CommandSocket::listen(const workspace::Workspace& workspace,
                                                             Around around) {
  auto listening = listen_for_commands(workspace.directory());
  BIDUI_TRY(listening);
  return std::unique_ptr<CommandSocket>(
      new CommandSocket(workspace, std::move(around), std::move(*listening)));
}

CommandSocket::CommandSocket(const workspace::Workspace& workspace, Around around,
                             Descriptor listening)
    : workspace_(workspace), around_(std::move(around)), listening_(std::move(listening)) {
  accepting_ = std::thread([this] { accept_callers(); });
}

CommandSocket::~CommandSocket() {
  ::shutdown(listening_.number(), SHUT_RDWR);
  accepting_.join();
  remove_command_socket(workspace_.directory());
  const std::lock_guard lock(mutex_);
  // What reads from the connection finds its end (check_caller, read_byte).
  for (const Caller& caller : callers_) ::shutdown(caller.connection.number(), SHUT_RD);
  for (Caller& caller : callers_) caller.thread.join();
}

void CommandSocket::accept_callers() {
  while (true) {
    Descriptor connection(::accept4(listening_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!connection.is_open()) {
      if (errno == EINTR || errno == ECONNABORTED || errno == EMFILE || errno == ENFILE) continue;
      return;  // the end: it was shut down
    }
    const std::lock_guard lock(mutex_);
    callers_.remove_if([](Caller& caller) {
      if (caller.ended) caller.thread.join();
      return caller.ended.load();
    });
    Caller& caller = callers_.emplace_back();
    caller.connection = std::move(connection);
    caller.thread = std::thread([this, &caller] { serve(caller); });
  }
}

void CommandSocket::serve(Caller& caller) {
  const int connection = caller.connection.number();
  const timeval longest{.tv_sec = 10, .tv_usec = 0};  // for the command to arrive
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
  if (is_same_user(connection)) {
    if (auto received = receive_command(connection)) {
      const std::optional<int> status = run_command(connection, std::move(*received));
      if (status) (void)send_status(connection, *status);
    }
  }
  ::shutdown(connection, SHUT_RDWR);
  caller.ended = true;
}

std::optional<int> CommandSocket::run_command(int connection, ReceivedCommand received) {
  const Arguments& arguments = received.message.arguments;
  const OutputStream out(std::move(received.streams[kOut]),
                         ::isatty(received.streams[kOut].number()) != 0 ? _IOLBF : _IOFBF);
  const OutputStream err(std::move(received.streams[kErr]), _IONBF);
  if (out.get() == nullptr || err.get() == nullptr) return kFailed;
  Invocation invocation{
      .arguments = arguments,
      .in = received.streams[kIn].number(),
      .out = out.get(),
      .err = err.get(),
      .chinese = received.message.chinese,
      .lines_to_read = {received.message.lines_read.begin(), received.message.lines_read.end()},
      .hosted = &workspace_,
      .caller = connection};
  const InvocationScope scope(invocation);
  if (received.message.version != workspace::kProgramVersion)
    return fail(bilingual_error(ErrorCode::kConflict, "正在运行的服务是另一版本的程序，请重启服务",
                                "the service that runs is another version of the program: restart "
                                "it"));
  if (!work_in(received.streams[kDirectory].number()))
    return fail(
        errno_error("服务不能进入调用者的目录", "the service cannot enter the caller's directory"));
  bool interrupted = false;
  const auto guarded = [&](const std::function<int()>& act) {
    try {
      return act();
    } catch (const CallerGone&) {
      interrupted = true;
    } catch (const std::exception& thrown) {
      // Output that nobody reads any more, or a mistake of ours: what it says may hold values.
      interrupted = std::ferror(out.get()) != 0 || std::ferror(err.get()) != 0;
      if (!interrupted) return fail(make_error(ErrorCode::kInternal, typeid(thrown).name()));
    }
    return kFailed;
  };
  const int status = guarded(
      [&] { return around_(arguments, [&] { return guarded([&] { return run(arguments); }); }); });
  std::fflush(out.get());
  std::fflush(err.get());
  return interrupted ? std::nullopt : std::optional(status);
}

std::optional<int> hand_over_command(const std::filesystem::path& workspace) {
  const Descriptor connection = connect_to_service(workspace);
  if (!connection.is_open()) return std::nullopt;
  const Invocation& at = invocation();
  std::fflush(at.out);
  std::fflush(at.err);
  const Descriptor directory(::open(".", O_PATH | O_DIRECTORY | O_CLOEXEC));
  const Status sent = send_command(connection.number(),
                                   {.arguments = at.arguments,
                                    .chinese = at.chinese,
                                    .lines_read = at.lines_read,
                                    .version = std::string(workspace::kProgramVersion)},
                                   {at.in, ::fileno(at.out), ::fileno(at.err), directory.number()});
  if (!sent) return fail(sent.error());
  if (const auto status = receive_status(connection.number())) return status;
  return fail(bilingual_error(ErrorCode::kIo,
                              "服务停止了，或不接受这条命令；做到哪里请用相应的命令查看",
                              "the service ended, or did not take the command; look up how far it "
                              "came"));
}

}  // namespace bidui::cli
