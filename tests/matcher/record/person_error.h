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
  kNameDamaged,      // a character is lost
  kNamePinyin,       // letters in place of a character
  kNameKeystroke,    // a character of a syllable one slip of the keys away
  kNameOrder,        // the given name before the surname
  kNameGivenOrder,   // the two characters of the given name exchanged
  kNameCompoundCut,  // 欧阳建国 written 欧建国
  kNamePartMissing,  // one part of a name with interpunct
  kNameFormer,       // another name is in use; the true record knows it as former name
  kNameMissing,
  kIdOneDigit,
  kIdSwapped,
  kIdLost,      // 17 characters
  kIdInserted,  // 19 characters
  kIdAltered,   // one digit is another, and the check digit is recalculated
  kIdRegion,    // numbered anew under the code of another county
  kIdDisability,
  kIdFifteen,
  kIdThousand,  // …000
  kIdScientific,
  kIdMissing,
  kIdRelative,  // the number of another member of the household
  kBirthSwapped,
  kBirthYearOff,
  kBirthDigit,  // one digit of month or day
  kBirthLunar,
  kBirthMonthOnly,
  kBirthYearOnly,
  kBirthMissing,
  kVillageOther,   // another village of the township
  kTownshipOther,  // another township, and so another village
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
