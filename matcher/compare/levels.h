// Agreement levels per semantic type, best first. 0 is always "missing on at least one side": never
// disagreement.
#pragma once

#include <cstdint>

namespace bidui::compare {

enum class NameLevel : std::uint8_t {
  kMissing = 0,
  kExact = 1,
  kVariant = 2,    // 萧/肖, 傅/付; Latin: the same tokens in another order
  kHomophone = 3,  // every differing character shares a reading; Latin: Jaro-Winkler >= .95
  kLookAlike = 4,  // every differing character is written alike (or sounds alike); Latin: >= .90
  kDialectHomophone = 5,  // readings agree after the mergers of the dialect (n/l, zh/z, in/ing, …)
  kFormerName = 6,        // equal to a former name, alias or bracketed name of the other
  kReordered = 7,         // the same characters in another order: 国建王, 王国建
  kPartial = 8,    // a lost character matches anything; one given character, or one part of a name
                   // with interpunct, is missing
  kKeystroke = 9,  // one character of a syllable one slip of the keys away
  kOneCharacter = 10,  // one character differs beyond sound and shape; Latin: >= .80
  kGivenOnly = 11,     // given name equal, surname not
  kSurnameOnly = 12,
  kOneGivenOnly = 13,  // one character of the given name in place
  kDifferent = 14,
};

enum class IdLevel : std::uint8_t {
  kMissing = 0,
  kEqual = 1,           // equal and valid on one side at least
  kEqualInvalid = 2,    // the same impossible number on both sides
  kOneEdit = 3,         // one digit, or two swapped neighbours; one side is not valid
  kOneLost = 4,         // 17 characters: the other without one
  kTwoEdits = 5,        // two digits, or one lost and another added
  kBirthSequence = 6,   // birth date and sequence equal, region not
  kPrefix = 7,          // all digits that a spreadsheet left agree
  kRegionSequence = 8,  // region, sequence and check digit equal, birth date not
  kReissued = 9,  // both valid; region and sequence equal, the birth dates nearly: corrected by the
                  // office, or altered
  kRegionBirth =
      10,           // region and birth date equal, sequence not; one is not valid or has 15 digits
  kNeighbour = 11,  // the same, both valid: twins, or neighbours in the register
  kBirth = 12,      // birth date only
  kRegion = 13,     // region only
  kDifferent = 14,
};

enum class BirthLevel : std::uint8_t {
  kMissing = 0,
  kEqual = 1,
  kSwapped = 2,   // day and month exchanged
  kLunar = 3,     // one is the other's date in the lunar calendar
  kYearOff = 4,   // same day and month, year one off or one digit or two swapped digits different
  kOneDigit = 5,  // same year, one of month and day equal, or one digit different
  kPartial = 6,   // all parts that both know agree, some part is unknown
  kSameYear = 7,
  kNearYear = 8,  // at most two years apart
  kDifferent = 9,
};

enum class SexLevel : std::uint8_t { kMissing = 0, kEqual = 1, kDifferent = 2 };

enum class AddressLevel : std::uint8_t {
  kMissing = 0,
  kHouse = 1,  // village, group and house number
  kGroup = 2,  // village and group; house number unknown on a side
  kGroupOtherHouse = 3,
  kVillage = 4,  // village; group unknown on a side
  kVillageOtherGroup = 5,
  kTownship = 6,  // township; village unknown or different
  kCounty = 7,
  kDifferent = 8,
};

enum class PhoneLevel : std::uint8_t { kMissing = 0, kEqual = 1, kOneEdit = 2, kDifferent = 3 };

// Of the other people of the two records' households: how many are surely the same. Missing where
// nobody else is sure (link/household_evidence.h).
enum class HouseholdLevel : std::uint8_t {
  kMissing = 0,
  kSeveral = 1,    // two of them or more live in the other record's household
  kOne = 2,        // one does
  kElsewhere = 3,  // they all live in other households
};

// Whose the left record's ID number is, where the numbers of the two records contradict each other.
// Missing where they do not.
enum class HolderLevel : std::uint8_t {
  kMissing = 0,
  kHousehold = 1,  // another member of the right record's household: copied from a relative
  kElsewhere = 2,  // somebody of another household
  kNobody = 3,     // nobody on the right side has it
};

enum class TextLevel : std::uint8_t {
  kMissing = 0,
  kEqual = 1,
  kNear = 2,       // one edit, or Jaro-Winkler >= .93
  kSimilar = 3,    // Jaro-Winkler >= .85, or one text begins the other
  kExchanged = 4,  // of the first of two names only: each stands in the other's place
  kRelated = 5,    // Jaro-Winkler >= .70
  kDifferent = 6,
};

inline constexpr int kLevelCount = 16;  // a level fits four bits

}  // namespace bidui::compare
