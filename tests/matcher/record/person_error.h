// The plausible errors of one copied record (reference/fields.md §8), one at a time.
#pragma once

#include <random>
#include <string_view>
#include <vector>

#include "tests/matcher/record/sample_person.h"

namespace bidui::record {

enum class PersonError {
  kNameHomophone,
  kNameLookAlike,
  kNameDialect,
  kNameVariant,
  kNameGivenMissing,  // one character of the given name is left out
  kNameGivenOther,    // one character of the given name is another
  kNameSurnameOther,
  kNameDamaged,  // a character is lost
  kNameFormer,   // another name is in use; the true record knows it as former name
  kNameMissing,
  kIdOneDigit,
  kIdSwapped,
  kIdFifteen,
  kIdThousand,  // …000
  kIdScientific,
  kIdMissing,
  kIdRelative,  // the number of another member of the household
  kBirthSwapped,
  kBirthYearOff,
  kBirthLunar,
  kBirthMonthOnly,
  kBirthYearOnly,
  kBirthMissing,
  kVillageOther,  // another village of the township
  kGroupOther,
  kAddressMissing,
  kPhoneDigit,
  kPhoneMissing,
  kCount,
};

std::string_view error_name(PersonError error);
std::vector<PersonError> all_errors();

// Makes the error in `copy`; may add to `original` what the true record knows (a former name).
// False, with both untouched, where the record offers no place for it: no homophone among the
// characters, no full number, …
bool make_error(PersonError error, PersonCells& original, PersonCells& copy,
                std::mt19937_64& random);

}  // namespace bidui::record
