#include "matcher/text/id_number.h"

#include <algorithm>
#include <array>

#include "matcher/text/id_text.h"
#include "matcher/text/reference.h"

namespace bidui::text {
namespace {

constexpr std::uint8_t kX = 10;
constexpr std::uint8_t kAbsent = 15;
constexpr int kFirstBirthYear = 1850;
constexpr int kLastBirthYear = 2100;

using Digits = std::array<std::uint8_t, 18>;

std::uint64_t number(std::span<const std::uint8_t> digits) {
  std::uint64_t value = 0;
  for (const std::uint8_t digit : digits) value = value * 10 + digit;
  return value;
}

// GB 11643-1999, 6: weights 2^(18-i) mod 11 of the first 17 digits.
std::uint8_t check_of(const std::uint8_t* digits) {
  constexpr std::uint32_t kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::uint8_t kCheck[] = {1, 0, kX, 9, 8, 7, 6, 5, 4, 3, 2};
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += kWeights[i] * digits[i];
  return kCheck[sum % 11];
}

// The date in eight digits; missing when it does not exist.
Date date_of(const std::uint8_t* digits) {
  const Date date{static_cast<std::int16_t>(number({digits, 4})),
                  static_cast<std::uint8_t>(number({digits + 4, 2})),
                  static_cast<std::uint8_t>(number({digits + 6, 2}))};
  const bool exists = date.year >= kFirstBirthYear && date.year <= kLastBirthYear && valid(date);
  return exists ? date : Date{};
}

// The birth date in digits 7 to 14.
Date birth_of(const std::uint8_t* digits) { return date_of(digits + 6); }

const RegionRow* find_region(std::uint32_t code) {
  if (code > 999999) return nullptr;
  const auto starts = reference_rows<std::uint16_t>(ReferenceSection::kRegionStarts);
  const auto rows = reference_rows<RegionRow>(ReferenceSection::kRegions);
  for (std::size_t i = starts[code / 100]; i < starts[code / 100 + 1]; ++i) {
    if (rows[i].code == code) return &rows[i];
  }
  return nullptr;
}

bool in_force(const RegionRow& region, int birth_year) {
  return region.last_year == 0 || birth_year == 0 || region.last_year >= birth_year;
}

// Fills in what 17 digits say; the state is judged without the check digit.
void judge(const std::uint8_t* digits, IdNumber& id) {
  id.digits17 = number({digits, 17});
  id.region = static_cast<std::uint32_t>(number({digits, 6}));
  id.birth = birth_of(digits);
  id.sequence = static_cast<std::uint16_t>(number({digits + 14, 3}));
  id.sex = digits[16] % 2 == 1 ? Sex::kMale : Sex::kFemale;
  id.known_prefix = 17;
  const RegionRow* region = find_region(id.region);
  if (region == nullptr) {
    id.state = id.birth.is_missing() ? IdState::kOther : IdState::kBadRegion;
  } else {
    id.state = id.birth.is_missing() ? IdState::kBadDate : IdState::kValid;
    if (!in_force(*region, id.birth.year)) id.flags |= kIdOutOfPeriod;
  }
}

// Keeps the first `known` digits only; what needs more is unknown.
void keep_prefix(const std::uint8_t* digits, std::uint8_t known, IdNumber& id) {
  std::array<std::uint8_t, 17> kept{};
  std::copy(digits, digits + known, kept.begin());
  id.digits17 = number(kept);
  id.known_prefix = known;
  id.sequence = 0;
  id.sex = Sex::kUnknown;
  id.birth = known >= 14 ? birth_of(kept.data()) : Date{};
  id.region = known >= 6 ? static_cast<std::uint32_t>(number({kept.data(), 6})) : 0;
}

IdNumber judge_18(const Digits& digits, IdNumber id) {
  judge(digits.data(), id);
  id.check = digits[17];
  if (id.state != IdState::kValid || check_of(digits.data()) == id.check) return id;
  const bool zeros = digits[15] == 0 && digits[16] == 0 && digits[17] == 0;
  if (!zeros) {
    id.state = IdState::kBadChecksum;
    return id;
  }
  constexpr std::uint8_t kSpreadsheetDigits = 15;
  keep_prefix(digits.data(), kSpreadsheetDigits, id);
  id.state = IdState::kPrecisionLost;
  id.check = kAbsent;
  return id;
}

// GB 11643-1999, annex: 15 digits have a two-digit year and no check digit; the sequences 996 to
// 999 were given to people over a hundred.
IdNumber judge_15(const IdText& text, IdNumber id) {
  Digits digits{};
  std::copy_n(text.symbols.begin(), 6, digits.begin());
  std::copy_n(text.symbols.begin() + 6, 9, digits.begin() + 8);
  digits[6] = 1;
  digits[7] = number({digits.data() + 14, 3}) >= 996 ? std::uint8_t{8} : std::uint8_t{9};
  judge(digits.data(), id);
  if (id.state == IdState::kValid || id.state == IdState::kBadRegion) {
    id.upgraded = true;
    id.check = check_of(digits.data());
    return id;
  }
  // A full number of which the last three characters are missing.
  keep_prefix(text.symbols.data(), 15, id);
  id.state = id.birth.is_missing() ? IdState::kBadDate : IdState::kTooShort;
  if (find_region(id.region) == nullptr) id.state = IdState::kOther;
  return id;
}

IdNumber judge_17(const IdText& text, IdNumber id) {
  Digits digits{};
  std::copy_n(text.symbols.begin(), 17, digits.begin());
  const bool ends_in_x = digits[16] == kX;
  if (ends_in_x) digits[16] = 0;
  judge(digits.data(), id);
  id.check = ends_in_x ? kX : kAbsent;
  if (id.state == IdState::kOther || id.state == IdState::kBadRegion) {
    const Date birth = date_of(digits.data() + 5);
    if (birth.is_missing()) return id;
    // A digit of the region is missing; what stands behind it is right.
    id.birth = birth;
    id.known_prefix = 0;
    id.sex = Sex::kUnknown;
    id.sequence = 0;
    id.state = IdState::kTooShort;
    return id;
  }
  if (id.state == IdState::kValid && !ends_in_x && check_of(digits.data()) == kX) {
    id.check = kX;
    id.flags |= kIdLostX;
    return id;
  }
  // A digit is missing: behind the birth date where that holds, anywhere else.
  id.known_prefix = id.state == IdState::kValid ? 14 : 6;
  id.sex = Sex::kUnknown;
  id.sequence = 0;
  id.state = IdState::kTooShort;
  return id;
}

// 19 symbols: 10 in place of X, or one character too many.
IdNumber judge_19(const IdText& text, IdNumber id) {
  Digits digits{};
  std::copy_n(text.symbols.begin(), 17, digits.begin());
  if (text.symbols[17] == 1 && text.symbols[18] == 0 && check_of(digits.data()) == kX) {
    digits[17] = kX;
    id.flags |= kIdCheckForm;
    return judge_18(digits, id);
  }
  id.flags |= kIdTooLong;
  IdNumber found = id;
  int candidates = 0;
  for (std::size_t left_out = 0; left_out < 19; ++left_out) {
    if (left_out > 0 && text.symbols[left_out] == text.symbols[left_out - 1]) continue;
    std::copy_n(text.symbols.begin(), left_out, digits.begin());
    std::copy(text.symbols.begin() + static_cast<std::ptrdiff_t>(left_out) + 1,
              text.symbols.begin() + 19, digits.begin() + static_cast<std::ptrdiff_t>(left_out));
    const IdNumber candidate = judge_18(digits, id);
    if (candidate.state != IdState::kValid) continue;
    found = candidate;
    ++candidates;
  }
  if (candidates == 1) {
    found.state = IdState::kBadChecksum;
    return found;
  }
  // Where the digit too many stands cannot be told: region and year are taken from the left, month,
  // day and sequence from the right, and the year too where that makes a date, so that most of them
  // are right wherever it stands.
  const bool date_behind = !date_of(text.symbols.data() + 7).is_missing();
  std::copy_n(text.symbols.begin(), 6, digits.begin());
  std::copy_n(text.symbols.begin() + (date_behind ? 7 : 6), 4, digits.begin() + 6);
  std::copy_n(text.symbols.begin() + 11, 8, digits.begin() + 10);
  judge(digits.data(), id);
  id.check = text.symbols[18];
  if (id.state == IdState::kValid) id.state = IdState::kBadChecksum;
  return id;
}

// 5.00235E+17 and its like: the digits of the mantissa, as far as they were not rounded.
IdNumber judge_float(const IdText& text, IdNumber id) {
  if (text.exponent != 17 && text.exponent != 14) {
    id.state = IdState::kOther;
    return id;
  }
  // Six digits of 18 are never rounded up, because a year begins with 1 or 2.
  const bool region_only = text.count <= 6 && text.exponent == 17;
  const std::size_t known = region_only ? text.count : std::min<std::size_t>(text.count - 1, 15);
  if (text.exponent == 14) {
    keep_prefix(text.symbols.data(), static_cast<std::uint8_t>(std::min<std::size_t>(known, 6)),
                id);
  } else {
    keep_prefix(text.symbols.data(), static_cast<std::uint8_t>(known), id);
  }
  id.state = IdState::kPrecisionLost;
  return id;
}

IdNumber judge_masked(const IdText& text, IdNumber id) {
  keep_prefix(text.symbols.data(), static_cast<std::uint8_t>(text.count), id);
  id.state = find_region(id.region) != nullptr ? IdState::kPrecisionLost : IdState::kOther;
  return id;
}

IdNumber judge_short(const IdText& text, IdNumber id) {
  id.state = IdState::kOther;
  if (text.count < 14) return id;
  keep_prefix(text.symbols.data(), 14, id);
  if (find_region(id.region) != nullptr) id.state = IdState::kTooShort;
  if (id.state == IdState::kTooShort && id.birth.is_missing()) {
    keep_prefix(text.symbols.data(), 6, id);
  }
  return id;
}

IdNumber judge_text(const IdText& text) {
  IdNumber id;
  id.flags = text.flags;
  id.length = static_cast<std::uint8_t>(text.count);
  id.disability = text.disability_kind != 0;
  id.disability_kind = text.disability_kind;
  id.disability_grade = text.disability_grade;
  if (text.missing) return id;
  id.state = IdState::kOther;
  if (text.other) return id;
  if (text.exponent != 0) return judge_float(text, id);
  if (text.masked) return judge_masked(text, id);
  switch (text.count) {
    case 15:
      return judge_15(text, id);
    case 17:
      return judge_17(text, id);
    case 18: {
      Digits digits{};
      std::copy_n(text.symbols.begin(), 18, digits.begin());
      return judge_18(digits, id);
    }
    case 19:
      return judge_19(text, id);
    default:
      return text.count < 17 ? judge_short(text, id) : id;
  }
}

// The ordinary cell: 17 ASCII digits, then a digit or X. False when it is anything else.
bool read_plain(std::string_view text, Digits& digits) {
  if (text.size() != 18) return false;
  bool equal = true;
  for (std::size_t i = 0; i < 17; ++i) {
    digits[i] = static_cast<std::uint8_t>(text[i] - '0');
    if (digits[i] > 9) return false;
    equal = equal && digits[i] == digits[0];
  }
  digits[17] = text[17] == 'X' ? kX : static_cast<std::uint8_t>(text[17] - '0');
  return digits[17] <= kX && (digits[17] < kX || text[17] == 'X') && !equal;
}

}  // namespace

IdNumber parse_id_number(std::string_view text) {
  Digits digits;
  if (read_plain(text, digits)) {
    IdNumber id;
    id.length = 18;
    return judge_18(digits, id);
  }
  return judge_text(read_id_text(text));
}

IdNumber valid_id_number(std::uint64_t digits17, std::uint8_t check) {
  const std::uint64_t birth = digits17 / 1000 % 100'000'000;
  return {.digits17 = digits17,
          .check = check,
          .state = IdState::kValid,
          .known_prefix = 17,
          .sex = digits17 % 2 == 1 ? Sex::kMale : Sex::kFemale,
          .region = static_cast<std::uint32_t>(digits17 / 100'000'000'000),
          .birth = {.year = static_cast<decltype(Date::year)>(birth / 10000),
                    .month = static_cast<decltype(Date::month)>(birth / 100 % 100),
                    .day = static_cast<decltype(Date::day)>(birth % 100)},
          .sequence = static_cast<std::uint16_t>(digits17 % 1000),
          .length = 18};
}

std::uint8_t id_check_digit(std::uint64_t digits17) {
  std::array<std::uint8_t, 17> digits{};
  for (std::size_t i = digits.size(); i-- > 0; digits17 /= 10) {
    digits[i] = static_cast<std::uint8_t>(digits17 % 10);
  }
  return check_of(digits.data());
}

std::uint32_t current_region(std::uint32_t code) {
  const RegionRow* region = find_region(code);
  return region != nullptr && region->current != 0 ? region->current : code;
}

std::string format_id(const IdNumber& id) {
  if (id.known_prefix == 0) return {};
  std::string text(17, '0');
  std::uint64_t rest = id.digits17;
  for (std::size_t i = text.size(); i-- > 0; rest /= 10) {
    text[i] = static_cast<char>('0' + rest % 10);
  }
  if (id.state == IdState::kPrecisionLost) {
    std::fill(text.begin() + id.known_prefix, text.end(), '*');
    return text + '*';
  }
  if (id.state == IdState::kTooShort && id.check == kX) text.pop_back();
  if (id.check != kAbsent) text += id.check == kX ? 'X' : static_cast<char>('0' + id.check);
  return text;
}

bool is_standard_form(std::string_view text) {
  if (text.size() != 18 || text.ends_with("000")) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::all_of(text.begin(), text.end() - 1, is_digit) &&
         (is_digit(text.back()) || text.back() == 'X');
}

}  // namespace bidui::text
