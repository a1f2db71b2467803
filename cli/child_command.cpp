#include "cli/child_command.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bidui::cli {
namespace {

sigset_t end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

[[noreturn]] void become(char* const* arguments, const char* said, const char* errors,
                         pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(3);  // it ended before the line above
  const sigset_t signals = end_signals();
  ::sigprocmask(SIG_UNBLOCK, &signals, nullptr);
  const int out = ::open(said, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const int err = ::open(errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const int in = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (out < 0 || err < 0 || in < 0) ::_exit(3);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::execv("/proc/self/exe", arguments);
  ::_exit(3);
}

}  // namespace

EndSignals::EndSignals() {
  const sigset_t signals = end_signals();
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  descriptor_ = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

EndSignals::~EndSignals() { ::close(descriptor_); }

bool EndSignals::came() {
  signalfd_siginfo info{};
  if (::read(descriptor_, &info, sizeof info) == sizeof info) came_ = true;
  return came_;
}

std::optional<int> run_child(const Arguments& arguments, const std::filesystem::path& said,
                             EndSignals& signals) {
  std::vector<std::string> texts{"bidui"};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  const std::string errors = said.string() + ".err";
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) return std::nullopt;
  if (child == 0) become(pointers.data(), said.c_str(), errors.c_str(), parent);
  const int ended = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  bool told = false;
  while (ended >= 0) {
    std::array<pollfd, 2> waiting{
        {{.fd = ended, .events = POLLIN, .revents = 0},
         {.fd = told ? -1 : signals.descriptor(), .events = POLLIN, .revents = 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) break;
    if ((waiting[0].revents & POLLIN) != 0) break;
    if (!told && signals.came()) {
      told = true;
      ::kill(child, SIGTERM);
    }
  }
  if (ended >= 0) ::close(ended);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status)) return std::nullopt;
  return WEXITSTATUS(status);
}

}  // namespace bidui::cli
