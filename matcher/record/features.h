// The fixed-size, comparison-ready form of a record: self-contained codes, no pointer, no index
// into a table of this run. A comparison of two features touches no heap.
#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

namespace bidui::record {

// Stored with each delivery; features of another version are never compared with ours. Raise it
// whenever text/, record/ or key/ make something else of a cell
// (tests/workspace/feature_version_test finds that out), or the struct below changes.
inline constexpr std::uint32_t kFeatureVersion = 2;

inline constexpr std::size_t kNameUnits = 12;

enum class NameScript : std::uint8_t { kNone = 0, kHan = 1, kLatin = 2, kOther = 3 };

// Bits of NameFeature::flags.
inline constexpr std::uint8_t kFlagDamaged = 1;  // a character is lost or given by its sound only
inline constexpr std::uint8_t kFlagPlaceholder = 2;  // 未取名, 王某某: names nobody
inline constexpr std::uint8_t kFlagCut = 4;          // longer than the units hold

// A unit of a Han name: its BMP code point; characters beyond the BMP are hashed into the surrogate
// range (no reading, but equal to themselves). kWildcardUnit stands for a character that was lost.
inline constexpr std::uint16_t kWildcardUnit = 0xFFFC;

// 王YAN: a character of which only the sound is known is kFirstSyllableUnit + its syllable
// (text/pinyin.h), in the private use area, from which no character of a name comes.
inline constexpr std::uint16_t kFirstSyllableUnit = 0xE000;
inline constexpr std::uint16_t kLastSyllableUnit = 0xE7FF;
constexpr std::uint16_t syllable_in_unit(char32_t unit) {
  return unit >= kFirstSyllableUnit && unit <= kLastSyllableUnit
             ? static_cast<std::uint16_t>(unit - kFirstSyllableUnit)
             : std::uint16_t{0};
}

// Han: one unit per character. Latin: `units` holds up to 24 bytes of upper-case ASCII, tokens
// separated by one space.
struct NameFeature {
  std::array<std::uint16_t, kNameUnits> units{};
  std::uint8_t length = 0;          // units (Han) or bytes (Latin) in use; 0 = missing
  std::uint8_t surname_length = 0;  // units of the surname, 0 if unknown
  NameScript script = NameScript::kNone;
  std::uint8_t flags = 0;
};

enum class IdClass : std::uint8_t {
  kMissing = 0,
  kValid = 1,       // 18 digits, check digit and date hold
  kUnverified = 2,  // upgraded from 15 digits, or 17 digits without a check digit
  kInvalid = 3,     // 17 or 18 digits that cannot be right
  kPrefix = 4,      // ruined by a spreadsheet: only the first `id_prefix` digits count
};

inline constexpr std::uint8_t kSexUnknown = 0;
inline constexpr std::uint8_t kSexMale = 1;
inline constexpr std::uint8_t kSexFemale = 2;

// Bits of PersonFeatures::flags.
inline constexpr std::uint8_t kBirthFromId = 1;  // the record has no birth date of its own
inline constexpr std::uint8_t kSexFromId = 2;
// 17 characters in place of 18, as they stand in id_digits (an X at their end as 0). 4 is free:
// stored features hold 8.
inline constexpr std::uint8_t kIdCharacterLost = 8;

// Dates are packed as year * 10000 + month * 100 + day; month or day 0 = unknown; 0 = missing.
struct PersonFeatures {
  NameFeature name;             // 28 bytes
  std::uint32_t name_hash = 0;  // of the normalised name; 0 = missing
  std::uint32_t name_fold = 0;  // of its dialect-folded syllables in any order; 0 = missing
  std::array<std::uint32_t, 2> alias_fold{};  // the same of former names and aliases; 0 = none
  std::uint32_t birth = 0;                    // the record's own date, else the ID number's
  std::uint64_t id_digits = 0;                // first 17 digits of the ID number
  std::uint8_t id_check = 15;                 // 0-9, 10 = X, 15 = absent
  IdClass id_class = IdClass::kMissing;
  std::uint8_t id_prefix = 0;  // leading digits that can be trusted
  std::uint8_t sex = kSexUnknown;
  std::uint8_t flags = 0;
  std::uint8_t division_level = 0;  // digits of `division` that are known
  std::uint16_t group = 0;          // villagers' group (村民小组), 0 unknown
  std::uint64_t division : 48 = 0;  // 12 digits
  std::uint64_t house : 16 = 0;  // house number (门牌号) within the village or group, 0 unknown
  std::uint32_t village = 0;     // hash of the village's name, 0 unknown
  std::uint32_t township = 0;    // hash of the township's name, 0 unknown
  std::uint64_t phone = 0;       // 0 unknown
  std::uint64_t household = 0;   // hash of the household number within the source, 0 none
};

static_assert(std::is_trivially_copyable_v<PersonFeatures>);
static_assert(sizeof(PersonFeatures) == 96);

inline constexpr std::size_t kTextBytes = 26;

// A column that is no person attribute known to us (street, suburb, post code, …): folded ASCII or
// UTF-8 bytes.
struct TextFeature {
  std::array<char, kTextBytes> bytes{};
  std::uint8_t length = 0;       // bytes in use, at most kTextBytes
  std::uint8_t full_length = 0;  // of the whole text, capped at 255; 0 = missing
  std::uint32_t hash = 0;        // of the whole text (its first 250 bytes or so)
};

static_assert(sizeof(TextFeature) == 32);

}  // namespace bidui::record
