// Households as evidence: what the other pairs of a linkage say of one pair. A wife and a child who
// are surely in the other record's household speak for a mistyped number; a number that contradicts
// but belongs to the other record's wife was copied from her.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/link/candidate_search.h"
#include "matcher/link/value_counter.h"

namespace bidui::link {

// The bits of the levels that it sets.
inline constexpr compare::ComparisonVector kHouseholdLevels =
    compare::at_level(compare::Comparison::kHousehold, 3) |
    compare::at_level(compare::Comparison::kHolder, 3);

struct HouseholdEvidenceInput {
  const RecordTable& left;
  std::span<const std::uint8_t> group_of{};           // source of each left row; empty: one
  std::span<const std::uint64_t> right_households{};  // per right row, 0 = none; may end early
  const ValueCounter& ids;                            // valid ID numbers of both sides
  std::span<const SearchResult> found{};              // all pairs with an equal ID number are in it
};

// Built once, then const and shared between threads. A person counts as sure where ID numbers are
// equal and names equal or variants (an L3 link): no decision of this run is needed, so that the
// evidence is the same whatever the order of things, and can be told again from the records alone.
// O(left rows + pairs).
class HouseholdEvidence {
 public:
  explicit HouseholdEvidence(const HouseholdEvidenceInput& input);

  // The pair's vector with the levels of Comparison::kHousehold and kHolder. O(members).
  compare::ComparisonVector add_to(const CandidatePair& pair) const;

 private:
  // A left row whose number (or number and name) a right row has.
  struct Anchor {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    std::uint64_t right_household = 0;
  };
  // Anchors by some key, in the order of the keys.
  struct Anchors {
    std::vector<std::uint32_t> offsets{};
    std::vector<Anchor> all{};
    std::span<const Anchor> of(std::uint32_t key) const {
      return std::span(all).subspan(offsets[key], offsets[key + 1] - offsets[key]);
    }
  };
  static Anchors sorted_by(std::span<const std::uint32_t> keys, std::uint32_t key_count,
                           std::vector<Anchor> anchors);

  void number_households();
  std::uint64_t right_household(std::uint32_t row) const {
    return row < input_.right_households.size() ? input_.right_households[row] : 0;
  }
  compare::HouseholdLevel household_level(const CandidatePair& pair) const;
  compare::HolderLevel holder_level(const CandidatePair& pair) const;

  HouseholdEvidenceInput input_;
  std::vector<std::uint32_t> household_of_;  // of each left row, numbered; the last: none
  std::uint32_t household_count_ = 0;
  Anchors by_household_;  // sure persons, by their left household
  Anchors by_left_row_;   // right rows that have the left row's number
};

}  // namespace bidui::link
