#include "matcher/rule/json_places.h"

#include <algorithm>
#include <fmt/format.h>

namespace bidui::rule {
namespace {

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

}  // namespace

JsonPlaces::JsonPlaces(std::string_view text) : text_(text) { walk(skip_space(0), ""); }

std::size_t JsonPlaces::offset(const std::string& pointer) const {
  const auto found = offsets_.find(pointer);
  return found == offsets_.end() ? 0 : found->second;
}

std::string JsonPlaces::place(std::size_t offset) const {
  const std::string_view before = text_.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::string_view last = before.substr(before.rfind('\n') + 1);
  return fmt::format("{}:{}", line, std::count_if(last.begin(), last.end(), starts_character) + 1);
}

ExpressionLine JsonPlaces::string_line(const std::string& pointer) const {
  const std::size_t start = offset(pointer);
  const std::string_view before = text_.substr(0, start);
  const std::string_view last = before.substr(before.rfind('\n') + 1);
  ExpressionLine line;
  line.line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
  line.column =
      static_cast<std::uint32_t>(std::count_if(last.begin(), last.end(), starts_character) + 2);
  // One entry per byte of the decoded string: an escape is one byte there (rule files write Chinese
  // as it is, so \u stays rare; it moves the columns behind it by a little).
  std::uint32_t column = line.column - 1;
  for (std::size_t at = start + 1; at < text_.size() && text_[at] != '"'; ++at) {
    if (starts_character(text_[at])) ++column;
    line.columns.push_back(column);
    if (text_[at] == '\\') {
      ++at;
      ++column;
    }
  }
  return line;
}

std::size_t JsonPlaces::skip_space(std::size_t at) const {
  while (at < text_.size() && std::string_view(" \t\r\n").find(text_[at]) != text_.npos) ++at;
  return at;
}

std::size_t JsonPlaces::skip_string(std::size_t at) const {
  ++at;
  while (at < text_.size() && text_[at] != '"') at += text_[at] == '\\' ? 2 : 1;
  return at + 1;
}

// Returns the offset behind the value that starts at `at`.
std::size_t JsonPlaces::walk(std::size_t at, const std::string& pointer) {
  offsets_[pointer] = at;
  if (at >= text_.size()) return at;
  if (text_[at] == '{' || text_[at] == '[') return walk_container(at, pointer);
  if (text_[at] == '"') return skip_string(at);
  while (at < text_.size() && std::string_view(",]} \t\r\n").find(text_[at]) == text_.npos) ++at;
  return at;
}

std::size_t JsonPlaces::walk_container(std::size_t at, const std::string& pointer) {
  const bool is_object = text_[at] == '{';
  at = skip_space(at + 1);
  for (std::size_t i = 0; at < text_.size() && text_[at] != '}' && text_[at] != ']'; ++i) {
    std::string key = std::to_string(i);
    if (is_object) {
      const std::size_t end = skip_string(at);
      key = text_.substr(at + 1, end - at - 2);
      at = skip_space(skip_space(end) + 1);  // the colon
    }
    at = skip_space(walk(at, pointer + "/" + key));
    if (at < text_.size() && text_[at] == ',') at = skip_space(at + 1);
  }
  return at + 1;
}

}  // namespace bidui::rule
