#include "workspace/changed_weights.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "matcher/base/hash.h"
#include "matcher/base/hash_filter.h"
#include "matcher/link/for_each_row.h"
#include "matcher/link/household_evidence.h"

namespace bidui::workspace {
namespace {

using link::CandidatePair;

// Of records whose number somebody of the spine has no longer, or has now.
void mark_numbers(const KeptSource& spine, const link::RecordSpan& records,
                  const CandidateReuse& reuse, std::vector<char>& touched) {
  std::vector<std::uint64_t> numbers;
  for (const std::uint32_t tie : reuse.gone.numbers) numbers.push_back(mix64(tie));
  for (const std::uint32_t row : reuse.changed.right) {
    if (spine.ties[row] != 0) numbers.push_back(mix64(spine.ties[row]));
  }
  if (numbers.empty()) return;
  const link::HashSet wanted(std::move(numbers));
  link::for_each_row(records.size(), [&](std::size_t row) {
    const std::uint32_t tie = number_tie(records.persons[row]);
    if (tie != 0 && wanted.contains(mix64(tie))) touched[row] = 1;
  });
}

// What the weights of these pairs depend on: the right rows that they meet, and those that have the
// number of one of the left records (and, seldom, another).
std::vector<std::uint32_t> right_rows(std::span<const CandidatePair> pairs,
                                      const link::RecordTable& lefts, std::size_t count,
                                      std::span<const std::uint32_t> numbers) {
  std::vector<char> needed(count);
  for (const CandidatePair& pair : pairs) needed[pair.right] = 1;
  HashFilter wanted(lefts.size());
  for (const record::PersonFeatures& p : lefts.persons) {
    if (const std::uint32_t tie = number_tie(p); tie != 0) wanted.add(mix64(tie));
  }
  link::for_each_row(numbers.size(), [&](std::size_t row) {
    if (numbers[row] != 0 && wanted.may_hold(mix64(numbers[row]))) needed[row] = 1;
  });
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < needed.size(); ++row) {
    if (needed[row] != 0) rows.push_back(row);
  }
  return rows;
}

}  // namespace

std::vector<std::uint32_t> touched_rows(std::span<const KeptSource> sources,
                                        const link::RecordSpan& records,
                                        const CandidateReuse& reuse,
                                        std::span<const CandidatePair> found) {
  std::vector<char> touched(records.size());
  for (const std::uint32_t row : reuse.changed.left) touched[row] = 1;
  for (const std::uint32_t row : reuse.gone.lefts) touched[row] = 1;
  for (const CandidatePair& pair : found) touched[pair.left] = 1;
  mark_numbers(sources.back(), records, reuse, touched);
  std::vector<std::uint64_t> households = reuse.gone.households;
  std::vector<std::uint64_t> household_of(records.size());  // 0 = none
  std::size_t first = 0;
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    const std::vector<std::uint32_t>& ties = sources[s].ties;
    for (std::size_t row = 0; row < ties.size(); ++row) {
      if (ties[row] == 0) continue;
      household_of[first + row] = household_hash(s, ties[row]);
      if (touched[first + row] != 0) households.push_back(household_of[first + row]);
    }
    first += ties.size();
  }
  const link::HashSet wanted(std::move(households));
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < touched.size(); ++row) {
    if (touched[row] != 0 || (household_of[row] != 0 && wanted.contains(household_of[row])))
      rows.push_back(row);
  }
  return rows;
}

std::vector<std::uint32_t> all_rows(std::size_t count) {
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

std::vector<std::uint32_t> left_rows(std::span<const CandidatePair> found) {
  std::vector<std::uint32_t> rows;
  for (const CandidatePair& pair : found) {
    if (rows.empty() || rows.back() != pair.left) rows.push_back(pair.left);
  }
  return rows;
}

void weigh_rows(const link::LeftSide& side, std::span<const std::uint32_t> rows,
                const link::RecordSpan& right, std::span<const std::uint32_t> right_numbers,
                const link::LinkerOptions& options, std::vector<CandidatePair>& pairs) {
  if (rows.empty()) return;
  std::vector<CandidatePair> own;
  std::vector<std::size_t> places;
  std::size_t at = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    while (at < rows.size() && rows[at] < pairs[i].left) ++at;
    if (at == rows.size()) break;
    if (rows[at] != pairs[i].left) continue;
    CandidatePair& pair = own.emplace_back(pairs[i]);
    pair.left = static_cast<std::uint32_t>(at);
    pair.vector &= ~link::kHouseholdLevels;
    places.push_back(i);
  }
  link::PickedRows picked =
      link::pick_rows(side.records().span(), std::vector<std::uint32_t>(rows.begin(), rows.end()));
  std::vector<std::uint8_t> groups(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) groups[row] = side.groups()[rows[row]];
  const link::PickedRows partners =
      link::pick_rows(right, right_rows(own, picked.records, right.size(), right_numbers));
  for (CandidatePair& pair : own) {
    const auto place = std::ranges::lower_bound(partners.rows, pair.right);
    pair.right = static_cast<std::uint32_t>(place - partners.rows.begin());
  }
  link::Linker linker(
      std::make_shared<link::LeftSide>(std::move(picked.records), std::move(groups),
                                       link::LeftSideOptions{.later = link::HotKeys{}}),
      options);
  linker.add_pairs(own);
  linker.add_searched_right(partners.records.span());
  const link::ScoredPairs scored = linker.finish();
  assert(scored.pairs.size() == places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    pairs[places[i]].vector = scored.pairs[i].vector;
    pairs[places[i]].weight = scored.pairs[i].weight;
  }
}

}  // namespace bidui::workspace
