// Term frequencies: which value has to be common for a level of agreement to come about by chance.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "matcher/compare/comparison_vector.h"

namespace bidui::model {

using compare::ComparisonVector;

enum class Term : std::uint8_t {
  kName = 0,     // the whole name
  kSound = 1,    // its sounds, folded for dialect, in any order
  kSurname = 2,  // counts where both have it
  kGivenName = 3,
  kVillage = 4,
};
inline constexpr std::size_t kPersonTerms = 5;

constexpr bool is_same_village(ComparisonVector vector) {
  const int level = compare::level_at(vector, static_cast<int>(compare::Comparison::kAddress));
  return level >= static_cast<int>(compare::AddressLevel::kHouse) &&
         level <= static_cast<int>(compare::AddressLevel::kVillageOtherGroup);
}

// Of a name's level. A name that only sounds the same was as likely to be met as its sound is
// common, one of which a character is another as its surname is.
constexpr int name_term_of(compare::NameLevel level, bool same_village) {
  using compare::NameLevel;
  switch (level) {
    case NameLevel::kExact:
      return static_cast<int>(Term::kName);
    case NameLevel::kVariant:
    case NameLevel::kHomophone:
    case NameLevel::kDialectHomophone:
    case NameLevel::kReordered:
      return static_cast<int>(Term::kSound);
    case NameLevel::kLookAlike:
    case NameLevel::kPartial:
    case NameLevel::kKeystroke:
    case NameLevel::kOneCharacter:
    case NameLevel::kSurnameOnly:
      return same_village ? -1 : static_cast<int>(Term::kSurname);
    case NameLevel::kGivenOnly:
      return static_cast<int>(Term::kGivenName);
    case NameLevel::kMissing:
    case NameLevel::kFormerName:
    case NameLevel::kOneGivenOnly:
    case NameLevel::kDifferent:
      return -1;
  }
  return -1;
}

// The term on which a comparison's level hangs, free columns from kPersonTerms on; -1: none. A clan
// lives in one village: where the village agrees, its frequency counts, and the surname's does not.
constexpr int term_of(int comparison, ComparisonVector vector) {
  const int level = compare::level_at(vector, comparison);
  if (comparison >= compare::kPersonComparisons) {
    return level == static_cast<int>(compare::TextLevel::kEqual)
               ? static_cast<int>(kPersonTerms) + comparison - compare::kPersonComparisons
               : -1;
  }
  if (comparison == static_cast<int>(compare::Comparison::kAddress))
    return is_same_village(vector) ? static_cast<int>(Term::kVillage) : -1;
  if (comparison != static_cast<int>(compare::Comparison::kName)) return -1;
  return name_term_of(static_cast<compare::NameLevel>(level), is_same_village(vector));
}

// Whether any level of the comparison hangs on a term.
constexpr bool has_terms(int comparison) {
  return comparison == static_cast<int>(compare::Comparison::kName) ||
         comparison == static_cast<int>(compare::Comparison::kAddress) ||
         comparison >= compare::kPersonComparisons;
}

// Whether the level is agreement on the very value: its share is the level's u, whatever the
// average.
constexpr bool is_own_share(int term) {
  return term == static_cast<int>(Term::kName) || term >= static_cast<int>(kPersonTerms);
}

// Of one record, by term: log2 of the share of records that have its value, for is_own_share();
// else log2 of that share over the average one. 0 = not known: the average.
using PersonTermBits = std::array<float, kPersonTerms>;
struct TermBits {
  PersonTermBits person{};
  std::span<const float> columns{};

  double of(int term) const {
    const auto at = static_cast<std::size_t>(term);
    if (at < kPersonTerms) return static_cast<double>(person[at]);
    return at - kPersonTerms < columns.size() ? static_cast<double>(columns[at - kPersonTerms]) : 0;
  }
};

}  // namespace bidui::model
