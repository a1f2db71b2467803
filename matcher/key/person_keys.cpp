#include <algorithm>
#include <array>

#include "matcher/base/hash.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/text/pinyin.h"

namespace bidui::key {
namespace {

using record::IdClass;
using record::NameFeature;
using record::NameScript;
using record::PersonFeatures;

constexpr std::uint64_t kTen3 = 1000;
constexpr std::uint64_t kTen11 = 100'000'000'000ULL;

template <typename... Parts>
std::uint64_t key_of(KeyKind kind, Parts... parts) {
  std::uint64_t h = static_cast<std::uint64_t>(kind) + 1;
  ((h = hash_combine(h, static_cast<std::uint64_t>(parts))), ...);
  return h;
}

// A unit's commonest reading after the mergers of the dialect; the unit itself where it has none.
std::uint64_t folded_sound(char32_t unit, const text::Readings& readings) {
  const std::uint16_t syllable = readings.syllables[0];
  return syllable != 0 ? text::fold_dialect(syllable) : 0x10000U + unit;
}

struct NameSounds {
  std::uint64_t surname = 0;  // of the first character only, so that 欧阳/欧 agree
  // Of the characters after the surname, so that 欧阳建国 and 王建国 agree; with a compound surname
  // also of all characters after the first, so that it agrees with ?阳建国. 0 = none.
  std::array<std::uint64_t, 2> givens{};
  std::uint64_t first_given = 0;
};

NameSounds han_sounds(const NameFeature& name) {
  NameSounds sounds;
  const char32_t second = name.surname_length > 1 ? name.units[1] : 0;
  sounds.surname = folded_sound(name.units[0], text::surname_readings(name.units[0], second));
  const std::size_t begin = std::max<std::size_t>(name.surname_length, 1);
  for (std::size_t i = 1; i < name.length; ++i) {
    const std::uint64_t sound = folded_sound(name.units[i], text::readings(name.units[i]));
    if (i == begin) sounds.first_given = sound;
    if (i >= begin) sounds.givens[0] = hash_combine(sounds.givens[0], sound);
    if (begin > 1) sounds.givens[1] = hash_combine(sounds.givens[1], sound);
  }
  return sounds;
}

// First and last token of a Latin name stand for surname and given name.
NameSounds latin_sounds(const NameFeature& name) {
  const std::string_view text(reinterpret_cast<const char*>(name.units.data()), name.length);
  const std::string_view first = text.substr(0, text.find(' '));
  const std::size_t last = text.rfind(' ');
  NameSounds sounds;
  sounds.surname = hash_bytes(first.substr(0, 4));
  sounds.first_given = last == std::string_view::npos ? 0 : hash_bytes(text.substr(last + 1, 4));
  sounds.givens[0] = sounds.first_given;
  return sounds;
}

NameSounds sounds_of(const NameFeature& name) {
  if (name.length == 0 || (name.flags & record::kFlagPlaceholder) != 0) return {};
  return name.script == NameScript::kLatin ? latin_sounds(name) : han_sounds(name);
}

void append_id_keys(const PersonFeatures& p, const NameSounds& sounds, KeyList& keys) {
  if (p.id_class == IdClass::kMissing || p.id_class == IdClass::kPrefix) return;
  const std::uint64_t region = p.id_digits / kTen11;
  const std::uint64_t birth = p.id_digits / kTen3 % 100'000'000ULL;
  const std::uint64_t sequence = p.id_digits % kTen3;
  keys.add(KeyKind::kId, key_of(KeyKind::kId, p.id_digits), sounds.surname);
  keys.add(KeyKind::kIdBirthSequence, key_of(KeyKind::kIdBirthSequence, birth, sequence),
           sounds.surname);
  // Year, and day with the second digit of the month: neither holds the first digit of the month,
  // so that one wrong digit and one swap of neighbours, year and month too, spare one of them.
  const std::uint64_t year = birth / 10'000;
  const std::uint64_t day = birth % 1000;
  if (sounds.surname != 0) {
    keys.add(KeyKind::kIdYearSurname,
             key_of(KeyKind::kIdYearSurname, region, year, sequence, sounds.surname), p.id_check);
  }
  for (const std::uint64_t given : sounds.givens) {
    if (given == 0) continue;
    keys.add(KeyKind::kIdYearGiven, key_of(KeyKind::kIdYearGiven, region, year, sequence, given),
             p.id_check);
  }
  keys.add(KeyKind::kIdDaySequence, key_of(KeyKind::kIdDaySequence, region, day, sequence),
           sounds.surname);
}

std::uint32_t birth_in_id(const PersonFeatures& p) {
  if (p.id_class == IdClass::kMissing || (p.id_class == IdClass::kPrefix && p.id_prefix < 14))
    return 0;
  return static_cast<std::uint32_t>(p.id_digits / kTen3 % 100'000'000ULL);
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
}

// Former names and names share a kind's keys crosswise: 王小二 (曾用名 of A) must meet 王小二 (name
// of B).
void append_name_keys(const PersonFeatures& p, std::uint32_t fold, std::uint32_t birth,
                      KeyKind year_kind, KeyList& keys) {
  const std::uint64_t year = birth / 10000;
  if (year != 0) keys.add(year_kind, key_of(KeyKind::kNameYear, fold, year), p.township);
}

void append_place_keys(const PersonFeatures& p, std::uint32_t fold, KeyKind village_kind,
                       KeyList& keys) {
  if (p.village != 0)
    keys.add(village_kind, key_of(KeyKind::kNameVillage, fold, p.village), p.group);
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
  const std::uint32_t id_birth = birth_in_id(p);
  append_birth_keys(p, p.birth, sounds, keys);
  if (id_birth != p.birth && id_birth != 0) append_birth_keys(p, id_birth, sounds, keys);
  const std::uint32_t birth = p.birth != 0 ? p.birth : id_birth;
  if (p.name_fold != 0) {
    append_name_keys(p, p.name_fold, birth, KeyKind::kNameYear, keys);
    if (birth % 100 != 0)
      keys.add(KeyKind::kNameDay, key_of(KeyKind::kNameDay, p.name_fold, birth % 10000),
               p.township);
    append_place_keys(p, p.name_fold, KeyKind::kNameVillage, keys);
    if (p.township != 0) {
      keys.add(KeyKind::kNameTownship, key_of(KeyKind::kNameTownship, p.name_fold, p.township),
               p.village);
    }
  }
  for (const std::uint32_t alias : p.alias_fold) {
    if (alias == 0) continue;
    append_name_keys(p, alias, birth, KeyKind::kFormerNameYear, keys);
    append_place_keys(p, alias, KeyKind::kFormerNameVillage, keys);
  }
  const Coverage coverage = coverage_of(p);
  if (p.village != 0 && p.group != 0 && sounds.surname != 0) {
    keys.add(KeyKind::kSurnameVillageGroup,
             key_of(KeyKind::kSurnameVillageGroup, sounds.surname, p.village, p.group),
             sounds.first_given, coverage);
  }
  for (const std::uint64_t given : sounds.givens) {
    if (p.village == 0 || given == 0) continue;
    keys.add(KeyKind::kGivenVillage, key_of(KeyKind::kGivenVillage, given, p.village), p.group,
             coverage);
  }
  if (p.phone != 0) keys.add(KeyKind::kPhone, key_of(KeyKind::kPhone, p.phone), sounds.surname);
}

}  // namespace bidui::key
