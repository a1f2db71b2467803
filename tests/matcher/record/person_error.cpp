#include "tests/matcher/record/person_error.h"

#include <algorithm>
#include <array>
#include <optional>

#include "matcher/text/date.h"
#include "matcher/text/division.h"
#include "matcher/text/glyph.h"
#include "matcher/text/id_number.h"
#include "matcher/text/lunar.h"
#include "matcher/text/name_equivalent.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/utf8.h"

namespace bidui::record {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(PersonError::kCount)> kNames = {
    "name_homophone",   "name_look_alike",   "name_dialect",      "name_variant",
    "given_missing",    "given_other",       "surname_other",     "name_damaged",
    "name_pinyin",      "name_keystroke",    "name_order",        "given_order",
    "compound_cut",     "name_part_missing", "name_former",       "name_missing",
    "id_one_digit",     "id_swapped",        "id_lost_character", "id_inserted_character",
    "id_altered",       "id_other_region",   "id_disability",     "id_15_digits",
    "id_ends_000",      "id_scientific",     "id_missing",        "id_of_relative",
    "birth_day_month",  "birth_year_off",    "birth_one_digit",   "birth_lunar",
    "birth_year_month", "birth_year_only",   "birth_missing",     "village_other",
    "township_other",   "group_other",       "address_missing",   "phone_one_digit",
    "phone_missing"};

// The lunar date of a solar one; nothing in a leap month.
std::optional<text::Date> lunar_date(text::Date solar) {
  for (const int year : {int{solar.year}, solar.year - 1}) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= 30; ++day) {
        if (text::lunar_to_solar(year, month, day, false) == solar)
          return text::Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                            static_cast<std::uint8_t>(day)};
      }
    }
  }
  return std::nullopt;
}

std::size_t surname_length(const std::u32string& name) {
  const auto& surnames = sample_surnames();
  return std::ranges::find(surnames, name.substr(0, 2)) != surnames.end() && name.size() > 2 ? 2
                                                                                             : 1;
}

bool sounds_alike(char32_t a, char32_t b) {
  return text::share_reading(text::readings(a), text::readings(b));
}

// Another character of which `fits` holds, from a random place on; nothing if there is none.
template <typename Fits>
std::optional<char32_t> find_character(std::mt19937_64& random, Fits fits) {
  constexpr char32_t kFirst = 0x4E00;
  constexpr std::uint64_t kCount = 0x9FA6 - 0x4E00;
  const std::uint64_t start = pick(random, kCount);
  for (std::uint64_t i = 0; i < kCount; ++i) {
    const char32_t c = kFirst + static_cast<char32_t>((start + i) % kCount);
    if (fits(c)) return c;
  }
  return std::nullopt;
}

// "wang" and "wan", "wabg", "eang": one key left out, pressed beside or exchanged.
bool one_slip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() + 1 == b.size()) return a.substr(i) == b.substr(i + 1);
  return a.size() == b.size() && i < a.size() && a.substr(i + 1) == b.substr(i + 1);
}

bool slipped(char32_t a, char32_t b) {
  const std::uint16_t x = text::readings(a).syllables[0];
  const std::uint16_t y = text::readings(b).syllables[0];
  return x != 0 && y != 0 && x != y &&
         one_slip(text::syllable_letters(x), text::syllable_letters(y));
}

// How offices replace a character: the kind of likeness decides.
bool fits_error(PersonError error, char32_t was, char32_t c) {
  if (c == was) return false;
  const bool variant = text::given_equivalence(was, c) >= 0.85F;
  switch (error) {
    case PersonError::kNameHomophone:  // the commonest reading, as an input method offers it
      return !variant && text::readings(c).syllables[0] != 0 &&
             text::readings(c).syllables[0] == text::readings(was).syllables[0];
    case PersonError::kNameLookAlike:
      return !sounds_alike(was, c) && text::glyph_similarity(was, c) >= 0.75F;
    case PersonError::kNameDialect:
      return !sounds_alike(was, c) && text::glyph_similarity(was, c) < 0.65F &&
             text::readings(was).syllables[0] != 0 &&
             text::fold_dialect(text::readings(c).syllables[0]) ==
                 text::fold_dialect(text::readings(was).syllables[0]);
    case PersonError::kNameVariant:
      return variant;
    case PersonError::kNameKeystroke:
      return slipped(was, c);
    default:
      return !sounds_alike(was, c) && text::glyph_similarity(was, c) < 0.5F &&
             text::readings(c).syllables[0] != 0;
  }
}

bool replace_given(PersonError error, std::u32string& name, std::mt19937_64& random) {
  const std::size_t surname = surname_length(name);
  const std::size_t at = surname + pick(random, name.size() - surname);
  const auto c = find_character(random, [&](char32_t x) { return fits_error(error, name[at], x); });
  if (c) name[at] = *c;
  return c.has_value();
}

