// The comparison vector of a candidate pair: one agreement level per comparison, packed four bits
// each.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/compare/compare_text.h"
#include "matcher/compare/levels.h"
#include "matcher/record/features.h"

namespace bidui::compare {

// The comparisons of persons, in the order of their place in the vector; free columns follow.
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
inline constexpr int kMaxComparisons = 16;
inline constexpr int kMaxTextComparisons = kMaxComparisons - kPersonComparisons;

using ComparisonVector = std::uint64_t;

constexpr int level_at(ComparisonVector vector, int comparison) {
  return static_cast<int>(vector >> (4 * comparison) & 15U);
}
constexpr ComparisonVector at_level(Comparison comparison, std::uint64_t level) {
  return level << (4 * static_cast<unsigned>(comparison));
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
