#include "matcher/link/candidate_search.h"

#include <algorithm>
#include <bit>
#include <tbb/parallel_for.h>
#include <utility>

#include "matcher/base/hash.h"
#include "matcher/link/vector_counter.h"

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 2048;
constexpr std::size_t kGroup = 16;  // records whose cache lines are asked for together

}  // namespace

struct CandidateSearch::Found {
  std::uint32_t row;   // of the left side
  std::uint32_t kind;  // bit of the key kind
};

struct CandidateSearch::Scratch {
  // The weight of a vector, computed once for most: few vectors make up nearly all pairs.
  double weight(const model::Scorer& scorer, compare::ComparisonVector vector) {
    Weight& slot = weights[mix64(vector) % weights.size()];
    if (slot.vector != vector) slot = {vector, scorer.weight(vector)};
    return slot.bits;
  }

  std::array<key::KeyList, kGroup> keys;
  std::array<std::vector<Found>, kGroup> found;
  std::vector<VectorCounter> counters;  // per group
  MeetingsByKind meetings{};
  struct Weight {
    compare::ComparisonVector vector = ~compare::ComparisonVector{0};  // no pair's: free
    double bits = 0;
  };
  std::vector<Weight> weights = std::vector<Weight>(1024);
};

CandidateSearch::CandidateSearch(const compare::ComparisonPlan& plan, const RecordTable& left,
                                 const KeyIndex& index, const model::Scorer& preliminary,
                                 SearchOptions options)
    : plan_(plan),
      left_(left),
      index_(index),
      preliminary_(preliminary),
      options_(std::move(options)) {}

std::vector<SearchResult> CandidateSearch::search(const RecordSpan& right, std::uint32_t first_row,
                                                  const KeyFunction& keys_of_right,
                                                  MeetingsByKind* meetings) const {
  const std::size_t blocks = (right.size() + kBlock - 1) / kBlock;
  std::vector<std::vector<SearchResult>> parts(blocks, std::vector<SearchResult>(options_.groups));
  std::vector<MeetingsByKind> met(meetings == nullptr ? 0 : blocks);
  tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
    Scratch scratch;
    scratch.counters.resize(options_.groups);
    const std::size_t end = std::min(right.size(), (block + 1) * kBlock);
    search_block(right, block * kBlock, end, first_row, keys_of_right, scratch, parts[block]);
    for (std::size_t g = 0; g < options_.groups; ++g)
      parts[block][g].counts = scratch.counters[g].counts();
    if (meetings != nullptr) met[block] = scratch.meetings;
  });
  MeetingsByKind sum{};
  for (const MeetingsByKind& part : met) add(sum, part);
  if (options_.one_table) {
    for (KeyMeetings& of_kind : sum) of_kind.skipped /= 2;
  }
  if (meetings != nullptr) add(*meetings, sum);
  std::vector<SearchResult> results(options_.groups);
  for (std::size_t g = 0; g < options_.groups; ++g) {
    VectorCounter counter;
    for (std::vector<SearchResult>& part : parts) {
      for (const model::VectorCount& c : part[g].counts) counter.add(c.vector, c.count);
      part[g].counts.clear();
      append(results[g], std::move(part[g]));
    }
    results[g].counts = counter.counts();
  }
  return results;
}

void CandidateSearch::search_block(const RecordSpan& right, std::size_t begin, std::size_t end,
                                   std::uint32_t first_row, const KeyFunction& keys_of_right,
                                   Scratch& scratch, std::vector<SearchResult>& results) const {
  for (std::size_t group = begin; group < end; group += kGroup) {
    const std::size_t size = std::min(kGroup, end - group);
    for (std::size_t i = 0; i < size; ++i) {
      scratch.keys[i].clear();
      keys_of_right(group + i, scratch.keys[i]);
      for (const key::FuzzyKey& key : scratch.keys[i].keys()) index_.prefetch_filter(key);
    }
    for (std::size_t i = 0; i < size; ++i) {
      scratch.keys[i].keep_if([&](const key::FuzzyKey& key) { return index_.may_find(key); });
      for (const key::FuzzyKey& key : scratch.keys[i].keys()) index_.prefetch_directory(key);
    }
    for (std::size_t i = 0; i < size; ++i) {
      for (const key::FuzzyKey& key : scratch.keys[i].keys()) index_.prefetch_entries(key);
    }
    for (std::size_t i = 0; i < size; ++i)
      find_candidates(scratch.keys[i], scratch, scratch.found[i]);
    for (std::size_t i = 0; i < size; ++i) {
      const auto row = static_cast<std::uint32_t>(group + i);
      compare_candidates(right.view(row), first_row + row, scratch.found[i], scratch, results);
    }
  }
}

