// A terminal without echo, or without waiting for the end of a line, while it lives.
#pragma once

#include <termios.h>
#include <unistd.h>

namespace bidui::cli {

class TerminalMode {
 public:
  // Turns these flags (ECHO, ICANON) off, where `input` is a terminal.
  TerminalMode(int input, tcflag_t off)
      : input_(input), terminal_(::isatty(input) == 1 && ::tcgetattr(input, &before_) == 0) {
    if (!terminal_) return;
    termios wanted = before_;
    wanted.c_lflag &= ~off;
    wanted.c_cc[VMIN] = 1;
    wanted.c_cc[VTIME] = 0;
    ::tcsetattr(input_, TCSANOW, &wanted);
  }
  ~TerminalMode() {
    if (terminal_) ::tcsetattr(input_, TCSANOW, &before_);
  }
  TerminalMode(const TerminalMode&) = delete;
  TerminalMode& operator=(const TerminalMode&) = delete;

  bool is_terminal() const { return terminal_; }

 private:
  int input_;
  termios before_{};
  bool terminal_;
};

}  // namespace bidui::cli
