#include "matcher/link/changed_search.h"

#include <algorithm>

namespace bidui::link {
namespace {

// Of `few` and `near` those that meet by a key: rows of the tables they were picked from. `accept`
// is asked with these, too.
std::vector<CandidatePair> meeting_pairs(
    const LeftSide& left, const PickedRows& few, const NearRows& near, const LinkerOptions& options,
    const model::Scorer& preliminary,
    const std::function<bool(std::uint32_t, std::uint32_t)>& accept) {
  if (few.rows.empty()) return {};
  const KeyIndex index(few.rows.size(), left.keys_of(few.records.span()), left.census().all());
  const auto accept_places = [&](std::uint32_t a, std::uint32_t b) {
    return accept(few.rows[a], near.picked.rows[b]);
  };
  const CandidateSearch search(options.plan, few.records, index, preliminary,
                               {.keep_weight = -1e9, .accept = accept_places});
  std::vector<SearchResult> found = search.search(near.picked.records.span(), 0, near.keys_of());
  std::vector<CandidatePair> pairs = std::move(found.front().pairs);
  for (CandidatePair& pair : pairs) {
    pair.left = few.rows[pair.left];
    pair.right = near.picked.rows[pair.right];
  }
  return pairs;
}

std::vector<bool> flags_of(std::span<const std::uint32_t> rows, std::size_t size) {
  std::vector<bool> flags(size);
  for (const std::uint32_t row : rows) flags[row] = true;
  return flags;
}

// Compares as a full search does, the left record first, and keeps what it would keep.
void weigh(const RecordSpan& left, const RecordSpan& right, const LinkerOptions& options,
           double keep_weight, const model::Scorer& preliminary, ChangedPairs& found) {
  found.compared = found.pairs.size();
  for (CandidatePair& pair : found.pairs) {
    pair.vector =
        compare::compare_records(options.plan, left.view(pair.left), right.view(pair.right));
    pair.weight = static_cast<float>(preliminary.weight(pair.vector));
  }
  std::erase_if(found.pairs, [&](const CandidatePair& pair) {
    return preliminary.weight(pair.vector) < keep_weight;
  });
  std::ranges::sort(found.pairs, [](const CandidatePair& a, const CandidatePair& b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  });
}

}  // namespace

ChangedPairs search_changed(const LeftSide& left, const RecordSpan& right,
                            const ChangedRows& changed, const LinkerOptions& options,
                            const model::Scorer& preliminary) {
  const RecordSpan lefts = left.records().span();
  const PickedRows few_left = pick_rows(lefts, changed.left);
  const PickedRows few_right = pick_rows(right, changed.right);
  const std::vector<bool> is_changed = flags_of(changed.left, lefts.size());
  const auto any = [](std::uint32_t, std::uint32_t) { return true; };
  const auto not_found_yet = [&](std::uint32_t, std::uint32_t l) { return !is_changed[l]; };
  ChangedPairs found;
  found.pairs =
      meeting_pairs(left, few_left, near_rows(right, few_left.records), options, preliminary, any);
  for (CandidatePair pair : meeting_pairs(left, few_right, near_rows(lefts, few_right.records),
                                          options, preliminary, not_found_yet)) {
    std::swap(pair.left, pair.right);
    found.pairs.push_back(pair);
  }
  weigh(lefts, right, options, search_options(options, left).keep_weight, preliminary, found);
  return found;
}

ChangedPairs search_changed_within(const LeftSide& left, const PickedRows& changed,
                                   const NearRows& near, const LinkerOptions& options,
                                   const model::Scorer& preliminary) {
  const RecordSpan all = left.records().span();
  const std::vector<bool> is_changed = flags_of(changed.rows, all.size());
  const auto once = [&](std::uint32_t row, std::uint32_t other) {
    return is_changed[other] ? row < other : true;
  };
  ChangedPairs found;
  found.pairs = meeting_pairs(left, changed, near, options, preliminary, once);
  for (CandidatePair& pair : found.pairs) {
    if (pair.left > pair.right) std::swap(pair.left, pair.right);
  }
  weigh(all, all, options, search_options(options, left).keep_weight, preliminary, found);
  return found;
}

}  // namespace bidui::link