bool replace_variant(std::u32string& name, std::mt19937_64& random) {
  const auto twin = find_character(random, [&](char32_t x) {
    return x != name[0] && text::surname_equivalence(name[0], x) >= 0.85F;
  });
  if (!twin || surname_length(name) == 2)
    return replace_given(PersonError::kNameVariant, name, random);
  name[0] = *twin;
  return true;
}

bool other_surname(std::u32string& name, std::mt19937_64& random) {
  const auto& surnames = sample_surnames();
  const std::u32string& other = surnames[pick(random, surnames.size())];
  const std::size_t length = surname_length(name);
  if (other == name.substr(0, length)) return false;
  name = other + name.substr(length);
  return true;
}

std::u32string other_name(const std::u32string& name, std::mt19937_64& random) {
  std::u32string other = name.substr(0, surname_length(name));
  for (int i = 0; i < 2; ++i) other += given_characters()[pick(random, given_characters().size())];
  return other;
}

// Errors in the order and number of the characters; false where the name has no place for it.
bool rearrange(PersonError error, std::u32string& name, std::mt19937_64& random) {
  const std::size_t surname = surname_length(name);
  if (error == PersonError::kNameOrder) {
    std::ranges::rotate(name, name.begin() + static_cast<std::ptrdiff_t>(surname));
    return true;
  }
  if (error == PersonError::kNameGivenOrder) {
    if (name.size() - surname != 2 || name[surname] == name[surname + 1]) return false;
    std::swap(name[surname], name[surname + 1]);
    return true;
  }
  if (error == PersonError::kNameCompoundCut) {
    if (surname == 2) name.erase(1, 1);
    return surname == 2;
  }
  const std::size_t dot = name.find(U'·');
  if (dot == std::u32string::npos) return false;
  name = pick(random, 2) == 0 ? name.substr(0, dot) : name.substr(dot + 1);
  return true;
}

