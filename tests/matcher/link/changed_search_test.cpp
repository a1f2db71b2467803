#include "matcher/link/changed_search.h"

#include <gtest/gtest.h>
#include <map>
#include <random>

#include "matcher/key/key_group.h"
#include "tests/matcher/link/sample_world.h"

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 90210;

struct Outcome {
  compare::ComparisonVector vector;
  std::uint32_t groups;
  bool operator==(const Outcome&) const = default;
};
using Pairs = std::map<std::pair<std::uint32_t, std::uint32_t>, Outcome>;

Pairs pairs_of(std::span<const CandidatePair> pairs) {
  // Beside the search: the levels of household evidence.
  const compare::ComparisonVector mask = ~(compare::at_level(compare::Comparison::kHousehold, 3) |
                                           compare::at_level(compare::Comparison::kHolder, 3));
  Pairs result;
  for (const CandidatePair& p : pairs) {
    const bool inserted =
        result
            .emplace(std::pair(p.left, p.right), Outcome{p.vector & mask, key::groups_of(p.kinds)})
            .second;
    EXPECT_TRUE(inserted) << "a pair twice";
  }
  return result;
}

Pairs touched(const Pairs& pairs, const ChangedRows& changed) {
  Pairs result;
  for (const auto& [rows, outcome] : pairs) {
    if (std::ranges::binary_search(changed.left, rows.first) ||
        std::ranges::binary_search(changed.right, rows.second))
      result.emplace(rows, outcome);
  }
  return result;
}

std::vector<std::uint32_t> some_rows(std::size_t size, std::uint64_t one_in,
                                     std::mt19937_64& random) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < size; ++row) {
    if (random() % one_in == 0) rows.push_back(row);
  }
  return rows;
}

// Caps of which some make keys hot.
TEST(ChangedSearch, FindsTheChangedRowsPairsOfAFullSearch) {
  const SampleWorld world = make_world(kSeed, 900, 450);
  std::mt19937_64 random(kSeed);
  for (const std::uint32_t cap : {2U, 5U, 100U}) {
    const auto left = left_side(world.poverty.table, {}, {.key_cap = cap});
    LinkerOptions options;
    options.expected_right = 900;
    options.models = {model::default_model({}, 450, 900)};
    Linker linker(left, options);
    linker.add_right(world.civil.table.span());
    const Pairs all = pairs_of(linker.finish().pairs);
    for (const std::uint64_t one_in : {1ULL, 5ULL, 50ULL, 10'000ULL}) {
      const ChangedRows changed{some_rows(left->size(), one_in, random),
                                some_rows(world.civil.table.size(), one_in, random)};
      const ChangedPairs found =
          search_changed(*left, world.civil.table.span(), changed, options, linker.preliminary());
      EXPECT_EQ(pairs_of(found.pairs), touched(all, changed)) << "cap " << cap << " 1/" << one_in;
    }
  }
}

TEST(ChangedSearch, FindsThemWithinOneTable) {
  SampleWorld world = make_world(kSeed + 1, 700, 500);
  world.poverty.table.append(world.civil.table);
  std::mt19937_64 random(kSeed + 1);
  for (const std::uint32_t cap : {2U, 5U, 100U}) {
    const auto left = left_side(world.poverty.table, {}, {.key_cap = cap});
    LinkerOptions options;
    options.one_table = true;
    options.expected_right = static_cast<double>(left->size());
    options.models = {model::default_model({}, 1200, 1200)};
    Linker linker(left, options);
    linker.add_right(left->records().span());
    const Pairs all = pairs_of(linker.finish().pairs);
    for (const std::uint64_t one_in : {1ULL, 5ULL, 50ULL, 10'000ULL}) {
      const std::vector<std::uint32_t> rows = some_rows(left->size(), one_in, random);
      const PickedRows few = pick_rows(left->records().span(), rows);
      const NearRows near = near_rows(left->records().span(), few.records);
      EXPECT_LE(few.rows.size(),
                near.picked.rows.size() + few.rows.size() / 10);  // some have no keys
      const ChangedPairs found =
          search_changed_within(*left, few, near, options, linker.preliminary());
      EXPECT_EQ(pairs_of(found.pairs), touched(all, {rows, rows})) << "cap " << cap;
    }
  }
}

}  // namespace
}  // namespace bidui::link
