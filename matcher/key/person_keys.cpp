#include <algorithm>
#include <array>

#include "matcher/base/hash.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/key/name_sounds.h"
#include "matcher/text/date.h"
#include "matcher/text/lunar.h"

namespace bidui::key {
namespace {

using record::IdClass;
using record::PersonFeatures;

constexpr std::uint64_t kTen3 = 1000;
constexpr std::uint64_t kTen10 = 10'000'000'000ULL;
constexpr std::uint64_t kTen11 = 100'000'000'000ULL;

template <typename... Parts>
std::uint64_t key_of(KeyKind kind, Parts... parts) {
  std::uint64_t h = static_cast<std::uint64_t>(kind) + 1;
  ((h = hash_combine(h, static_cast<std::uint64_t>(parts))), ...);
  return h;
}

// The parts of an ID number as the keys use them. Where a character was lost, the parts before it
// stand where they should, counted from the left, and those behind it counted from the right.
struct IdParts {
  std::uint64_t region = 0;
  std::uint64_t year = 0;
  std::uint64_t day = 0;  // with the second digit of the month: see append_id_keys
  std::uint64_t sequence = 0;
};

struct IdForms {
  IdParts parts;
  // Birth date and sequence without the century's first digit, which says little and may have
  // changed places with the region's last one.
  std::array<std::uint64_t, 2> birth_sequences{};
  std::array<std::uint32_t, 2> births{};  // 20171120; 0 = unknown
};

std::uint32_t likely_date(std::uint64_t digits8) {
  const std::uint64_t year = digits8 / 10000;
  const std::uint64_t month = digits8 / 100 % 100;
  const std::uint64_t day = digits8 % 100;
  const bool likely = year >= 1850 && year <= 2100 && month >= 1 && month <= 12 && day <= 31;
  return likely && day >= 1 ? static_cast<std::uint32_t>(digits8) : 0;
}

IdForms id_forms_of(const PersonFeatures& p) {
  const std::uint64_t left = p.id_digits;
  const bool lost = (p.flags & record::kIdCharacterLost) != 0;
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
  const bool lost = (p.flags & record::kIdCharacterLost) != 0;
  return p.id_class != IdClass::kMissing && (p.id_class != IdClass::kPrefix || lost);
}

void append_id_keys(const PersonFeatures& p, const NameSounds& sounds, KeyList& keys) {
  if (!has_id_keys(p)) return;
  const auto [parts, birth_sequences, births] = id_forms_of(p);
  keys.add(KeyKind::kId, key_of(KeyKind::kId, p.id_digits), sounds.surname);
  for (const std::uint64_t digits : birth_sequences) {
    if (digits == 0) continue;
    keys.add(KeyKind::kIdBirthSequence, key_of(KeyKind::kIdBirthSequence, digits), sounds.surname);
  }
  // Year, and day with the second digit of the month: neither holds the first digit of the month,
  // so that one wrong digit and one swap of neighbours, year and month too, spare one of them.
  if (sounds.surname != 0) {
    keys.add(
        KeyKind::kIdYearSurname,
        key_of(KeyKind::kIdYearSurname, parts.region, parts.year, parts.sequence, sounds.surname),
        p.id_check);
  }
  for (const std::uint64_t given : sounds.givens) {
    if (given == 0) continue;
    keys.add(KeyKind::kIdYearGiven,
             key_of(KeyKind::kIdYearGiven, parts.region, parts.year, parts.sequence, given),
             p.id_check);
  }
  keys.add(KeyKind::kIdDaySequence,
           key_of(KeyKind::kIdDaySequence, parts.region, parts.day, parts.sequence),
           sounds.surname);
}

// The birth dates that the number may hold; 0 = none.
std::array<std::uint32_t, 2> births_in_id(const PersonFeatures& p) {
  const bool lost = (p.flags & record::kIdCharacterLost) != 0;
  const bool known = p.id_class != IdClass::kPrefix || p.id_prefix >= 14 || lost;
  if (p.id_class == IdClass::kMissing || !known) return {};
  return id_forms_of(p).births;
}

// A birth date that is only in the number is gone with it where the number is a relative's.
Coverage coverage_of(const PersonFeatures& p) {
  const bool has_id = p.id_class != IdClass::kMissing && p.id_class != IdClass::kPrefix;
  const bool has_birth = p.birth % 100 != 0 && (p.flags & record::kBirthFromId) == 0;
  return has_id && has_birth ? Coverage::kCovered : Coverage::kBare;
}

void append_birth_keys(const PersonFeatures& p, std::uint32_t birth, const NameSounds& sounds,
                       KeyList& keys) {
  if (birth % 100 == 0 || birth / 100 % 100 == 0) return;
  const std::uint64_t place = p.township != 0 ? p.township : p.sex;
  if (sounds.surname != 0) {
    keys.add(KeyKind::kBirthSurname, key_of(KeyKind::kBirthSurname, birth, sounds.surname), place);
  }
  for (const std::uint64_t given : sounds.givens) {
    if (given != 0)
      keys.add(KeyKind::kBirthGiven, key_of(KeyKind::kBirthGiven, birth, given), place);
  }
  if (p.village != 0)
    keys.add(KeyKind::kBirthVillage, key_of(KeyKind::kBirthVillage, birth, p.village), p.sex);
}

// A birth date without a number that confirms it may be one of the lunar calendar: the solar dates
// that it would stand for, 0 = none. Nobody writes whether the month was the leap one.
std::array<std::uint32_t, 2> solar_readings(std::uint32_t birth) {
  std::array<std::uint32_t, 2> dates{};
  if (birth % 100 == 0 || birth / 100 % 100 == 0) return dates;
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

// Of the record's own date and of those in its number, each once.
void append_all_birth_keys(const PersonFeatures& p, const NameSounds& sounds, KeyList& keys) {
  const std::array<std::uint32_t, 2> in_id = births_in_id(p);
  append_birth_keys(p, p.birth, sounds, keys);
  if (in_id[0] != p.birth) append_birth_keys(p, in_id[0], sounds, keys);
  if (in_id[1] != p.birth && in_id[1] != in_id[0]) append_birth_keys(p, in_id[1], sounds, keys);
  if (in_id[0] == p.birth || in_id[1] == p.birth) return;
  for (const std::uint32_t solar : solar_readings(p.birth)) {
    if (solar != p.birth) append_birth_keys(p, solar, sounds, keys);
  }
}

void append_character_keys(const PersonFeatures& p, const NameSounds& sounds, Coverage coverage,
                           KeyList& keys) {
  if (p.village == 0 || sounds.surname == 0) return;
  const auto add = [&](std::uint64_t character) {
    keys.add(KeyKind::kCharacterVillage,
             key_of(KeyKind::kCharacterVillage, sounds.surname, character, p.village), p.group,
             coverage);
  };
  for (const std::uint64_t character : sounds.characters) {
    if (character != 0) add(character);
  }
  // 王末 for 王未 shares no character: any single one is met.
  if (sounds.single_given) add(0);
}

// Former names and names share a kind's keys crosswise: 王小二 (曾用名 of A) must meet 王小二 (name
// of B).
void append_name_keys(const PersonFeatures& p, std::uint32_t fold, std::uint32_t birth,
                      KeyList& keys) {
  if (fold == 0) return;
  if (birth / 10000 != 0)
    keys.add(KeyKind::kNameYear, key_of(KeyKind::kNameYear, fold, birth / 10000), p.township);
  if (birth % 100 != 0)
    keys.add(KeyKind::kNameDay, key_of(KeyKind::kNameDay, fold, birth % 10000), p.township);
  if (p.village != 0)
    keys.add(KeyKind::kNameVillage, key_of(KeyKind::kNameVillage, fold, p.village), p.group);
  if (p.township != 0)
    keys.add(KeyKind::kNameTownship, key_of(KeyKind::kNameTownship, fold, p.township), p.village);
}

void append_alias_keys(const PersonFeatures& p, std::uint32_t fold, std::uint32_t birth,
                       KeyList& keys) {
  if (fold == 0) return;
  if (birth / 10000 != 0)
    keys.add(KeyKind::kFormerNameYear, key_of(KeyKind::kNameYear, fold, birth / 10000), p.township);
  if (p.village != 0)
    keys.add(KeyKind::kFormerNameVillage, key_of(KeyKind::kNameVillage, fold, p.village), p.group);
}

}  // namespace

std::string_view key_kind_name(KeyKind kind) {
  switch (kind) {
    case KeyKind::kId:
      return "id";
    case KeyKind::kIdBirthSequence:
      return "id_birth_sequence";
    case KeyKind::kIdYearSurname:
      return "id_year_sequence_surname";
    case KeyKind::kIdYearGiven:
      return "id_year_sequence_given";
    case KeyKind::kIdDaySequence:
      return "id_day_sequence";
    case KeyKind::kBirthSurname:
      return "birth_surname";
    case KeyKind::kBirthGiven:
      return "birth_given";
    case KeyKind::kBirthVillage:
      return "birth_village";
    case KeyKind::kNameYear:
      return "name_year";
    case KeyKind::kNameDay:
      return "name_day";
    case KeyKind::kNameVillage:
      return "name_village";
    case KeyKind::kNameTownship:
      return "name_township";
    case KeyKind::kSurnameVillageGroup:
      return "surname_village_group";
    case KeyKind::kCharacterVillage:
      return "character_village";
    case KeyKind::kGivenVillage:
      return "given_village";
    case KeyKind::kPhone:
      return "phone";
    case KeyKind::kFormerNameYear:
      return "former_name_year";
    case KeyKind::kFormerNameVillage:
      return "former_name_village";
    case KeyKind::kText:
      return "columns";
    case KeyKind::kCount:
      break;
  }
  return "";
}

void append_person_keys(const PersonFeatures& p, KeyList& keys) {
  const NameSounds sounds = sounds_of(p.name);
  append_id_keys(p, sounds, keys);
  append_all_birth_keys(p, sounds, keys);
  const std::array<std::uint32_t, 2> in_id = births_in_id(p);
  const std::uint32_t birth = p.birth != 0 ? p.birth : std::max(in_id[0], in_id[1]);
  append_name_keys(p, p.name_fold, birth, keys);
  append_name_keys(p, sounds.word_fold, birth, keys);
  for (const std::uint32_t alias : p.alias_fold) append_alias_keys(p, alias, birth, keys);
  const Coverage coverage = coverage_of(p);
  if (p.village != 0 && p.group != 0 && sounds.surname != 0) {
    keys.add(KeyKind::kSurnameVillageGroup,
             key_of(KeyKind::kSurnameVillageGroup, sounds.surname, p.village, p.group),
             sounds.first_given, coverage);
  }
  append_character_keys(p, sounds, coverage, keys);
  for (const std::uint64_t given : sounds.givens) {
    if (p.village == 0 || given == 0) continue;
    keys.add(KeyKind::kGivenVillage, key_of(KeyKind::kGivenVillage, given, p.village), p.group,
             coverage);
  }
  if (p.phone != 0) keys.add(KeyKind::kPhone, key_of(KeyKind::kPhone, p.phone), sounds.surname);
}

}  // namespace bidui::key