// The letters of its reading in place of a given-name character.
std::string with_letters(const std::u32string& name, std::size_t at) {
  std::string letters(text::syllable_letters(text::readings(name[at]).syllables[0]));
  std::ranges::transform(letters, letters.begin(),
                         [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return text::to_utf8(name.substr(0, at)) + letters + text::to_utf8(name.substr(at + 1));
}

bool make_name_error(PersonError error, PersonCells& original, PersonCells& copy,
                     std::mt19937_64& random) {
  std::u32string name = text::to_utf32(copy.name);
  const std::size_t surname = surname_length(name);
  const std::size_t given = name.size() - surname;
  if (error == PersonError::kNamePinyin) {
    copy.name = with_letters(name, surname + pick(random, given));
    return true;
  }
  bool made = true;
  if (error >= PersonError::kNameOrder && error <= PersonError::kNamePartMissing) {
    made = rearrange(error, name, random);
  } else if (error == PersonError::kNameGivenMissing) {
    made = given == 2;
    if (made) name.erase(surname + pick(random, 2), 1);
  } else if (error == PersonError::kNameDamaged) {
    name[pick(random, name.size())] = U'?';
  } else if (error == PersonError::kNameSurnameOther) {
    made = other_surname(name, random);
  } else if (error == PersonError::kNameVariant) {
    made = replace_variant(name, random);
  } else if (error == PersonError::kNameFormer) {
    name = other_name(name, random);
    original.former_name = text::to_utf8(name);
  } else {
    made = replace_given(error, name, random);
  }
  if (made) copy.name = text::to_utf8(name);
  return made;
}

char checked(const std::string& digits17) {
  const std::uint8_t check = text::id_check_digit(std::stoull(digits17));
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

std::string checked_id(const std::string& digits17) { return digits17 + checked(digits17); }

bool make_id_error(PersonError error, PersonCells& copy, std::mt19937_64& random) {
  std::string& id = copy.id_number;
  if (id.size() != 18) return false;
  const std::size_t at = pick(random, 17);
  switch (error) {
    case PersonError::kIdOneDigit:
      id[at] = static_cast<char>('0' + (id[at] - '0' + 1 + static_cast<int>(pick(random, 9))) % 10);
      return true;
    case PersonError::kIdSwapped:
      if (at == 16 || id[at] == id[at + 1]) return false;
      std::swap(id[at], id[at + 1]);
      return true;
    case PersonError::kIdLost:
      id.erase(pick(random, 18), 1);
      return true;
    case PersonError::kIdInserted:
      id.insert(pick(random, 18), 1, static_cast<char>('0' + pick(random, 10)));
      return true;
    case PersonError::kIdAltered:
      id[at] = static_cast<char>('0' + (id[at] - '0' + 1 + static_cast<int>(pick(random, 9))) % 10);
      id[17] = checked(id.substr(0, 17));
      return true;
    case PersonError::kIdRegion:
      id = id.substr(0, 6) == "342826" ? checked_id("340826" + id.substr(6, 11))
                                       : checked_id("342826" + id.substr(6, 11));
      return true;
    case PersonError::kIdDisability:
      id += std::to_string(1 + pick(random, 7)) + std::to_string(1 + pick(random, 4));
      return true;
    case PersonError::kIdFifteen:
      if (id.substr(6, 2) != "19") return false;
      id = id.substr(0, 6) + id.substr(8, 9);
      return true;
    case PersonError::kIdThousand:
      id.replace(15, 3, "000");
      return true;
    case PersonError::kIdScientific:
      id = id.substr(0, 1) + "." + id.substr(1, 5) + "E+17";
      return true;
    case PersonError::kIdMissing:
      id.clear();
      return true;
    default: {  // a family is registered in one county
      const std::string other = PersonGenerator(random()).next().id_number;
      id = id_number_of(static_cast<std::uint32_t>(std::stoul(id.substr(0, 6))),
                        static_cast<std::uint32_t>(std::stoul(other.substr(6, 8))),
                        static_cast<std::uint32_t>(std::stoul(other.substr(14, 3))));
      return true;
    }
  }
}

std::string iso(text::Date d) {
  const auto two = [](int v) { return (v < 10 ? "-0" : "-") + std::to_string(v); };
  return std::to_string(d.year) + two(d.month) + two(d.day);
}

bool make_birth_error(PersonError error, PersonCells& copy, std::mt19937_64& random) {
  text::Date date = text::parse_date(copy.birth).date;
  if (!date.is_full()) return false;
  switch (error) {
    case PersonError::kBirthSwapped:
      if (date.day > 12 || date.day == date.month) return false;
      std::swap(date.day, date.month);
      break;
    case PersonError::kBirthYearOff:
      date.year = static_cast<std::int16_t>(date.year + (pick(random, 2) == 0 ? 1 : -1));
      if (!text::valid(date)) return false;
      break;
    case PersonError::kBirthDigit: {
      std::uint8_t& part = pick(random, 2) == 0 ? date.month : date.day;
      part = static_cast<std::uint8_t>(part + (part % 10 == 9 ? -1 : 1));
      if (!text::valid(date)) return false;
      break;
    }
    case PersonError::kBirthLunar: {
      const auto lunar = lunar_date(date);
      if (!lunar || !text::valid(*lunar)) return false;  // the 30th of February: another case
      date = *lunar;
      break;
    }
    case PersonError::kBirthMonthOnly:
      copy.birth.resize(7);
      return true;
    case PersonError::kBirthYearOnly:
      copy.birth.resize(4);
      return true;
    default:
      copy.birth.clear();
      return true;
  }
  copy.birth = iso(date);
  return true;
}

bool other_village(PersonCells& copy, std::mt19937_64& random) {
  for (std::size_t t = 0; t < text::township_count(kSampleCounty); ++t) {
    const text::Division township = text::township(kSampleCounty, t);
    if (township.name != copy.township) continue;
    const auto code = static_cast<std::uint32_t>(township.code);
    const std::size_t villages = text::village_count(code);
    const std::string_view other = text::village(code, pick(random, villages)).name;
    if (other == copy.village) return false;
    copy.village = other;
    return true;
  }
  return false;
}

bool other_township(PersonCells& copy, std::mt19937_64& random) {
  const PersonCells other = PersonGenerator(random()).next();
  if (copy.township.empty() || other.township == copy.township) return false;
  copy.township = other.township;
  copy.village = other.village;
  return true;
}

bool clear(std::string& cell) {
  const bool filled = !cell.empty();
  cell.clear();
  return filled;
}

bool make_contact_error(PersonError error, PersonCells& copy, std::mt19937_64& random) {
  switch (error) {
    case PersonError::kVillageOther:
      return !copy.village.empty() && other_village(copy, random);
    case PersonError::kTownshipOther:
      return other_township(copy, random);
    case PersonError::kGroupOther:
      if (copy.group.empty()) return false;
      copy.group = std::to_string(1 + std::stoi(copy.group) % 20);
      return true;
    case PersonError::kAddressMissing:
      copy.township.clear();
      copy.group.clear();
      return clear(copy.village);
    case PersonError::kPhoneDigit:
      if (copy.phone.empty()) return false;
      copy.phone[5] = static_cast<char>('0' + (copy.phone[5] - '0' + 1) % 10);
      return true;
    default:
      return clear(copy.phone);
  }
}

}  // namespace

std::string_view error_name(PersonError error) { return kNames[static_cast<std::size_t>(error)]; }

std::vector<PersonError> all_errors() {
  std::vector<PersonError> errors;
  for (std::size_t i = 0; i < kNames.size(); ++i) errors.push_back(static_cast<PersonError>(i));
  return errors;
}

bool make_error(PersonError error, PersonCells& original, PersonCells& copy,
                std::mt19937_64& random) {
  if (error == PersonError::kNameMissing) return clear(copy.name);
  if (error < PersonError::kNameMissing) {
    return !copy.name.empty() && make_name_error(error, original, copy, random);
  }
  if (error <= PersonError::kIdRelative) return make_id_error(error, copy, random);
  if (error <= PersonError::kBirthMissing) return make_birth_error(error, copy, random);
  return make_contact_error(error, copy, random);
}

}  // namespace bidui::record
