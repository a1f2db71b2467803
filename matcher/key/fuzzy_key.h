// Fuzzy keys: 64-bit hashes that true matches share with high probability. Any single plausible
// error of a record that has a name and an ID number or a birth date leaves at least one key
// intact; a record with name and place only (the owner of a house without number) survives one
// error of the name or of the place.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/record/features.h"
#include "matcher/record/record_view.h"

namespace bidui::key {

enum class KeyKind : std::uint8_t {
  kId = 0,           // all 17 digits
  kIdBirthSequence,  // region wrong
  kIdYearSurname,    // month or day in the number wrong: region, year, sequence; + surname sound
  kIdYearGiven,      // the same; + given name sound
  kIdDaySurname,     // year in the number wrong: region, last digit of month, day, sequence;
                     // + surname sound
  kIdDayGiven,       // the same; + given name sound
  kBirthSurname,     // given name wrong
  kBirthGiven,       // surname wrong
  kBirthVillage,     // the whole name wrong or missing
  kNameYear,         // day or month wrong
  kNameDay,          // year wrong
  kNameVillage,      // no birth date
  kNameTownship,     // no birth date, village wrong
  kSurnameVillageGroup,  // no birth date, given name wrong
  kCharacterVillage,     // no birth date, a character of the given name wrong or missing: surname
                         // and one character of the given name, wherever it stands
  kGivenVillage,         // no birth date, surname wrong
  kPhone,
  kFormerNameYear,
  kFormerNameVillage,
  kText,  // a pair of free columns
  kCount,
};

// By the keys of a place alone meet only pairs of which one is bare: a record without ID number, or
// with a broken one and no birth date of its own. Two covered records have better keys, and
// neighbours of one surname are many.
enum class Coverage : std::uint8_t { kAny = 0, kBare = 1, kCovered = 2 };

std::string_view key_kind_name(KeyKind kind);

// `refinement` is a further attribute of the record: where more records than the cap share a key,
// both sides probe (key, refinement) instead. 0 = the record lacks it and cannot be refined.
struct FuzzyKey {
  std::uint64_t hash = 0;
  std::uint64_t refinement = 0;
  KeyKind kind = KeyKind::kId;
  Coverage coverage = Coverage::kAny;  // kAny: the kind is for all
};

// Whether two records meet by these keys of theirs (refinement aside).
constexpr bool meet(const FuzzyKey& a, const FuzzyKey& b) {
  return a.hash == b.hash && (a.coverage != Coverage::kCovered || b.coverage != Coverage::kCovered);
}

inline constexpr std::size_t kMaxTextKeys = 28;
// A name of four characters, a number that lost one, an own birth date and its two lunar readings,
// two aliases; ordinary records have about 18.
inline constexpr std::size_t kMaxPersonKeys = 56;
inline constexpr std::size_t kMaxKeys = kMaxPersonKeys + kMaxTextKeys;

class KeyList {
 public:
  void add(KeyKind kind, std::uint64_t hash, std::uint64_t refinement,
           Coverage coverage = Coverage::kAny) {
    if (size_ < kMaxKeys) keys_[size_++] = {hash, refinement, kind, coverage};
  }
  // Probing with these keys also meets the records that covered ones leave out.
  void meet_all() {
    for (FuzzyKey& key : std::span(keys_).first(size_)) {
      if (key.coverage == Coverage::kCovered) key.coverage = Coverage::kBare;
    }
  }
  // Keeps the keys of which `wanted` says so, in their order.
  template <typename Wanted>
  void keep_if(const Wanted& wanted) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      if (wanted(keys_[i])) keys_[kept++] = keys_[i];
    }
    size_ = kept;
  }
  std::span<const FuzzyKey> keys() const { return {keys_.data(), size_}; }
  void clear() { size_ = 0; }

 private:
  std::array<FuzzyKey, kMaxKeys> keys_;
  std::size_t size_ = 0;
};

// Which free columns make keys, and how. Made by plan_text_keys.
struct TextKeyPlan {
  struct Pair {
    int a = 0;  // free column, or -1 for the birth date, -2 for the Han or Latin name
    int b = 0;
  };
  std::vector<Pair> pairs{};
  std::vector<record::TextKind> kinds{};  // of all free columns
};

// Pairs of columns that together tell people apart: names, texts and the birth date with each
// other, identifiers, long texts and the birth date alone, numbers with the rest; the name alone,
// of records without better keys, where there is no birth date. At most kMaxTextKeys.
TextKeyPlan plan_text_keys(std::span<const record::TextKind> columns, bool has_birth,
                           bool has_name);

// What a person's keys are made of, beside the name; a bit set.
using KeyFamilies = unsigned;
inline constexpr KeyFamilies kNumberKeys = 1;
inline constexpr KeyFamilies kBirthKeys = 2;
inline constexpr KeyFamilies kNameKeys = 4;  // the whole name
inline constexpr KeyFamilies kPlaceKeys = 8;
inline constexpr KeyFamilies kPhoneKeys = 16;
inline constexpr KeyFamilies kAllFamilies = 31;

// Appends the keys of a record, of these families only; a pure function of the record (and the
// plan). At most kMaxKeys. O(1), no heap.
void append_person_keys(const record::PersonFeatures& person, KeyList& keys,
                        KeyFamilies families = kAllFamilies);
void append_text_keys(const TextKeyPlan& plan, const record::RecordView& record, KeyList& keys);

}  // namespace bidui::key
