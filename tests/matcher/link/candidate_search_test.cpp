#include "matcher/link/candidate_search.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "tests/matcher/link/sample_world.h"

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 77;

using Rows = std::pair<std::uint32_t, std::uint32_t>;

// Bit sets of the kinds, as the right side names them, of all pairs that meet by a key.
std::map<Rows, std::uint32_t> all_meeting_pairs(const RecordTable& left, const RecordTable& right) {
  const auto keys = [](const RecordTable& table) {
    std::vector<key::KeyList> all(table.size());
    for (std::size_t row = 0; row < table.size(); ++row)
      key::append_person_keys(table.persons[row], all[row]);
    return all;
  };
  const auto lefts = keys(left);
  const auto rights = keys(right);
  std::map<Rows, std::uint32_t> pairs;
  for (std::uint32_t l = 0; l < lefts.size(); ++l) {
    for (std::uint32_t r = 0; r < rights.size(); ++r) {
      for (const key::FuzzyKey& x : lefts[l].keys()) {
        for (const key::FuzzyKey& y : rights[r].keys()) {
          if (key::meet(x, y)) pairs[{l, r}] |= 1U << static_cast<unsigned>(y.kind);
        }
      }
    }
  }
  return pairs;
}

struct Setting {
  SampleWorld world = make_world(kSeed, 400, 250);
  compare::ComparisonPlan plan{};
  const RecordTable& left = world.poverty.table;
  const RecordTable& right = world.civil.table;
  KeyIndex index{left.size(), person_keys(left), {}};
  model::Scorer scorer{model::default_model({}, 250, 400)};

  std::vector<SearchResult> search(SearchOptions options, std::uint32_t first_row = 0) const {
    const CandidateSearch search(plan, left, index, scorer, std::move(options));
    return search.search(right.span(), first_row, person_keys(right));
  }
};

TEST(CandidateSearch, ComparesExactlyThePairsThatMeetByAKey) {
  const Setting s;
  const SearchResult result = s.search({.keep_weight = -1e9})[0];
  const auto expected = all_meeting_pairs(s.left, s.right);
  EXPECT_EQ(result.compared, expected.size());
  std::set<Rows> seen;
  for (const CandidatePair& pair : result.pairs) {
    const auto at = expected.find({pair.left, pair.right});
    ASSERT_NE(at, expected.end());
    EXPECT_EQ(pair.kinds, at->second);
    EXPECT_EQ(pair.vector,
              compare::compare_records(s.plan, s.left.view(pair.left), s.right.view(pair.right)));
    EXPECT_TRUE(seen.insert({pair.left, pair.right}).second) << "a pair twice";
  }
  EXPECT_EQ(seen.size(), expected.size());
}

TEST(CandidateSearch, CountsEveryPairItCompared) {
  const Setting s;
  const SearchResult result = s.search({.keep_weight = 0})[0];
  std::uint64_t sum = 0;
  for (const model::VectorCount& c : result.counts) sum += c.count;
  EXPECT_EQ(sum, result.compared);
  EXPECT_LT(result.pairs.size(), result.compared);
  for (const CandidatePair& pair : result.pairs) EXPECT_GE(pair.weight, -12);
}

TEST(CandidateSearch, RefusedPairsAreNotCompared) {
  const Setting s;
  const auto accept = [](std::uint32_t l, std::uint32_t r) { return (l + r) % 2 == 0; };
  const SearchResult result = s.search({.keep_weight = -1e9, .accept = accept})[0];
  std::size_t expected = 0;
  for (const auto& [rows, kinds] : all_meeting_pairs(s.left, s.right))
    expected += accept(rows.first, rows.second) ? 1 : 0;
  EXPECT_EQ(result.compared, expected);
}

// The pairs that keys imply, by brute force: for every key of a right record the left records that
// share it. In one table each pair once, and no record with itself.
std::array<std::uint64_t, static_cast<std::size_t>(key::KeyKind::kCount)> implied_pairs(
    const RecordTable& left, const RecordTable& right, bool one_table) {
  std::array<std::uint64_t, static_cast<std::size_t>(key::KeyKind::kCount)> implied{};
  const auto keys_of = [](const RecordTable& table, std::uint32_t row) {
    key::KeyList keys;
    key::append_person_keys(table.persons[row], keys);
    return keys;
  };
  for (std::uint32_t r = 0; r < right.size(); ++r) {
    const key::KeyList rights = keys_of(right, r);
    for (std::uint32_t l = 0; l < (one_table ? r : left.size()); ++l) {
      const key::KeyList lefts = keys_of(left, l);
      for (const key::FuzzyKey& y : rights.keys()) {
        const auto shares = [&](const key::FuzzyKey& x) { return key::meet(x, y); };
        if (std::ranges::any_of(lefts.keys(), shares)) ++implied[static_cast<std::size_t>(y.kind)];
      }
    }
  }
  return implied;
}

// Accounted recall: what was compared and what was skipped are together all that the keys imply.
TEST(CandidateSearch, ComparedAndSkippedAreWhatTheKeysImply) {
  Setting s;
  constexpr std::uint32_t kCap = 3;
  // Telephones of whole hamlets, far above the cap.
  for (RecordTable* const table : {&s.world.poverty.table, &s.world.civil.table}) {
    for (std::uint32_t row = 0; row < table->size(); ++row)
      table->persons[row].phone = 13800000000ULL + row % 7;
  }
  for (const bool one_table : {false, true}) {
    const RecordTable& right = one_table ? s.left : s.right;
    const KeyCensus census = take_census(s.left.size(), person_keys(s.left), kCap);
    const KeyIndex index(s.left.size(), person_keys(s.left), census.all());
    SearchOptions options{.hot_lists = census.hot_lists, .one_table = one_table};
    if (one_table) options.accept = [](std::uint32_t l, std::uint32_t r) { return l < r; };
    const CandidateSearch search(s.plan, s.left, index, s.scorer, options);
    MeetingsByKind meetings{};
    search.search(right.span(), 0, person_keys(right), &meetings);
    const auto implied = implied_pairs(s.left, right, one_table);
    std::uint64_t skipped = 0;
    for (std::size_t kind = 0; kind < implied.size(); ++kind) {
      const auto name = key::key_kind_name(static_cast<key::KeyKind>(kind));
      EXPECT_EQ(meetings[kind].implied(), implied[kind]) << name << ", one table: " << one_table;
      skipped += meetings[kind].skipped;
    }
    EXPECT_GT(skipped, 0U) << census.hot_lists.size() << " hot keys";
  }
}

TEST(CandidateSearch, GroupsOfTheLeftSideAreKeptApart) {
  const Setting s;
  std::vector<std::uint8_t> group_of(s.left.size());
  for (std::size_t row = 0; row < group_of.size(); ++row)
    group_of[row] = static_cast<std::uint8_t>(row % 3);
  const auto results = s.search({.keep_weight = -1e9, .group_of = &group_of, .groups = 3});
  std::uint64_t compared = 0;
  for (std::size_t g = 0; g < 3; ++g) {
    compared += results[g].compared;
    for (const CandidatePair& pair : results[g].pairs) EXPECT_EQ(group_of[pair.left], g);
  }
  EXPECT_EQ(compared, s.search({})[0].compared);
}

TEST(CandidateSearch, RowsOfABatchContinueTheWhole) {
  const Setting s;
  const SearchResult result = s.search({}, 1000)[0];
  for (const CandidatePair& pair : result.pairs) EXPECT_GE(pair.right, 1000U);
}

}  // namespace
}  // namespace bidui::link
