#include "bench/world/name_errors.h"

#include <array>
#include <cctype>

#include "bench/world/utf8.h"

namespace bidui::world {
namespace {

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += part;
  return text;
}

std::optional<std::string> drop_given_character(const Person& person, Rng& rng) {
  auto given = characters(person.given);
  if (person.surname.empty() || given.empty()) return std::nullopt;
  given.erase(given.begin() + static_cast<std::ptrdiff_t>(rng.index(given.size())));
  return person.surname + join(given);
}

std::optional<std::string> other_interpunct(const Person& person, Rng& rng) {
  static constexpr std::array<const char*, 7> kSigns = {"•", "．", ".", "・", "‧", "-", ""};
  const std::size_t at = person.given.find("·");
  if (at == std::string::npos) return std::nullopt;
  std::string name = person.given;
  return name.replace(at, 2, rng.pick(kSigns));
}

}  // namespace

std::optional<std::string> NameErrors::replace_one(const Person& person, Replacements replacements,
                                                   Rng& rng) const {
  auto parts = characters(person.name());
  // Errors fall on the given name first: a clerk knows the surnames of the village.
  const std::size_t surname_size = character_count(person.surname);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if ((confusions_.*replacements)(parts[i]).empty()) continue;
    places.push_back(i);
    if (i >= surname_size) places.insert(places.end(), 3, i);
  }
  if (places.empty()) return std::nullopt;
  const std::size_t place = rng.pick(places);
  parts[place] = rng.pick((confusions_.*replacements)(parts[place]));
  return join(parts);
}

std::string NameErrors::damage(const Person& person, Rng& rng) const {
  static constexpr std::array<const char*, 8> kSigns = {
      "?", "？", "□", "■", "〓", "*", "\xef\xbf\xbd", "\xee\xa1\xa3"};
  auto parts = characters(person.name());
  const std::size_t first = character_count(person.surname);
  const std::size_t place =
      first < parts.size() ? first + rng.index(parts.size() - first) : parts.size() - 1;
  std::string letters = confusions_.pinyin(parts[place]);
  if (!letters.empty() && rng.chance(0.3)) {
    if (rng.chance(0.5)) {
      for (char& c : letters) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    parts[place] = letters;
  } else {
    parts[place] = rng.pick(kSigns);
  }
  return join(parts);
}

std::optional<std::string> NameErrors::apply(ErrorClass error, const Person& person,
                                             Rng& rng) const {
  switch (error) {
    case ErrorClass::kNameHomophone:
      return replace_one(person, &Confusions::homophones, rng);
    case ErrorClass::kNameLookalike:
      return replace_one(person, &Confusions::lookalikes, rng);
    case ErrorClass::kNameTraditional:
      return replace_one(person, &Confusions::traditional_forms, rng);
    case ErrorClass::kNameDialect:
      return replace_one(person, &Confusions::dialect_homophones, rng);
    case ErrorClass::kNameSurnameChanged: {
      const std::string& other = names_.surname(rng);
      if (person.surname.empty() || other == person.surname) return std::nullopt;
      return other + person.given;
    }
    case ErrorClass::kNameGivenMissing:
      return drop_given_character(person, rng);
    case ErrorClass::kNamePet:
      if (person.surname.empty()) return std::nullopt;
      return person.surname + names_.pet_name(person.given, person.male, rng);
    case ErrorClass::kNameFormer:
      if (person.former_name.empty()) return std::nullopt;
      return person.former_name;
    case ErrorClass::kNameDamaged:
      return damage(person, rng);
    case ErrorClass::kNameInterpunct:
      return other_interpunct(person, rng);
    default:
      return std::nullopt;
  }
}

std::optional<std::string> NameErrors::spaced(const std::string& name, Rng& rng) {
  const auto parts = characters(name);
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  static constexpr std::array<const char*, 3> kBlanks = {" ", "　", "  "};
  const std::string blank = rng.pick(kBlanks);
  return parts[0] + blank + parts[1] + (parts.size() == 3 ? blank + parts[2] : "");
}

std::string NameErrors::with_remark(const std::string& name, Rng& rng) {
  static constexpr std::array<const char*, 7> kRemarks = {"（户主）", "*",      "1", "(外出)",
                                                          "（残疾）", "(新增)", " "};
  return name + rng.pick(kRemarks);
}

}  // namespace bidui::world
