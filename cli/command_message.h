// How a command goes from the `bidui` that was called to the service that has the workspace open:
// through the socket `service.sock` in the workspace, with the caller's streams and working
// directory. Linux: SCM_RIGHTS of unix(7).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "matcher/base/result.h"

namespace bidui::cli {

// A descriptor that is closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  int release();

 private:
  int number_ = -1;
};

struct CommandMessage {
  Arguments arguments{};
  bool chinese = true;
  std::vector<std::string> lines_read{};
  std::string version{};  // of the program that sends it
};

// In this order.
enum CommandStream : std::uint8_t { kIn, kOut, kErr, kDirectory, kCommandStreams };
using CommandStreams = std::array<Descriptor, kCommandStreams>;

struct ReceivedCommand {
  CommandMessage message{};
  CommandStreams streams{};
};

// Listens in the workspace; whatever stands there of a service that was killed is removed. Only the
// same user may connect. kIo.
Result<Descriptor> listen_for_commands(const std::filesystem::path& workspace);
void remove_command_socket(const std::filesystem::path& workspace);
// Not open where no service listens.
Descriptor connect_to_service(const std::filesystem::path& workspace);
// Whether the other end is this user or root.
bool is_same_user(int connection);

// kIo.
Status send_command(int connection, const CommandMessage& message,
                    const std::array<int, kCommandStreams>& streams);
// kIo; kBadInput where it is no command.
Result<ReceivedCommand> receive_command(int connection);
// The exit status; nullopt where the other end ended before.
Status send_status(int connection, int status);
std::optional<int> receive_status(int connection);

}  // namespace bidui::cli
