#include "cli/command_message.h"

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

#include "matcher/base/bilingual_error.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

constexpr const char* kSocketName = "service.sock";
constexpr std::uint32_t kLongestMessage = 4U << 20;

// The socket's name by way of the open directory: a path in a sockaddr_un has 107 bytes at most.
struct SocketAddress {
  Descriptor directory;
  sockaddr_un address{};

  explicit SocketAddress(const std::filesystem::path& workspace)
      : directory(::open(workspace.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    address.sun_family = AF_UNIX;
    const std::string path =
        "/proc/self/fd/" + std::to_string(directory.number()) + "/" + kSocketName;
    std::memcpy(static_cast<char*>(address.sun_path), path.c_str(), path.size() + 1);
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

bool send_all(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool receive_all(int connection, char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::recv(connection, bytes, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

std::string text_of(const CommandMessage& message) {
  return json::serialize(json::object{{"version", message.version},
                                      {"chinese", message.chinese},
                                      {"arguments", json::value_from(message.arguments)},
                                      {"lines_read", json::value_from(message.lines_read)}});
}

Result<CommandMessage> message_of(const std::string& text) {
  try {
    const json::value value = json::parse(text);
    return CommandMessage{
        .arguments = json::value_to<Arguments>(value.at("arguments")),
        .chinese = value.at("chinese").as_bool(),
        .lines_read = json::value_to<std::vector<std::string>>(value.at("lines_read")),
        .version = json::value_to<std::string>(value.at("version"))};
  } catch (const std::exception&) {
    return bilingual_error(ErrorCode::kBadInput, "不是一条命令", "not a command");
  }
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (is_open()) ::close(number_);
    number_ = other.release();
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (is_open()) ::close(number_);
}

int Descriptor::release() { return std::exchange(number_, -1); }

Result<Descriptor> listen_for_commands(const std::filesystem::path& workspace) {
  remove_command_socket(workspace);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const SocketAddress at(workspace);
  constexpr int kWaiting = 64;
  if (!socket.is_open() || ::fchmod(socket.number(), S_IRUSR | S_IWUSR) != 0 ||
      ::bind(socket.number(), at.get(), sizeof at.address) != 0 ||
      ::chmod((workspace / kSocketName).c_str(), S_IRUSR | S_IWUSR) != 0 ||
      ::listen(socket.number(), kWaiting) != 0)
    return errno_error("不能在工作区建立命令用的套接字",
                       "the socket for commands cannot be made in the workspace");
  return socket;
}

void remove_command_socket(const std::filesystem::path& workspace) {
  std::error_code ignored;
  std::filesystem::remove(workspace / kSocketName, ignored);
}

Descriptor connect_to_service(const std::filesystem::path& workspace) {
  const SocketAddress at(workspace);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!at.directory.is_open() || !socket.is_open() ||
      ::connect(socket.number(), at.get(), sizeof at.address) != 0)
    return Descriptor();
  return socket;
}

bool is_same_user(int connection) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
         (peer.uid == ::geteuid() || peer.uid == 0);
}

Status send_command(int connection, const CommandMessage& message,
                    const std::array<int, kCommandStreams>& streams) {
  const std::string text = text_of(message);
  auto size = static_cast<std::uint32_t>(text.size());
  iovec part{.iov_base = &size, .iov_len = sizeof size};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof streams)> control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  cmsghdr* const rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof streams);
  std::memcpy(CMSG_DATA(rights), streams.data(), sizeof streams);
  if (text.size() > kLongestMessage)
    return bilingual_error(ErrorCode::kInvalidArgument, "命令太长", "the command is too long");
  if (::sendmsg(connection, &header, MSG_NOSIGNAL) != sizeof size || !send_all(connection, text))
    return errno_error("不能把命令交给服务", "the command cannot be handed to the service");
  return {};
}

Result<ReceivedCommand> receive_command(int connection) {
  std::uint32_t size = 0;
  iovec part{.iov_base = &size, .iov_len = sizeof size};
  std::array<int, kCommandStreams> streams{};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof streams)> control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  ssize_t got = 0;
  while ((got = ::recvmsg(connection, &header, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {
  }
  ReceivedCommand received;
  const cmsghdr* const rights = CMSG_FIRSTHDR(&header);
  const bool whole = got == sizeof size && rights != nullptr && rights->cmsg_level == SOL_SOCKET &&
                     rights->cmsg_type == SCM_RIGHTS &&
                     rights->cmsg_len == CMSG_LEN(sizeof streams);
  if (whole) {
    std::memcpy(streams.data(), CMSG_DATA(rights), sizeof streams);
    for (std::size_t i = 0; i < streams.size(); ++i) received.streams[i] = Descriptor(streams[i]);
  }
  if (!whole || size > kLongestMessage)
    return bilingual_error(ErrorCode::kBadInput, "不是一条命令", "not a command");
  std::string text(size, '\0');
  if (!receive_all(connection, text.data(), text.size()))
    return errno_error("命令没有收全", "the command did not arrive whole");
  auto message = message_of(text);
  BIDUI_TRY(message);
  received.message = std::move(*message);
  return received;
}

Status send_status(int connection, int status) {
  const auto value = static_cast<std::int32_t>(status);
  if (!send_all(connection, {reinterpret_cast<const char*>(&value), sizeof value}))
    return errno_error("不能答复调用者", "the caller cannot be answered");
  return {};
}

std::optional<int> receive_status(int connection) {
  std::int32_t value = 0;
  if (!receive_all(connection, reinterpret_cast<char*>(&value), sizeof value)) return std::nullopt;
  return value;
}

}  // namespace bidui::cli
