#include "matcher/text/id_text.h"

#include <algorithm>

#include "matcher/text/chars.h"
#include "matcher/text/id_number.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

constexpr std::uint8_t kX = 10;
constexpr std::size_t kMaxChars = 64;

bool is_check_form(char32_t c) {
  switch (c) {
    case U'x':
    case U'X':
    case 0x2169:  // Ⅹ
    case 0x2179:  // ⅹ
    case 0x0425:  // Х
    case 0x0445:  // х
    case 0x03A7:  // Χ
    case 0x03C7:  // χ
    case 0x00D7:  // ×
    case 0x2715:  // ✕
    case 0x2A2F:  // ⨯
    case 0x4E42:  // 乂
    case U'*':
      return true;
    default:
      return false;
  }
}

bool is_quote(char32_t c) {
  return c == U'\'' || c == U'"' || c == U'`' || c == 0x2018 || c == 0x2019 || c == 0x201C ||
         c == 0x201D || c == 0x00B4 || c == 0x02B9;
}

bool is_separator(char32_t c) {
  return is_space(c) || is_ignorable(c) || c == U'-' || c == 0x2010 || c == 0x2013 || c == 0x2014;
}

// 0-9; 0 and 1 for the letters that are typed in their place; -1 else.
int digit_of(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c == U'O' || c == U'o') return 0;
  return c == U'l' || c == U'I' || c == U'|' ? 1 : -1;
}

class Reader {
 public:
  explicit Reader(std::string_view text) { length_ = decode_utf8(text, chars_); }

  IdText read() {
    skip_to_digit();
    if (at_ == length_) return nothing();
    while (at_ < length_ && symbol()) ++at_;
    tail();
    if (all_equal()) id_.missing = true;
    if (id_.count < 6 && id_.exponent == 0) id_.other = true;
    return id_;
  }

 private:
  char32_t folded(std::size_t i) {
    const char32_t c = fold_char(chars_[i]);
    if (c != chars_[i] && digit_of(c) >= 0) id_.flags |= kIdFullWidth;
    return c;
  }

  // Words and quotes before the number: 身份证：…, '…
  void skip_to_digit() {
    bool letters = false;
    for (; at_ < length_; ++at_) {
      const char32_t c = folded(at_);
      if (c >= U'0' && c <= U'9') break;
      const bool stands_for_digit =
          digit_of(c) >= 0 && at_ + 1 < length_ && digit_of(folded(at_ + 1)) >= 0;
      if (stands_for_digit) break;
      if (is_quote(c)) id_.flags |= kIdApostrophe;
      if (is_space(c)) id_.flags |= kIdSpaces;
      if ((c | 0x20) >= U'a' && (c | 0x20) <= U'z') letters = true;
    }
    letters_ = letters;
    if (letters && at_ < length_) id_.other = true;  // a passport or a business code
  }

  IdText nothing() {
    id_.missing = !letters_;
    id_.other = letters_;
    return id_;
  }

  // Takes one character of the number; false: the number has ended.
  bool symbol() {
    const char32_t c = folded(at_);
    if (is_separator(c)) {
      id_.flags |= kIdSpaces;
      return true;
    }
    if (id_.count == id_.symbols.size()) return false;
    if (const int digit = digit_of(c); digit >= 0) {
      if (c > U'9') id_.flags |= kIdLetters;
      id_.symbols[id_.count++] = static_cast<std::uint8_t>(digit);
      return true;
    }
    const bool last = id_.count == 17 || id_.count == 18 || (id_.count == 16 && ends_after(at_));
    if (!is_check_form(c) || !last) return false;
    if (chars_[at_] != U'X') id_.flags |= kIdCheckForm;
    id_.symbols[id_.count++] = kX;
    return true;
  }

  bool ends_after(std::size_t i) {
    for (++i; i < length_; ++i) {
      if (!is_separator(folded(i))) return false;
    }
    return true;
  }

  // What stands behind the digits: .0, E+17, B1, a remark.
  void tail() {
    if (at_ == length_) return split_disability();
    const char32_t c = folded(at_);
    if (c == U'.' && fraction()) return;
    if ((c == U'E' || c == U'e') && exponent(at_)) return;
    if (c == U'B' || c == U'b') return split_disability();
    if (c == U'*' && id_.count >= 6 && id_.count < 17) {
      id_.masked = true;
      return;
    }
    if (id_.count < 15) id_.other = true;
    split_disability();
  }

  // After a dot: zeros (a number written as a decimal), nothing, or the digits of a mantissa.
  bool fraction() {
    std::size_t i = at_ + 1;
    bool zeros = true;
    std::size_t digits = 0;
    for (; i < length_ && digit_of(folded(i)) >= 0 && folded(i) <= U'9'; ++i, ++digits) {
      zeros = zeros && folded(i) == U'0';
    }
    if (i < length_ && (folded(i) == U'E' || folded(i) == U'e') && id_.count == 1) {
      take_mantissa(digits);
      return exponent(i);
    }
    if (!zeros) return false;
    id_.flags |= kIdTrailing;
    return true;
  }

  void take_mantissa(std::size_t digits) {
    for (std::size_t k = 0; k < digits && id_.count < id_.symbols.size(); ++k) {
      id_.symbols[id_.count++] = static_cast<std::uint8_t>(digit_of(folded(at_ + 1 + k)));
    }
  }

  bool exponent(std::size_t i) {
    ++i;
    if (i < length_ && folded(i) == U'+') ++i;
    unsigned value = 0;
    for (; i < length_ && folded(i) >= U'0' && folded(i) <= U'9' && value < 100; ++i) {
      value = value * 10 + (folded(i) - U'0');
    }
    if (value == 0 || value > 99) return false;
    id_.exponent = static_cast<std::uint8_t>(value);
    return true;
  }

  // 18 characters, then the kind (1-7) and the grade (1-4); B1 and its like may follow.
  void split_disability() {
    if (id_.count != 20) return;
    const std::uint8_t kind = id_.symbols[18];
    const std::uint8_t grade = id_.symbols[19];
    if (kind < 1 || kind > 7 || grade < 1 || grade > 4) return;
    id_.disability_kind = kind;
    id_.disability_grade = grade;
    id_.count = 18;
  }

  bool all_equal() const {
    if (id_.exponent != 0 || id_.count == 0) return false;
    const auto end = id_.symbols.begin() + static_cast<std::ptrdiff_t>(id_.count);
    const bool equal = std::all_of(id_.symbols.begin(), end,
                                   [&](std::uint8_t symbol) { return symbol == id_.symbols[0]; });
    return equal && (id_.symbols[0] == 0 || id_.count >= 15);
  }

  std::array<char32_t, kMaxChars> chars_{};
  std::size_t length_ = 0;
  std::size_t at_ = 0;
  bool letters_ = false;
  IdText id_;
};

}  // namespace

IdText read_id_text(std::string_view text) { return Reader(text).read(); }

}  // namespace bidui::text
