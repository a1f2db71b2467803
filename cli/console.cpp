#include "cli/console.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "workspace/phase_title.h"

namespace bidui::cli {
namespace {

std::string amount(double value, std::string_view unit) {
  if (unit == "bytes") {
    return value >= 1e6 ? fmt::format("{:.0f} MB", value / 1e6)
                        : fmt::format("{:.0f} kB", value / 1e3);
  }
  const std::string_view word = unit == "rows"    ? say("行", "rows")
                                : unit == "pairs" ? say("对", "pairs")
                                                  : unit;
  if (value >= 1e6) return fmt::format("{:.2f}M {}", value / 1e6, word);
  return value >= 1e4 ? fmt::format("{:.0f}k {}", value / 1e3, word)
                      : fmt::format("{:.0f} {}", value, word);
}

// What kind of trouble it is, in front of the message.
std::string_view error_title(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "参数不合要求";
    case ErrorCode::kNotFound:
      return "找不到";
    case ErrorCode::kBadInput:
      return "文件内容无法使用";
    case ErrorCode::kConflict:
      return "与现状冲突";
    case ErrorCode::kIo:
      return "读写失败";
    case ErrorCode::kCorrupt:
      return "存储损坏";
    case ErrorCode::kInternal:
      return "程序内部错误";
  }
  return "错误";
}

constexpr int kBarWidth = 28;

std::string bar(double share) {
  std::string text;
  const int filled = static_cast<int>(share * kBarWidth);
  for (int i = 0; i < kBarWidth; ++i) text += i < filled ? "█" : "░";
  return text;
}

}  // namespace

std::string phase_title(std::string_view phase) {
  return workspace::phase_title(
      phase, chinese() ? workspace::Locale::kChinese : workspace::Locale::kEnglish);
}

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return kWrongUsage;
    case ErrorCode::kNotFound:
    case ErrorCode::kBadInput:
    case ErrorCode::kConflict:
    case ErrorCode::kIo:
    case ErrorCode::kCorrupt:
    case ErrorCode::kInternal:
      return kFailed;
  }
  return kFailed;
}

bool chinese() { return invocation().chinese; }

int fail(const Error& error) {
  if (chinese()) {
    fmt::print(error_output(), "错误（{}）：{}\n", error_title(error.code), error.describe_zh());
  } else {
    fmt::print(error_output(), "error: {}\n", error.describe());
  }
  return exit_status(error.code);
}

std::size_t output_width() {
  constexpr std::size_t kElsewhere = 100;
  constexpr std::size_t kLeast = 40;  // narrower, and nothing can be told apart
  winsize window{};
  const bool known = isatty(fileno(output())) != 0 &&
                     ioctl(fileno(output()), TIOCGWINSZ, &window) == 0 && window.ws_col > 0;
  return known ? std::max<std::size_t>(window.ws_col, kLeast) : kElsewhere;
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80) continue;
    width += byte >= 0xE2 && byte != 0xE2 ? 2 : 1;
  }
  return width;
}

std::string padded(std::string_view utf8, std::size_t width) {
  std::string text(utf8);
  const std::size_t own = display_width(utf8);
  if (own < width) text.append(width - own, ' ');
  return text;
}

ProgressPrinter::ProgressPrinter()
    : invocation_(invocation()), terminal_(isatty(fileno(error_output())) != 0) {}

ProgressPrinter::~ProgressPrinter() {
  try {
    finish();
  } catch (const std::exception&) {
    // Nobody reads it any more.
  }
}

void ProgressPrinter::begin_phase(std::string_view phase) {
  finish();
  phase_ = phase;
  began_ = std::chrono::steady_clock::now();
  shown_ = {};
}

void ProgressPrinter::show(const workspace::ProgressEvent& event) {
  const InvocationScope scope(invocation_);  // whichever thread tells of it
  check_caller();
  if (event.phase != phase_) begin_phase(event.phase);
  last_ = event;
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ || now - shown_ < std::chrono::milliseconds(100)) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - began_).count();
  const double rate = seconds > 0 ? static_cast<double>(event.done) / seconds : 0;
  if (event.total == 0) {
    fmt::print(error_output(), "\r\033[K{}  {}", padded(phase_title(phase_), 16),
               amount(static_cast<double>(event.done), event.unit));
  } else {
    const double share = static_cast<double>(event.done) / static_cast<double>(event.total);
    const double left = rate > 0 ? static_cast<double>(event.total - event.done) / rate : 0;
    fmt::print(error_output(), "\r\033[K{} {} {:3.0f}%  {}/s  {} {:.0f}s",
               padded(phase_title(phase_), 16), bar(share), share * 100, amount(rate, event.unit),
               say("剩余", "left"), left);
  }
  std::fflush(error_output());
}

void ProgressPrinter::finish() {
  if (phase_.empty()) return;
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  const double done = static_cast<double>(last_.done);
  const std::string how_much = last_.done == 0 ? "" : "  " + amount(done, last_.unit);
  fmt::print(error_output(), "{}{}{}  {:.1f}s", terminal_ ? "\r\033[K" : "",
             padded(phase_title(phase_), 16), how_much, seconds);
  // Of a short file the work that follows the reading says more than its bytes.
  const bool tells = last_.done != 0 && (last_.unit != "bytes" || done >= 1e7);
  if (seconds > 0.05 && tells)
    fmt::print(error_output(), "  {}/s", amount(done / seconds, last_.unit));
  fmt::print(error_output(), "\n");
  phase_.clear();
}

}  // namespace bidui::cli
