// From scored pairs to decisions: duplicates of one file, competition, assignment, thresholds.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "matcher/link/candidate_search.h"
#include "matcher/link/duplicate_rows.h"
#include "matcher/model/calibration.h"

namespace bidui::link {

enum class Decision : std::uint8_t { kLink, kPossible, kNonLink };

enum class Assignment : std::uint8_t {
  kOneToOne,   // each person once on both sides, but for duplicates of one side
  kOneToMany,  // a left record has at most one partner, a right record any number: houses on the
               // left
  kManyToMany,
};

struct DecisionOptions {
  Assignment assignment = Assignment::kOneToOne;
  double false_link_rate = .001;      // wanted share of false links among all links
  double possible_probability = .05;  // possible links go down to here
  // Non-links are given down to this weight, for estimates of what was missed; infinity: none.
  double lowest_non_link = std::numeric_limits<double>::infinity();
  model::Calibration calibration{};  // of the weights after competition, by reviewed pairs
};

inline constexpr std::uint32_t kImpliedPair = 0xFFFFFFFF;

struct Link {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  double weight = 0;  // log2 posterior odds, after competition
  Decision decision = Decision::kPossible;
  std::uint32_t pair =
      0;  // index of the candidate pair; kImpliedPair: linked through others, never compared
};

struct Decisions {
  std::vector<Link> links{};      // sorted by (left, right)
  std::vector<Link> non_links{};  // sorted alike: not even possible, or lost to a rival
  // Under one-to-one: of each left row without a link or a possible one whose best partner was
  // given to another left row that pair, if it was more probable than not before competition. The
  // two rows may be one person entered twice; sorted alike, none of them in links or non_links.
  std::vector<Link> outdone{};
  double threshold = 0;             // weight of the weakest link that is allowed
  double expected_false_links = 0;  // by their probabilities, or by second partners if more
  std::uint64_t link_count = 0;
  std::uint64_t possible_count = 0;
  std::uint64_t left_duplicates = 0;  // rows that repeat a person of their own file
  std::uint64_t right_duplicates = 0;
  std::uint64_t largest_component = 0;
  std::uint64_t greedy_components = 0;
};

// Of the rows of either side, to recognise those that are one person entered twice; null: only
// those that agree with one partner in number and name.
struct SideFeatures {
  FeaturesOf left{};
  FeaturesOf right{};
};

// `pairs` are scored and sorted by (left, right). Under one-to-one (or one-to-many) a pair's odds
// are divided by those of its rivals for the same rows, so that of two twins who fit equally well
// neither is certain. Rows of one side that are one person (duplicate_rows.h) are no rivals: they
// share the partner.
Decisions decide(std::span<const CandidatePair> pairs, const DecisionOptions& options,
                 const SideFeatures& features = {});

// Orders links by (left, right).
void sort_links(std::vector<Link>& links);

// The smallest weight at which the expected share of false links among the links is within the
// wanted rate; never below 0, where a link is as probable as not. O(n log n).
double find_threshold(std::vector<double> weights, double false_link_rate);

// Number and name are equal: one person entered twice, whatever else is there.
bool same_number_and_name(const CandidatePair& pair);

}  // namespace bidui::link
