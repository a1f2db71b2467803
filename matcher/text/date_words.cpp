#include "matcher/text/date_words.h"

#include <algorithm>

#include "matcher/text/chars.h"
#include "matcher/text/lunar.h"
#include "matcher/text/numeral.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

constexpr std::size_t kMaxChars = 48;

struct Chars {
  std::array<char32_t, kMaxChars> data{};
  std::size_t length = 0;
  std::u32string_view from(std::size_t i) const { return {data.data() + i, length - i}; }
};

Chars fold_text(std::string_view text) {
  Chars chars;
  const std::size_t count = decode_utf8(text, chars.data);
  for (std::size_t i = 0; i < count; ++i) {
    const char32_t c = fold_char(chars.data[i]);
    const bool quote = c == U'\'' || c == U'"' || c == U'`' || c == 0x2018 || c == 0x2019;
    if (quote || c == 0xFEFF || c == 0x200B) continue;
    chars.data[chars.length++] = is_space(c) ? U' ' : c;
  }
  while (chars.length > 0 && chars.data[chars.length - 1] == U' ') --chars.length;
  return chars;
}

// 1-12 for the first three letters of an English month's name, in any case; 0 else.
std::uint8_t english_month(std::u32string_view word) {
  constexpr std::u32string_view kNames = U"JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  if (word.size() < 3) return 0;
  char32_t name[3];
  for (std::size_t i = 0; i < 3; ++i) name[i] = word[i] & ~char32_t{0x20};
  for (std::size_t month = 0; month < 12; ++month) {
    if (kNames.substr(month * 3, 3) == std::u32string_view(name, 3)) {
      return static_cast<std::uint8_t>(month + 1);
    }
  }
  return 0;
}

bool is_letter(char32_t c) { return (c | 0x20) >= U'a' && (c | 0x20) <= U'z'; }

std::size_t letter_run(std::u32string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_letter(text[n])) ++n;
  return n;
}

// Words that may stand in a date's cell without meaning for the date.
bool is_harmless(char32_t c) {
  constexpr std::u32string_view kHarmless = U"公元出生于约左右历日号()（）,，年月份第时间点";
  return kHarmless.find(c) != kHarmless.npos;
}

// 冬月, 腊月, 正月 as months; 0 else.
std::uint8_t lunar_month(std::u32string_view text) {
  if (text.size() < 2 || text[1] != U'月') return 0;
  if (text[0] == U'正') return 1;
  if (text[0] == U'冬') return 11;
  return text[0] == U'腊' ? std::uint8_t{12} : std::uint8_t{0};
}

class Reader {
 public:
  explicit Reader(std::string_view text) : chars_(fold_text(text)) {}

  DateWords read() {
    while (at_ < chars_.length) {
      if (!step()) break;
    }
    return unknown_words_ ? DateWords{} : words_;
  }

 private:
  // One number, word or separator; false: the date has ended.
  bool step() {
    const char32_t c = chars_.data[at_];
    if (is_numeral(c)) return number();
    if (is_letter(c)) return word();
    if (c == U':') return drop_hour();
    if (const std::uint8_t month = lunar_month(chars_.from(at_)); month != 0) {
      words_.lunar = true;
      at_ += 2;
      return add({.value = month, .digits = 2, .is_month = true, .mark = U'月'});
    }
    if (c == U'农' || c == U'阴' || c == U'旧' || c == U'初') words_.lunar = true;
    if (c == U'闰') words_.leap_month = true;
    if (chars_.from(at_).starts_with(U"民国")) {
      republic_ = true;
      ++at_;
    } else if (is_han(c) && !words_.lunar && !words_.leap_month && !is_harmless(c)) {
      unknown_words_ = true;
    }
    if (words_.count > 0 && words_.numbers[words_.count - 1].mark == 0 && c != U' ') {
      words_.numbers[words_.count - 1].mark = c;
    }
    ++at_;
    return true;
  }

  bool number() {
    const Numeral n = read_numeral({chars_.data.data() + at_, chars_.length - at_});
    if (n.used == 0) return false;
    at_ += n.used;
    std::uint64_t value = n.value;
    std::uint8_t digits = n.digits;
    if (republic_ && words_.count == 0) {
      constexpr std::uint64_t kRepublicYear0 = 1911;
      value += kRepublicYear0;
      digits = 4;
    }
    return add({.value = value, .digits = digits, .is_month = false, .mark = 0});
  }

  bool word() {
    const std::size_t length = letter_run(chars_.from(at_));
    const std::uint8_t month = english_month(chars_.from(at_).substr(0, length));
    at_ += length;
    if (month != 0) return add({.value = month, .digits = 2, .is_month = true, .mark = U' '});
    const bool day_suffix = length == 2 && words_.count > 0;  // 20th
    const bool time_mark = length == 1 && words_.count == 3;
    if (!day_suffix && !time_mark) unknown_words_ = true;
    return !time_mark;
  }

  // The number before a colon was the hour.
  bool drop_hour() {
    if (!full_ && words_.count > 0) --words_.count;
    return false;
  }

  bool add(DateNumber number) {
    if (words_.count == words_.numbers.size()) {
      full_ = true;
      return false;
    }
    words_.numbers[words_.count++] = number;
    return true;
  }

  Chars chars_;
  std::size_t at_ = 0;
  DateWords words_;
  bool republic_ = false;
  bool unknown_words_ = false;
  bool full_ = false;
};

}  // namespace

DateWords read_date_words(std::string_view text) { return Reader(text).read(); }

ParsedDate from_lunar_words(const DateWords& words) {
  const auto& n = words.numbers;
  if (words.count == 0 || n[0].value < 1850 || n[0].value > 2100) return {};
  const int year = static_cast<int>(n[0].value);
  const ParsedDate year_only{.date = {static_cast<std::int16_t>(year), 0, 0},
                             .state = DateState::kPartial};
  if (words.count < 3 || n[1].value > 12 || n[2].value > 30) return year_only;
  const Date solar = lunar_to_solar(year, static_cast<int>(n[1].value),
                                    static_cast<int>(n[2].value), words.leap_month);
  if (solar.is_missing()) return {.date = year_only.date, .state = DateState::kImpossible};
  return {.date = solar, .state = DateState::kOk};
}

}  // namespace bidui::text
