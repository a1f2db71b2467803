// The packed form of the reference tables, shared by the program that packs them
// (tools/pack_reference) and the views that read them. Little endian, every section aligned to 64
// bytes. Changing a row type changes reference_hash().
#pragma once

#include <cstdint>

namespace bidui::text {

// The ideographs that have direct tables, indexed by code point - kFirstHan: extension A and the
// unified block. Everything else is found by binary search in a sparse table.
inline constexpr char32_t kFirstHan = 0x3400;
inline constexpr char32_t kLastHan = 0x9FFF;
inline constexpr std::uint32_t kHanCount = kLastHan - kFirstHan + 1;

constexpr bool in_han_table(char32_t c) { return c - kFirstHan < kHanCount; }

enum class ReferenceSection : std::uint32_t {
  kFoldHan,            // u16 per ideograph: its normal form; 0: see kFoldSparse
  kFoldSparse,         // CharPair, sorted
  kCompatibility,      // CharPair, sorted: compatibility forms and private use only
  kPua,                // CharPair, sorted
  kReadingHan,         // u16 per ideograph: row of kReadingSets
  kReadingSparse,      // CharPair, sorted: row of kReadingSets
  kReadingSets,        // ReadingRow; row 0 is empty
  kSyllables,          // SyllableRow by code, sorted by letters; row 0 is empty
  kDialect,            // u16 by syllable code
  kSurnameFlags,       // u8 per ideograph: SurnameFlag
  kSurnames,           // SurnameRow, sorted by chars
  kSurnameEquivalent,  // SurnamePairRow, sorted; each pair in both directions
  kGivenEquivalent,    // GivenPairRow, sorted; each pair in both directions
  kGlyphHan,           // u16 per ideograph: its number in the glyph tables, 0: none
  kGlyphSparse,        // CharPair, sorted: number in the glyph tables
  kGlyphOffsets,       // u32 by number: first row in kGlyphPairs; one more at the end
  kGlyphPairs,         // GlyphRow of one number, sorted by `other`, other > number
  kRegions,            // RegionRow, sorted by code
  kRegionStarts,       // u16 by the first four digits: first row of kRegions; 10001 of them
  kDivisions,          // DivisionRow of provinces, prefectures and counties of today, sorted
  kCountyNames,        // DivisionRow by county of today: its name and those it had, sorted
  kTownships,          // DivisionRow, sorted
  kVillages,           // DivisionRow, sorted
  kNames,              // bytes: the names of divisions
  kRelations,          // RelationRow, sorted by hash
  kRelationCodes,      // RelationRow by two-digit code, 100 of them
  kLunarYears,         // LunarYearRow, 1900 on
  kLatinLow,           // LatinRow of U+00C0 to U+024F
  kLatinHigh,          // LatinRow of U+1E00 to U+1EFF
  kCount,
};

inline constexpr std::uint32_t kReferenceSectionCount =
    static_cast<std::uint32_t>(ReferenceSection::kCount);
inline constexpr std::uint32_t kReferenceAlignment = 64;

struct ReferenceHeader {
  std::uint64_t content_hash;
  struct {
    std::uint32_t offset;  // from the start of the header
    std::uint32_t bytes;
  } sections[kReferenceSectionCount];
};

struct CharPair {
  std::uint32_t from, to;
};

struct ReadingRow {
  std::uint16_t syllables[4];
};

struct SyllableRow {
  char letters[8];  // lower case, v for ü; 0-filled
};

enum SurnameFlag : std::uint8_t { kIsSurname = 1, kStartsCompound = 2 };

struct SurnameRow {
  std::uint32_t chars[4];    // 0-filled
  std::uint16_t first_set;   // rows of kReadingSets
  std::uint16_t second_set;  // 0 for a surname of one character
  float frequency;
};

struct SurnamePairRow {
  std::uint32_t a[2], b[2];
  float strength;
};

struct GivenPairRow {
  std::uint32_t a, b;
  float strength;
};

struct GlyphRow {
  std::uint16_t other;
  std::uint16_t permille;
};

struct RegionRow {
  std::uint32_t code;
  std::uint32_t current;  // 0: none known
  std::uint16_t first_year;
  std::uint16_t last_year;  // 0: still in force
};

struct DivisionRow {
  std::uint64_t code;  // 2, 4, 6, 9 or 12 digits as in the table
  std::uint32_t name_offset;
  std::uint32_t name_bytes;
};

struct RelationRow {
  std::uint64_t hash;  // hash_bytes of the folded term
  std::uint8_t code2;
  std::int8_t generation;
  std::uint8_t sex;  // as enum Sex
  std::uint8_t known;
  std::uint32_t padding;
};

struct LunarYearRow {
  std::int32_t first_day;     // day number of the first day of the first month
  std::uint16_t long_months;  // bit i: the i-th month (leap month counted) has 30 days
  std::uint8_t month_count;   // 12 or 13
  std::uint8_t leap_month;    // 0: none; else the number of the month that comes twice
};

struct LatinRow {
  char letters[4];  // upper case ASCII; 0-filled
};

}  // namespace bidui::text