void CandidateSearch::find_candidates(const key::KeyList& keys, Scratch& scratch,
                                      std::vector<Found>& found) const {
  found.clear();
  for (const key::FuzzyKey& key : keys.keys()) {
    const std::uint32_t kind = 1U << static_cast<unsigned>(key.kind);
    const KeyIndex::Postings postings = index_.find(key);
    if (postings.hot) count_skipped(key, postings, scratch);
    for (const std::span<const std::uint32_t> rows : postings) {
      for (const std::uint32_t row : rows) {
        found.push_back({row, kind});
        left_.prefetch(row);
      }
    }
  }
}

// The records that share the hot key, less those that share its refinement too. In one table the
// record itself stands in the list that all meet.
void CandidateSearch::count_skipped(const key::FuzzyKey& key, const KeyIndex::Postings& postings,
                                    Scratch& scratch) const {
  const std::uint64_t base = key_base(key.hash);
  const auto at = std::ranges::lower_bound(options_.hot_lists, base, {}, &KeyLists::base);
  if (at == options_.hot_lists.end() || at->base != base) return;
  std::uint64_t sharing = at->open;
  std::uint64_t meeting = postings.lists[0].size() + postings.lists[1].size();
  if (key.coverage == key::Coverage::kBare) sharing += at->covered;
  if (options_.one_table && key.coverage != key::Coverage::kCovered) {
    --sharing;
    if (!postings.lists[0].empty()) --meeting;
  }
  scratch.meetings[static_cast<std::size_t>(key.kind)].skipped += sharing - meeting;
}

void CandidateSearch::compare_candidates(const compare::RecordView& right, std::uint32_t right_row,
                                         std::vector<Found>& found, Scratch& scratch,
                                         std::vector<SearchResult>& results) const {
  std::ranges::sort(found, {}, &Found::row);
  for (std::size_t i = 0; i < found.size();) {
    const std::uint32_t left_row = found[i].row;
    std::uint32_t kinds = 0;
    const std::size_t first = i;
    for (; i < found.size() && found[i].row == left_row; ++i) kinds |= found[i].kind;
    if (options_.accept && !options_.accept(left_row, right_row)) continue;
    for (std::size_t m = first; m < i; ++m)
      ++scratch.meetings[static_cast<std::size_t>(std::countr_zero(found[m].kind))].met;
    const compare::ComparisonVector vector =
        compare::compare_records(plan_, left_.view(left_row), right);
    const std::size_t group = options_.group_of == nullptr ? 0 : (*options_.group_of)[left_row];
    SearchResult& result = results[group];
    ++result.compared;
    scratch.counters[group].add(vector);
    const double weight = scratch.weight(preliminary_, vector);
    if (weight < options_.keep_weight) continue;
    result.pairs.push_back({left_row, right_row, vector, kinds, static_cast<float>(weight)});
  }
}

void add(MeetingsByKind& sum, const MeetingsByKind& more) {
  for (std::size_t kind = 0; kind < sum.size(); ++kind) {
    sum[kind].met += more[kind].met;
    sum[kind].skipped += more[kind].skipped;
  }
}

void append(SearchResult& result, SearchResult&& more) {
  result.pairs.insert(result.pairs.end(), more.pairs.begin(), more.pairs.end());
  result.compared += more.compared;
  if (more.counts.empty()) return;
  result.counts.insert(result.counts.end(), more.counts.begin(), more.counts.end());
  result.counts = model::merge_counts(std::move(result.counts));
}

}  // namespace bidui::link
