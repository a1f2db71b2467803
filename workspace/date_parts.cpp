#include "workspace/date_parts.h"

#include <cstddef>

namespace bidui::workspace {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The digits that `text` begins with are taken from it.
std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  const std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

bool take_separator(std::string_view& text) {
  if (text.empty() || std::string_view("/-.").find(text.front()) == std::string_view::npos)
    return false;
  text.remove_prefix(1);
  return true;
}

bool is_beyond_months(std::string_view digits) {
  return digits.size() == 2 && digits > "12" && digits <= "31";
}

}  // namespace

std::optional<DateParts> split_date(std::string_view cell) {
  while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
  DateParts parts;
  parts.first = take_digits(cell);
  if (!take_separator(cell)) return std::nullopt;
  parts.second = take_digits(cell);
  if (!take_separator(cell)) return std::nullopt;
  parts.year = take_digits(cell);
  const auto is_short = [](std::string_view digits) {
    return !digits.empty() && digits.size() <= 2;
  };
  const bool ends = cell.empty() || cell.front() == ' ' || cell.front() == 'T';
  if (!is_short(parts.first) || !is_short(parts.second) || parts.year.size() != 4 || !ends)
    return std::nullopt;
  return parts;
}

bool month_comes_first(std::span<const std::string_view> cells) {
  std::ptrdiff_t month_first = 0;
  for (const std::string_view cell : cells) {
    const std::optional<DateParts> parts = split_date(cell);
    if (!parts) continue;
    month_first += is_beyond_months(parts->second) ? 1 : 0;
    month_first -= is_beyond_months(parts->first) ? 1 : 0;
  }
  return month_first > 0;
}

}  // namespace bidui::workspace
