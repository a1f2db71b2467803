#include "matcher/link/changed_search.h"

#include <algorithm>

namespace bidui::link {
namespace {

// Rows of `few` (by their place) and of `all` that meet by a key.
std::vector<CandidatePair> meeting_pairs(const LeftSide& left, const RecordTable& few,
                                         const RecordSpan& all, const LinkerOptions& options,
                                         const model::Scorer& preliminary,
                                         std::function<bool(std::uint32_t, std::uint32_t)> accept) {
  if (few.size() == 0) return {};
  const KeyIndex index(few.size(), left.keys_of(few.span()), left.census().all());
  const CandidateSearch search(options.plan, few, index, preliminary,
                               {.keep_weight = -1e9, .accept = std::move(accept)});
  std::vector<SearchResult> found = search.search(all, 0, left.keys_of(all));
  return std::move(found.front().pairs);
}

RecordTable rows_of(const RecordSpan& records, std::span<const std::uint32_t> rows) {
  RecordTable table(records.text_count);
  table.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    const compare::RecordView view = records.view(row);
    table.persons.push_back(*view.person);
    table.texts.insert(table.texts.end(), view.texts.begin(), view.texts.end());
  }
  return table;
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
  const RecordTable few_left = rows_of(lefts, changed.left);
  const RecordTable few_right = rows_of(right, changed.right);
  ChangedPairs found;
  found.pairs = meeting_pairs(left, few_left, right, options, preliminary, {});
  for (CandidatePair& pair : found.pairs) pair.left = changed.left[pair.left];
  const std::vector<bool> is_changed = flags_of(changed.left, lefts.size());
  const auto new_to_it = [&](std::uint32_t, std::uint32_t l) { return !is_changed[l]; };
  for (CandidatePair pair :
       meeting_pairs(left, few_right, lefts, options, preliminary, new_to_it)) {
    std::swap(pair.left, pair.right);
    pair.right = changed.right[pair.right];
    found.pairs.push_back(pair);
  }
  weigh(lefts, right, options, search_options(options, left).keep_weight, preliminary, found);
  return found;
}

ChangedPairs search_changed_within(const LeftSide& left, std::span<const std::uint32_t> changed,
                                   const LinkerOptions& options, const model::Scorer& preliminary) {
  const RecordSpan all = left.records().span();
  const RecordTable few = rows_of(all, changed);
  const std::vector<bool> is_changed = flags_of(changed, all.size());
  const auto once = [&](std::uint32_t place, std::uint32_t row) {
    return is_changed[row] ? changed[place] < row : true;
  };
  ChangedPairs found;
  found.pairs = meeting_pairs(left, few, all, options, preliminary, once);
  for (CandidatePair& pair : found.pairs) {
    pair.left = changed[pair.left];
    if (pair.left > pair.right) std::swap(pair.left, pair.right);
  }
  weigh(all, all, options, search_options(options, left).keep_weight, preliminary, found);
  return found;
}

}  // namespace bidui::link
