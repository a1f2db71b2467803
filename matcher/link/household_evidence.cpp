#include "matcher/link/household_evidence.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "matcher/base/hash.h"

namespace bidui::link {
namespace {

using compare::Comparison;
using compare::HolderLevel;
using compare::HouseholdLevel;
using compare::IdLevel;
using compare::NameLevel;

bool is_sure(const CandidatePair& pair) {
  const auto name =
      static_cast<NameLevel>(compare::level_at(pair.vector, static_cast<int>(Comparison::kName)));
  return name == NameLevel::kExact || name == NameLevel::kVariant;
}

bool numbers_contradict(const CandidatePair& pair) {
  return id_level(pair) >= IdLevel::kRegionSequence;
}

}  // namespace

HouseholdEvidence::Anchors HouseholdEvidence::sorted_by(std::span<const std::uint32_t> keys,
                                                        std::uint32_t key_count,
                                                        std::vector<Anchor> anchors) {
  Anchors result;
  result.offsets.assign(key_count + 1, 0);
  for (const Anchor& a : anchors) ++result.offsets[keys[a.left] + 1];
  std::partial_sum(result.offsets.begin(), result.offsets.end(), result.offsets.begin());
  std::vector<std::uint32_t> next(result.offsets.begin(), result.offsets.end() - 1);
  result.all.resize(anchors.size());
  for (const Anchor& a : anchors) result.all[next[keys[a.left]]++] = a;
  return result;
}

// By what was numbered first; a household's rows mostly stand behind one another.
void HouseholdEvidence::number_households() {
  const auto& persons = input_.left.persons;
  const auto key_of = [&](std::size_t row) {
    const std::uint64_t group = input_.group_of.empty() ? 0 : input_.group_of[row];
    const std::uint64_t hash = hash_combine(persons[row].household, group);
    return persons[row].household == 0 ? 0 : std::max<std::uint64_t>(hash, 1);
  };
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t number = 0;
  };
  std::vector<Slot> slots(std::bit_ceil(persons.size() * 2 + 1));
  household_of_.resize(persons.size());
  std::uint64_t before = 0;
  for (std::size_t row = 0; row < persons.size(); ++row) {
    const std::uint64_t key = key_of(row);
    if (key != 0 && key == before) {
      household_of_[row] = household_of_[row - 1];
      continue;
    }
    before = key;
    if (key == 0) continue;
    std::size_t at = key & (slots.size() - 1);
    while (slots[at].key != 0 && slots[at].key != key) at = (at + 1) & (slots.size() - 1);
    if (slots[at].key == 0) slots[at] = {key, household_count_++};
    household_of_[row] = slots[at].number;
  }
  for (std::size_t row = 0; row < persons.size(); ++row) {
    if (persons[row].household == 0) household_of_[row] = household_count_;
  }
}

HouseholdEvidence::HouseholdEvidence(const HouseholdEvidenceInput& input) : input_(input) {
  number_households();
  std::vector<Anchor> sure;
  std::vector<Anchor> holders;
  for (const SearchResult& found : input_.found) {
    for (const CandidatePair& pair : found.pairs) {
      if (id_level(pair) != IdLevel::kEqual) continue;
      const Anchor anchor{pair.left, pair.right, right_household(pair.right)};
      holders.push_back(anchor);
      if (is_sure(pair) && household_of_[pair.left] != household_count_) sure.push_back(anchor);
    }
  }
  std::vector<std::uint32_t> rows(input_.left.size());
  std::iota(rows.begin(), rows.end(), 0U);
  by_left_row_ = sorted_by(rows, static_cast<std::uint32_t>(rows.size()), std::move(holders));
  by_household_ = sorted_by(household_of_, household_count_ + 1, std::move(sure));
}

HouseholdLevel HouseholdEvidence::household_level(const CandidatePair& pair) const {
  const std::uint32_t own = household_of_[pair.left];
  const std::uint64_t theirs = right_household(pair.right);
  if (own == household_count_ || theirs == 0) return HouseholdLevel::kMissing;
  int here = 0;
  int elsewhere = 0;
  for (const Anchor& member : by_household_.of(own)) {
    // The row itself, and another row of the same person.
    if (member.left == pair.left || member.right == pair.right) continue;
    ++(member.right_household == theirs ? here : elsewhere);
  }
  if (here != 0) return here > 1 ? HouseholdLevel::kSeveral : HouseholdLevel::kOne;
  return elsewhere != 0 ? HouseholdLevel::kElsewhere : HouseholdLevel::kMissing;
}

HolderLevel HouseholdEvidence::holder_level(const CandidatePair& pair) const {
  if (!numbers_contradict(pair)) return HolderLevel::kMissing;
  const record::PersonFeatures& p = input_.left.persons[pair.left];
  const std::uint64_t theirs = right_household(pair.right);
  if (p.id_class != record::IdClass::kValid || theirs == 0) return HolderLevel::kMissing;
  for (const Anchor& holder : by_left_row_.of(pair.left)) {
    if (holder.right_household == theirs) return HolderLevel::kHousehold;
  }
  return input_.ids.right_count(p.id_digits) != 0 ? HolderLevel::kElsewhere : HolderLevel::kNobody;
}

compare::ComparisonVector HouseholdEvidence::add_to(const CandidatePair& pair) const {
  const auto household = static_cast<std::uint64_t>(household_level(pair));
  const auto holder = static_cast<std::uint64_t>(holder_level(pair));
  return pair.vector | compare::at_level(Comparison::kHousehold, household) |
         compare::at_level(Comparison::kHolder, holder);
}

}  // namespace bidui::link
