#include "matcher/link/candidate_search.h"

#include <algorithm>
#include <bit>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <utility>

#include "matcher/base/hash.h"

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 2048;

}  // namespace

// The weight of a vector, computed once for most: few vectors make up nearly all pairs.
double SearchWork::weight(const model::Scorer& scorer, compare::ComparisonVector vector) {
  Weight& slot = weights_[mix64(vector) % weights_.size()];
  if (slot.vector != vector) slot = {vector, scorer.weight(vector)};
  return slot.bits;
}

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
  std::vector<std::vector<std::vector<CandidatePair>>> pairs(
      blocks, std::vector<std::vector<CandidatePair>>(options_.groups));
  tbb::enumerable_thread_specific<SearchWork> works(options_.groups);
  tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
    const std::size_t end = std::min(right.size(), (block + 1) * kBlock);
    search_rows(right, block * kBlock, end, first_row, keys_of_right, works.local(), pairs[block]);
  });
  std::vector<SearchResult> results(options_.groups);
  for (std::size_t g = 0; g < options_.groups; ++g) {
    for (const auto& part : pairs)
      results[g].pairs.insert(results[g].pairs.end(), part[g].begin(), part[g].end());
  }
  SearchWork sum(options_.groups);
  for (const SearchWork& work : works) sum.add(work);
  for (std::size_t g = 0; g < options_.groups; ++g) {
    results[g].counts = sum.vectors[g].counts();
    results[g].compared = sum.compared[g];
  }
  if (meetings != nullptr) add(*meetings, meetings_in(sum));
  return results;
}

MeetingsByKind CandidateSearch::meetings_in(const SearchWork& work) const {
  MeetingsByKind meetings = work.meetings;
  if (options_.one_table) {
    for (KeyMeetings& of_kind : meetings) of_kind.skipped /= 2;
  }
  return meetings;
}

void CandidateSearch::search_rows(const RecordSpan& right, std::size_t begin, std::size_t end,
                                  std::uint32_t first_row, const KeyFunction& keys_of_right,
                                  SearchWork& work,
                                  std::span<std::vector<CandidatePair>> pairs) const {
  for (std::size_t group = begin; group < end; group += SearchWork::kRows) {
    const std::size_t size = std::min(SearchWork::kRows, end - group);
    for (std::size_t i = 0; i < size; ++i) {
      work.keys_[i].clear();
      keys_of_right(group + i, work.keys_[i]);
      for (const key::FuzzyKey& key : work.keys_[i].keys()) index_.prefetch_filter(key);
    }
    for (std::size_t i = 0; i < size; ++i) {
      work.keys_[i].keep_if([&](const key::FuzzyKey& key) { return index_.may_find(key); });
      for (const key::FuzzyKey& key : work.keys_[i].keys()) index_.prefetch_directory(key);
    }
    for (std::size_t i = 0; i < size; ++i) {
      for (const key::FuzzyKey& key : work.keys_[i].keys()) index_.prefetch_entries(key);
    }
    for (std::size_t i = 0; i < size; ++i) find_candidates(work.keys_[i], work, work.found_[i]);
    for (std::size_t i = 0; i < size; ++i) {
      const auto row = static_cast<std::uint32_t>(group + i);
      compare_candidates(right.view(row), first_row + row, work.found_[i], work, pairs);
    }
  }
}

void CandidateSearch::find_candidates(const key::KeyList& keys, SearchWork& work,
                                      std::vector<Found>& found) const {
  found.clear();
  for (const key::FuzzyKey& key : keys.keys()) {
    const std::uint32_t kind = 1U << static_cast<unsigned>(key.kind);
    const KeyIndex::Postings postings = index_.find(key);
    if (postings.hot) count_skipped(key, postings, work);
    for (const std::span<const KeyIndex::Posting> list : postings) {
      for (const KeyIndex::Posting& posting : list) {
        found.push_back({posting.record, kind});
        left_.prefetch(posting.record);
      }
    }
  }
}

// The records that share the hot key, less those that share its refinement too. In one table the
// record itself stands in the list that all meet.
void CandidateSearch::count_skipped(const key::FuzzyKey& key, const KeyIndex::Postings& postings,
                                    SearchWork& work) const {
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
  work.meetings[static_cast<std::size_t>(key.kind)].skipped += sharing - meeting;
}

void CandidateSearch::compare_candidates(const compare::RecordView& right, std::uint32_t right_row,
                                         std::vector<Found>& found, SearchWork& work,
                                         std::span<std::vector<CandidatePair>> pairs) const {
  std::ranges::sort(found, {}, &Found::row);
  for (std::size_t i = 0; i < found.size();) {
    const std::uint32_t left_row = found[i].row;
    std::uint32_t kinds = 0;
    const std::size_t first = i;
    for (; i < found.size() && found[i].row == left_row; ++i) kinds |= found[i].kind;
    if (options_.accept && !options_.accept(left_row, right_row)) continue;
    for (std::size_t m = first; m < i; ++m)
      ++work.meetings[static_cast<std::size_t>(std::countr_zero(found[m].kind))].met;
    const compare::ComparisonVector vector =
        compare::compare_records(plan_, left_.view(left_row), right);
    const std::size_t group = options_.group_of == nullptr ? 0 : (*options_.group_of)[left_row];
    ++work.compared[group];
    work.vectors[group].add(vector);
    const double weight = work.weight(preliminary_, vector);
    if (weight < options_.keep_weight) continue;
    pairs[group].push_back({left_row, right_row, vector, kinds, static_cast<float>(weight)});
  }
}

void add(MeetingsByKind& sum, const MeetingsByKind& more) {
  for (std::size_t kind = 0; kind < sum.size(); ++kind) {
    sum[kind].met += more[kind].met;
    sum[kind].skipped += more[kind].skipped;
  }
}

void SearchWork::add(const SearchWork& other) {
  for (std::size_t g = 0; g < vectors.size(); ++g) {
    vectors[g].add(other.vectors[g]);
    compared[g] += other.compared[g];
  }
  link::add(meetings, other.meetings);
}

}  // namespace bidui::link
