#include "matcher/key/key_parts.h"

#include "matcher/text/date.h"
#include "matcher/text/lunar.h"

namespace bidui::key {
namespace {

using record::IdClass;
using record::PersonFeatures;

constexpr std::uint64_t kTen3 = 1000;
constexpr std::uint64_t kTen10 = 10'000'000'000ULL;
constexpr std::uint64_t kTen11 = 100'000'000'000ULL;

bool has_lost_character(const PersonFeatures& p) {
  return (p.flags & record::kIdCharacterLost) != 0;
}

std::uint32_t likely_date(std::uint64_t digits8) {
  const std::uint64_t year = digits8 / 10000;
  const std::uint64_t month = digits8 / 100 % 100;
  const std::uint64_t day = digits8 % 100;
  const bool likely = year >= 1850 && year <= 2100 && month >= 1 && month <= 12 && day <= 31;
  return likely && day >= 1 ? static_cast<std::uint32_t>(digits8) : 0;
}

bool is_full_date(std::uint32_t birth) { return birth % 100 != 0 && birth / 100 % 100 != 0; }

// A birth date without a number that confirms it may be one of the lunar calendar: the solar dates
// that it would stand for, 0 = none. Nobody writes whether the month was the leap one.
std::array<std::uint32_t, 2> solar_readings(std::uint32_t birth) {
  std::array<std::uint32_t, 2> dates{};
  if (!is_full_date(birth)) return dates;
  const text::Date typed{static_cast<std::int16_t>(birth / 10000),
                         static_cast<std::uint8_t>(birth / 100 % 100),
                         static_cast<std::uint8_t>(birth % 100)};
  for (const bool leap : {false, true}) {
    const auto solar = text::lunar_birthday_as_solar(typed, leap);
    if (!solar) continue;
    dates[leap ? 1 : 0] =
        static_cast<std::uint32_t>(solar->year * 10000 + solar->month * 100 + solar->day);
  }
  return dates;
}

}  // namespace

IdForms id_forms_of(const PersonFeatures& p) {
  const std::uint64_t left = p.id_digits;
  const bool lost = has_lost_character(p);
  const std::uint64_t right = lost ? left / 10 : left;  // the last of 17 characters is the check
  IdForms forms{.parts = {.region = left / kTen11,
                          .year = left / 10'000'000 % 10'000,
                          .day = right / kTen3 % 1000,
                          .sequence = right % kTen3}};
  forms.birth_sequences[0] = left % kTen10;
  forms.births[0] = static_cast<std::uint32_t>(left / kTen3 % 100'000'000ULL);
  if (lost) {
    forms.birth_sequences[1] = right % kTen10;
    forms.births[0] = likely_date(forms.births[0]);
    forms.births[1] = likely_date(right / kTen3 % 100'000'000ULL);
  }
  return forms;
}

bool has_id_keys(const PersonFeatures& p) {
  return p.id_class != IdClass::kMissing &&
         (p.id_class != IdClass::kPrefix || has_lost_character(p));
}

std::array<std::uint32_t, 2> births_in_id(const PersonFeatures& p) {
  const bool known = p.id_class != IdClass::kPrefix || p.id_prefix >= 14 || has_lost_character(p);
  if (p.id_class == IdClass::kMissing || !known) return {};
  return id_forms_of(p).births;
}

std::array<std::uint32_t, 5> birth_dates_of(const PersonFeatures& p) {
  const auto [first, second] = births_in_id(p);
  std::array<std::uint32_t, 5> dates{p.birth};
  if (first != p.birth) dates[1] = first;
  if (second != p.birth && second != first) dates[2] = second;
  if (first != p.birth && second != p.birth) {
    const auto [solar, solar_of_leap] = solar_readings(p.birth);
    if (solar != p.birth) dates[3] = solar;
    if (solar_of_leap != p.birth) dates[4] = solar_of_leap;
  }
  for (std::uint32_t& date : dates) {
    if (!is_full_date(date)) date = 0;
  }
  return dates;
}

// A number with its check digit right is its own birth date too; one mistyped takes that date with
// it. What is lost: a record without a birth date of its own, with the number of a relative and an
// error in the name besides.
Coverage coverage_of(const PersonFeatures& p) {
  const bool has_id = p.id_class != IdClass::kMissing && p.id_class != IdClass::kPrefix;
  const bool has_birth = p.id_class == IdClass::kValid ||
                         (p.birth % 100 != 0 && (p.flags & record::kBirthFromId) == 0);
  return has_id && has_birth ? Coverage::kCovered : Coverage::kBare;
}

}  // namespace bidui::key
