#include "connectors/report/cell_text.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>

namespace bidui::connectors::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kSheetNameUnits = 31;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Length of the valid UTF-8 sequence that `text` starts with, 0 where it is not valid (RFC 3629:
// neither overlong nor surrogate nor above U+10FFFF).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length),
                   is_continuation)) {
    return 0;
  }
  const bool bad_second = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) ||
                          (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F);
  return bad_second ? 0 : length;
}

// UTF-16 code units of a valid sequence.
std::size_t units_of(std::size_t length) { return length == 4 ? 2 : 1; }

std::size_t utf16_units(std::string_view clean) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t length = std::max<std::size_t>(sequence_length(clean.substr(at)), 1);
    units += units_of(length);
    at += length;
  }
  return units;
}

// The longest prefix of at most `limit` code units.
std::string_view prefix(std::string_view clean, std::size_t limit) {
  std::size_t units = 0;
  std::size_t at = 0;
  while (at < clean.size()) {
    const std::size_t length = std::max<std::size_t>(sequence_length(clean.substr(at)), 1);
    units += units_of(length);
    if (units > limit) break;
    at += length;
  }
  return clean.substr(0, at);
}

// Whether `text` starts with "_xHHHH_".
bool is_escape(std::string_view text) {
  return text.size() >= 7 && text[6] == '_' &&
         text.substr(2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// The ranges in which East Asian text is two columns wide; enough for column widths.
bool is_wide(std::string_view sequence) {
  if (sequence.size() == 4) return true;
  if (sequence.size() < 3) return false;
  const auto lead = static_cast<unsigned char>(sequence[0]);
  const auto second = static_cast<unsigned char>(sequence[1]);
  if (lead == 0xE2) return second >= 0xBA;  // from U+2E80, radicals
  return lead >= 0xE3;
}

}  // namespace

std::string clean_text(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  std::size_t kept = 0;  // what stands before it is in `out`
  const auto replace = [&](std::size_t at, std::size_t length, std::string_view by) {
    out.append(bytes.substr(kept, at - kept)).append(by);
    kept = at + length;
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = sequence_length(bytes.substr(at));
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (length == 0) {
      replace(at, 1, kReplacement);
    } else if (lead == '\r') {
      const bool before_newline = at + 1 < bytes.size() && bytes[at + 1] == '\n';
      replace(at, 1, before_newline ? "" : "\n");
    } else if (length == 1 && (lead == 0x7F || (lead < 0x20 && lead != '\t' && lead != '\n'))) {
      replace(at, 1, " ");
    }
    at += std::max<std::size_t>(length, 1);
  }
  return out.append(bytes.substr(kept));
}

std::string cut_text(std::string clean, std::string_view mark, std::size_t limit) {
  // A byte makes at most one code unit: short text needs no counting.
  if (clean.size() <= limit || utf16_units(clean) <= limit) return clean;
  const std::size_t mark_units = utf16_units(mark);
  if (mark_units > limit) return std::string(prefix(clean, limit));
  return std::string(prefix(clean, limit - mark_units)).append(mark);
}

std::string literal_text(std::string_view bytes) {
  std::string clean = clean_text(bytes);
  for (std::size_t at = clean.find("_x"); at != std::string::npos; at = clean.find("_x", at + 1)) {
    if (is_escape(std::string_view(clean).substr(at))) {
      clean.insert(at, "_x005F");
      at += 6;
    }
  }
  return clean;
}

std::size_t display_width(std::string_view text) {
  std::size_t widest = 0;
  std::size_t line = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(sequence_length(text.substr(at)), 1);
    if (text[at] == '\n') {
      line = 0;
    } else {
      line += is_wide(text.substr(at, length)) ? 2 : 1;
    }
    widest = std::max(widest, line);
    at += length;
  }
  return widest;
}

std::string sheet_name(std::string_view wanted, std::string_view suffix) {
  std::string clean = clean_text(wanted);
  std::replace_if(
      clean.begin(), clean.end(),
      [](char c) { return std::string_view("[]:*?/\\\t\n").find(c) != std::string_view::npos; },
      '_');
  if (!clean.empty() && clean.front() == '\'') clean.front() = '_';
  if (clean.empty()) clean = "Sheet";
  const std::size_t room = kSheetNameUnits - std::min(kSheetNameUnits, utf16_units(suffix));
  std::string name = std::string(prefix(clean, room)).append(suffix);
  if (!name.empty() && name.back() == '\'') name.back() = '_';
  return name;
}

}  // namespace bidui::connectors::report
