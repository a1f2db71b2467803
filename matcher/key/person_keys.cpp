#include <algorithm>
#include <array>

#include "matcher/base/hash.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/key/key_parts.h"
#include "matcher/key/name_sounds.h"

namespace bidui::key {
namespace {

using record::IdClass;
using record::PersonFeatures;

template <typename... Parts>
std::uint64_t key_of(KeyKind kind, Parts... parts) {
  std::uint64_t h = static_cast<std::uint64_t>(kind) + 1;
  ((h = hash_combine(h, static_cast<std::uint64_t>(parts))), ...);
  return h;
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
  const auto add = [&](KeyKind kind, std::uint64_t part, std::uint64_t sound) {
    if (sound == 0) return;
    keys.add(kind, key_of(kind, parts.region, part, parts.sequence, sound), p.id_check);
  };
  add(KeyKind::kIdYearSurname, parts.year, sounds.surname);
  add(KeyKind::kIdDaySurname, parts.day, sounds.surname);
  for (const std::uint64_t given : sounds.givens) {
    add(KeyKind::kIdYearGiven, parts.year, given);
    add(KeyKind::kIdDayGiven, parts.day, given);
  }
}

void append_birth_keys(const PersonFeatures& p, std::uint32_t birth, const NameSounds& sounds,
                       KeyList& keys) {
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

void append_character_keys(const PersonFeatures& p, const NameSounds& sounds, Coverage coverage,
                           KeyList& keys) {
  if (sounds.surname == 0) return;
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

void append_whole_name_keys(const PersonFeatures& p, const NameSounds& sounds, KeyList& keys) {
  const std::array<std::uint32_t, 2> in_id = births_in_id(p);
  const std::uint32_t birth = p.birth != 0 ? p.birth : std::max(in_id[0], in_id[1]);
  append_name_keys(p, p.name_fold, birth, keys);
  append_name_keys(p, sounds.word_fold, birth, keys);
  for (const std::uint32_t alias : p.alias_fold) append_alias_keys(p, alias, birth, keys);
}

void append_place_keys(const PersonFeatures& p, const NameSounds& sounds, KeyList& keys) {
  if (p.village == 0) return;
  const Coverage coverage = coverage_of(p);
  if (p.group != 0 && sounds.surname != 0) {
    keys.add(KeyKind::kSurnameVillageGroup,
             key_of(KeyKind::kSurnameVillageGroup, sounds.surname, p.village, p.group),
             sounds.first_given, coverage);
  }
  append_character_keys(p, sounds, coverage, keys);
  for (const std::uint64_t given : sounds.givens) {
    if (given == 0) continue;
    keys.add(KeyKind::kGivenVillage, key_of(KeyKind::kGivenVillage, given, p.village), p.group,
             coverage);
  }
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
    case KeyKind::kIdDaySurname:
      return "id_day_sequence_surname";
    case KeyKind::kIdDayGiven:
      return "id_day_sequence_given";
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

void append_person_keys(const PersonFeatures& p, KeyList& keys, KeyFamilies families) {
  const NameSounds sounds = sounds_of(p.name);
  if ((families & kNumberKeys) != 0) append_id_keys(p, sounds, keys);
  if ((families & kBirthKeys) != 0) {
    for (const std::uint32_t birth : birth_dates_of(p)) {
      if (birth != 0) append_birth_keys(p, birth, sounds, keys);
    }
  }
  if ((families & kNameKeys) != 0) append_whole_name_keys(p, sounds, keys);
  if ((families & kPlaceKeys) != 0) append_place_keys(p, sounds, keys);
  if ((families & kPhoneKeys) != 0 && p.phone != 0)
    keys.add(KeyKind::kPhone, key_of(KeyKind::kPhone, p.phone), sounds.surname);
}

}  // namespace bidui::key
