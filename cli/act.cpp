#include "cli/act.h"

#include <array>
#include <pwd.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/invocation.h"
#include "workspace/local_time.h"

namespace bidui::cli {
namespace {

uid_t caller() {
  ucred peer{};
  socklen_t size = sizeof peer;
  const int socket = invocation().caller;
  if (socket >= 0 && ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0)
    return peer.uid;
  return ::geteuid();
}

std::string name_of(uid_t user) {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> texts{};
  if (::getpwuid_r(user, &entry, texts.data(), texts.size(), &found) == 0 && found != nullptr)
    return found->pw_name;
  return std::to_string(user);
}

}  // namespace

workspace::Act this_act() { return {.by = name_of(caller()), .recorded = workspace::local_time()}; }

}  // namespace bidui::cli
