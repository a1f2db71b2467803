// The comparison vector of a candidate pair: one agreement level per comparison, packed into 64
// bits.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/compare/compare_text.h"
#include "matcher/compare/levels.h"
#include "matcher/record/features.h"

namespace bidui::compare {

// The comparisons of persons, in the order of their places in the tables of a model; free columns
// follow.
enum class Comparison : std::uint8_t {
  kName = 0,
  kId = 1,
  kBirth = 2,
  kSex = 3,
  kAddress = 4,
  kPhone = 5,
  kHousehold = 6,  // from other pairs: compare_records leaves these two "missing"
  kHolder = 7,
};

inline constexpr int kPersonComparisons = 8;
inline constexpr int kMaxTextComparisons = 10;
inline constexpr int kMaxComparisons = kPersonComparisons + kMaxTextComparisons;

using ComparisonVector = std::uint64_t;

// A comparison of at most three levels takes two bits of the vector, so that ten free columns have
// room beside the persons' own comparisons.
constexpr int bits_of(int comparison) {
  constexpr std::uint32_t kSmall = 1U << static_cast<unsigned>(Comparison::kSex) |
                                   1U << static_cast<unsigned>(Comparison::kPhone) |
                                   1U << static_cast<unsigned>(Comparison::kHousehold) |
                                   1U << static_cast<unsigned>(Comparison::kHolder);
  return (kSmall >> comparison & 1U) != 0 ? 2 : 4;
}

// Where a comparison's level begins in the vector.
inline constexpr std::array<std::uint8_t, kMaxComparisons> kLevelShifts = [] {
  std::array<std::uint8_t, kMaxComparisons> shifts{};
  int shift = 0;
  for (int c = 0; c < kMaxComparisons; ++c) {
    shifts[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(shift);
    shift += bits_of(c);
  }
  return shifts;
}();
static_assert(kLevelShifts.back() + bits_of(kMaxComparisons - 1) <= 64);

constexpr int level_at(ComparisonVector vector, int comparison) {
  const std::uint64_t mask = (1U << bits_of(comparison)) - 1U;
  return static_cast<int>(vector >> kLevelShifts[static_cast<std::size_t>(comparison)] & mask);
}
constexpr ComparisonVector at_level(int comparison, std::uint64_t level) {
  return level << kLevelShifts[static_cast<std::size_t>(comparison)];
}
constexpr ComparisonVector at_level(Comparison comparison, std::uint64_t level) {
  return at_level(static_cast<int>(comparison), level);
}

using record::RecordView;

// Which free columns there are. Both sides have the same.
struct ComparisonPlan {
  std::vector<TextKind> texts{};  // at most kMaxTextComparisons

  int comparison_count() const { return kPersonComparisons + static_cast<int>(texts.size()); }
};

// Compares two records. The birth date (and the sex) is "missing" where the level of the ID numbers
// implies it: where one side has it from its number only, or where the numbers' own birth dates are
// equal. Nothing counts twice.
ComparisonVector compare_records(const ComparisonPlan& plan, const RecordView& a,
                                 const RecordView& b);

// What the record's own birth date and sex say of a match depends on how the numbers agree: each
// has level probabilities per context. 0: a number is missing; 1: the numbers agree or nearly; 2:
// they differ.
inline constexpr int kContextCount = 3;
constexpr int context_of(int comparison, ComparisonVector vector) {
  if (comparison != static_cast<int>(Comparison::kBirth) &&
      comparison != static_cast<int>(Comparison::kSex))
    return 0;
  const int id = level_at(vector, static_cast<int>(Comparison::kId));
  if (id == static_cast<int>(IdLevel::kMissing)) return 0;
  return id <= static_cast<int>(IdLevel::kPrefix) ? 1 : 2;
}

}  // namespace bidui::compare
