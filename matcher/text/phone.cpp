#include "matcher/text/phone.h"

#include <algorithm>
#include <array>

#include "matcher/text/chars.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

// The digits of one number so far.
class Run {
 public:
  void push(char32_t digit) {
    if (length_ < digits_.size()) digits_[length_] = static_cast<char>(digit);
    ++length_;
  }
  void clear() { length_ = 0; }

  // The number, freed from the country's code; 0 if it is none (yet).
  std::uint64_t number() const {
    if (length_ > digits_.size()) return 0;
    std::string_view text(digits_.data(), length_);
    for (const std::string_view prefix : {"0086", "86", "0"}) {
      if (text.size() >= 11 + prefix.size() && text.starts_with(prefix) &&
          text[prefix.size()] == '1') {
        text.remove_prefix(prefix.size());
        break;
      }
    }
    if (text.size() == 11 && text[0] == '1' && text[1] >= '3') return value(text);
    const bool with_area =
        text.size() >= 10 && text.size() <= 12 && text[0] == '0' && text[1] != '0';
    if (with_area) return value(text.substr(1));
    const bool local = (text.size() == 7 || text.size() == 8) && text[0] >= '2';
    return local ? value(text) : 0;
  }
  bool is_complete() const { return length_ >= 10 && number() != 0; }

 private:
  static std::uint64_t value(std::string_view text) {
    std::uint64_t v = 0;
    bool equal = true;
    for (const char c : text) {
      v = v * 10 + static_cast<std::uint64_t>(c - '0');
      equal = equal && c == text[0];
    }
    return equal ? 0 : v;
  }

  std::array<char, 20> digits_{};
  std::size_t length_ = 0;
};

bool joins(char32_t c) {
  return is_space(c) || is_ignorable(c) || c == U'-' || c == U'(' || c == U')' || c == U'+' ||
         c == U'\'' || c == 0x2019 || c == 0x2018 || (c >= 0x2010 && c <= 0x2015);
}

// The ordinary cell: a mobile number and nothing else; 0 when it is anything else.
std::uint64_t read_plain(std::string_view text) {
  if (text.size() != 11 || text[0] != '1' || text[1] < '3') return 0;
  if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return 0;
  std::uint64_t value = 0;
  for (const char c : text) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value;
}

}  // namespace

std::uint64_t parse_phone(std::string_view text) {
  if (const std::uint64_t plain = read_plain(text); plain != 0) return plain;
  Run run;
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p < end) {
    const Decoded decoded = decode_utf8(p, end);
    p += decoded.bytes;
    const char32_t c = fold_char(decoded.c);
    if (c >= U'0' && c <= U'9') {
      run.push(c);
      continue;
    }
    if (is_space(c) ? run.is_complete() : !joins(c) && run.number() != 0) break;
    if (!joins(c)) run.clear();
  }
  return run.number();
}

bool is_mobile(std::uint64_t phone) { return phone >= 13000000000 && phone <= 19999999999; }

}  // namespace bidui::text
