#include "cli/invocation.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <poll.h>
#include <string_view>

namespace bidui::cli {
namespace {

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view(value);
}

bool decide_chinese() {
  const std::string_view own = environment("BIDUI_LANG");
  if (!own.empty()) return !own.starts_with("en");
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string_view value = environment(name);
    if (!value.empty()) return !value.starts_with("en");
  }
  return true;
}

thread_local Invocation* current = nullptr;

Invocation& own_invocation() {
  static Invocation own{.chinese = decide_chinese()};
  return own;
}

// Waits until there is input. The caller says nothing after its command: whatever its connection
// has to tell is that it ended.
void wait_for_input(const Invocation& at) {
  if (at.caller < 0) return;
  std::array<pollfd, 2> waits = {pollfd{.fd = at.in, .events = POLLIN, .revents = 0},
                                 pollfd{.fd = at.caller, .events = POLLIN, .revents = 0}};
  while (::poll(waits.data(), waits.size(), -1) < 0 && errno == EINTR) {
  }
  if (waits[1].revents != 0) throw CallerGone();
}

}  // namespace

Invocation& invocation() { return current != nullptr ? *current : own_invocation(); }

InvocationScope::InvocationScope(Invocation& invocation) : before_(current) {
  current = &invocation;
}

InvocationScope::~InvocationScope() { current = before_; }

std::optional<char> read_byte() {
  Invocation& at = invocation();
  if (!at.lines_to_read.empty()) {
    std::string& line = at.lines_to_read.front();
    const char byte = line.empty() ? '\n' : line.front();
    if (line.empty()) {
      at.lines_to_read.pop_front();
    } else {
      line.erase(0, 1);
    }
    return byte;
  }
  wait_for_input(at);
  char byte = 0;
  ssize_t got = 0;
  while ((got = ::read(at.in, &byte, 1)) < 0 && errno == EINTR) {
  }
  if (got != 1) return std::nullopt;
  return byte;
}

std::optional<std::string> read_line() {
  std::string line;
  std::optional<char> byte = read_byte();
  if (!byte) return std::nullopt;
  for (; byte && *byte != '\n'; byte = read_byte()) line.push_back(*byte);
  return line;
}

void check_caller() {
  const int caller = invocation().caller;
  if (caller < 0) return;
  pollfd wait{.fd = caller, .events = POLLIN, .revents = 0};
  if (::poll(&wait, 1, 0) > 0) throw CallerGone();
}

}  // namespace bidui::cli
