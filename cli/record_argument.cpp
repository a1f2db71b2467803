#include "cli/record_argument.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "cli/console.h"

namespace bidui::cli {
namespace {

constexpr std::string_view kFullWidthColon = "：";

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

bool is_plain(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool looks_like_id_number(std::string_view text) {
  constexpr std::ptrdiff_t kOldLength = 15;
  return std::ranges::count_if(text, is_digit) >= kOldLength;
}

// "3P0SW7FR5G2H": a flag's identity is twelve digits and capitals.
bool looks_like_flag(std::string_view text) {
  constexpr std::size_t kLength = 12;
  return text.size() == kLength && std::ranges::all_of(text, [](char c) {
           return is_digit(c) || std::isupper(static_cast<unsigned char>(c)) != 0;
         });
}

}  // namespace

std::string record_argument(std::string_view text) {
  std::string record(text);
  if (const std::size_t at = record.find(kFullWidthColon); at != std::string::npos)
    record.replace(at, kFullWidthColon.size(), ":");
  return record;
}

std::string record_key_hint() {
  return std::string(
      say("记录写作 来源:记录号，例如 poverty:34082600000000101。先用 bidui lookup -w DIR --id -"
          "（或 --name -、--household 来源:户号）查到这一户，“记录号”一栏就是。",
          "A record is written SOURCE:KEY, for example poverty:34082600000000101. Find it with "
          "bidui lookup -w DIR --id - (or --name -, or --household SOURCE:NO), under Records."));
}

std::optional<std::string> record_argument_problem(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && colon > 0 && colon + 1 < text.size()) return std::nullopt;
  std::string_view problem = say("这不是记录。", "This names no record. ");
  if (looks_like_id_number(text)) {
    problem = say("这像是身份证号，不是记录。", "This looks like an ID number, not a record. ");
  } else if (looks_like_flag(text)) {
    problem = say("这像是疑点编号（用 bidui flag show 查看），不是记录。",
                  "This looks like a flag (see bidui flag show), not a record. ");
  } else if (!std::ranges::all_of(text, is_plain)) {
    problem = say("这像是姓名或名称，不是记录。", "This looks like a name, not a record. ");
  }
  return std::string(problem) + record_key_hint();
}

}  // namespace bidui::cli
