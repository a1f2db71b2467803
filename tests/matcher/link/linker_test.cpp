// The whole of one linkage: what it finds, and what must not change it.
#include "matcher/link/linker.h"

#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <tbb/global_control.h>

#include "matcher/link/cluster.h"
#include "matcher/link/decision.h"
#include "tests/matcher/link/sample_world.h"
#include "tests/matcher/record/sample_person.h"

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 4711;

struct Outcome {
  Decision decision;
  float weight;
  bool operator==(const Outcome&) const = default;
};
using Links = std::map<std::pair<std::uint32_t, std::uint32_t>, Outcome>;

// By person, so that the order of rows is gone. People occur once in each registry.
Links links_of(const ScoredPairs& scored, const Registry& left, const Registry& right) {
  Links links;
  for (const Link& link : decide(scored.pairs, {}).links) {
    links[{left.person[link.left], right.person[link.right]}] = {link.decision,
                                                                 static_cast<float>(link.weight)};
  }
  return links;
}

const SampleWorld& world() {
  static const SampleWorld world = make_world(kSeed, 3000, 1500);
  return world;
}

TEST(Linker, FindsTheErringAndLeavesTheUnknownAlone) {
  const ScoredPairs scored = link_world(world().poverty, world().civil);
  const Links links = links_of(scored, world().poverty, world().civil);
  int right = 0;
  int wrong = 0;
  for (const auto& [people, outcome] : links) {
    if (outcome.decision != Decision::kLink) continue;
    ++(people.first == people.second ? right : wrong);
  }
  EXPECT_LE(wrong, 3) << "seed " << kSeed;
  EXPECT_GE(right, 1425) << "of 1500, seed " << kSeed;
  EXPECT_TRUE(scored.models.front().converged);
}

TEST(Linker, StatisticsAddUp) {
  const ScoredPairs scored = link_world(world().poverty, world().civil);
  EXPECT_EQ(scored.stats.left_records, world().poverty.table.size());
  EXPECT_EQ(scored.stats.right_records, world().civil.table.size());
  EXPECT_EQ(scored.stats.pairs_kept, scored.pairs.size());
  EXPECT_LE(scored.stats.pairs_kept, scored.stats.pairs_compared);
  std::uint64_t keys = 0;
  for (const KeyKindCounts& c : scored.stats.keys) keys += c.keys;
  EXPECT_GE(keys, scored.stats.index_entries);
}

TEST(Linker, RowOrderChangesNoLinkOfAFixedModel) {
  const ScoredPairs trained = link_world(world().poverty, world().civil);
  const Links links = links_of(trained, world().poverty, world().civil);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Registry left = shuffled(world().poverty, seed);
    const Registry right = shuffled(world().civil, seed + 100);
    EXPECT_EQ(links_of(link_world(left, right, trained), left, right), links) << "order " << seed;
  }
}

TEST(Linker, RowOrderChangesNoTrainedModel) {
  const ScoredPairs trained = link_world(world().poverty, world().civil);
  const Registry left = shuffled(world().poverty, 5);
  const Registry right = shuffled(world().civil, 6);
  const ScoredPairs other = link_world(left, right);
  EXPECT_EQ(model::model_to_json(other.models.front()),
            model::model_to_json(trained.models.front()));
}

TEST(Linker, PiecesOfTheRightSideGiveWhatTheWholeGives) {
  const ScoredPairs whole = link_world(world().poverty, world().civil);
  const ScoredPairs pieces = link_world(world().poverty, world().civil, {}, 7);
  EXPECT_EQ(links_of(whole, world().poverty, world().civil),
            links_of(pieces, world().poverty, world().civil));
  EXPECT_EQ(whole.stats.pairs_compared, pieces.stats.pairs_compared);
}

// The world's people in households of three, on both sides.
Registry in_households(Registry registry) {
  for (std::size_t row = 0; row < registry.person.size(); ++row)
    registry.table.persons[row].household = registry.person[row] / 3 + 1;
  return registry;
}

TEST(Linker, HouseholdsCountWhateverTheNumberOfThreads) {
  const Registry poverty = in_households(world().poverty);
  const Registry civil = in_households(world().civil);
  std::vector<ScoredPairs> results;
  for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
    results.push_back(link_world(poverty, civil));
  }
  EXPECT_EQ(model::model_to_json(results[0].models.front()),
            model::model_to_json(results[1].models.front()));
  ASSERT_EQ(results[0].pairs.size(), results[1].pairs.size());
  std::size_t with_evidence = 0;
  for (std::size_t i = 0; i < results[0].pairs.size(); ++i) {
    const CandidatePair& pair = results[0].pairs[i];
    EXPECT_EQ(pair.vector, results[1].pairs[i].vector);
    EXPECT_EQ(pair.weight, results[1].pairs[i].weight);
    constexpr int kHousehold = static_cast<int>(compare::Comparison::kHousehold);
    if (compare::level_at(pair.vector, kHousehold) != 0) ++with_evidence;
  }
  EXPECT_GT(with_evidence, 1000U);
}

// The registry has one of two twins only; the list has the other.
TEST(Linker, AnAbsentPersonsTwinIsNotLinkedInHisStead) {
  constexpr std::uint32_t kTwins = 150;
  Registry poverty = world().poverty;
  std::map<std::uint32_t, std::uint32_t> civil_row;
  for (std::uint32_t row = 0; row < world().civil.person.size(); ++row)
    civil_row[world().civil.person[row]] = row;
  for (std::uint32_t person = 2000; person < 2000 + kTwins; ++person) {
    record::PersonFeatures twin = world().civil.table.persons[civil_row.at(person)];
    twin.id_digits += 20;  // the next sequence number of the sex
    twin.name_hash ^= 1;
    poverty.table.persons.push_back(twin);
    poverty.person.push_back(100'000 + person);
  }
  int linked = 0;
  for (const auto& [people, outcome] :
       links_of(link_world(poverty, world().civil), poverty, world().civil))
    linked += people.first >= 100'000 && outcome.decision == Decision::kLink ? 1 : 0;
  EXPECT_LE(linked, 2) << "of " << kTwins << ", seed " << kSeed;
}

TEST(Linker, NumberOfThreadsChangesNothing) {
  std::vector<ScoredPairs> results;
  for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
    results.push_back(link_world(world().poverty, world().civil));
  }
  ASSERT_EQ(results[0].pairs.size(), results[1].pairs.size());
  for (std::size_t i = 0; i < results[0].pairs.size(); ++i) {
    EXPECT_EQ(results[0].pairs[i].left, results[1].pairs[i].left);
    EXPECT_EQ(results[0].pairs[i].right, results[1].pairs[i].right);
    EXPECT_EQ(results[0].pairs[i].vector, results[1].pairs[i].vector);
    EXPECT_EQ(std::memcmp(&results[0].pairs[i].weight, &results[1].pairs[i].weight, 4), 0);
  }
  EXPECT_EQ(model::model_to_json(results[0].models.front()),
            model::model_to_json(results[1].models.front()));
}

// A file is searched in batches, whichever is ready first, and taken in its order.
TEST(Linker, BatchesSearchedInAnyOrderGiveWhatTheWholeGives) {
  LinkerOptions options;
  options.expected_right = 3000;
  options.random_pairs = 100'000;
  options.keep_partners = true;
  const auto side = left_side(world().poverty.table);
  const RecordSpan right = world().civil.table.span();
  Linker whole(side, options);
  whole.add_right(right);
  Linker batches(side, options);
  constexpr std::size_t kRows = 700;
  std::vector<SearchedRecords> found((right.size() + kRows - 1) / kRows);
  const auto batch = [&](std::size_t i) {
    return right.rows(i * kRows, std::min(right.size(), (i + 1) * kRows));
  };
  for (std::size_t i = found.size(); i-- > 0;) batches.search(batch(i), found[i]);
  for (std::size_t i = 0; i < found.size(); ++i) batches.add_right(batch(i), found[i]);
  const ScoredPairs a = whole.finish();
  const ScoredPairs b = batches.finish();
  ASSERT_EQ(a.pairs.size(), b.pairs.size());
  for (std::size_t i = 0; i < a.pairs.size(); ++i) {
    EXPECT_EQ(a.pairs[i].left, b.pairs[i].left);
    EXPECT_EQ(a.pairs[i].right, b.pairs[i].right);
    EXPECT_EQ(a.pairs[i].weight, b.pairs[i].weight);
  }
  EXPECT_EQ(a.partners.rows, b.partners.rows);
  EXPECT_EQ(a.stats.pairs_compared, b.stats.pairs_compared);
  EXPECT_EQ(model::model_to_json(a.models.front()), model::model_to_json(b.models.front()));
}

TEST(Linker, GroupsHaveModelsOfTheirOwn) {
  LinkerOptions options;
  options.groups = 2;
  options.expected_right = 3000;
  options.random_pairs = 100'000;
  std::vector<std::uint8_t> group_of(world().poverty.table.size());
  for (std::size_t row = 0; row < group_of.size(); ++row) group_of[row] = row % 2 == 0 ? 0 : 1;
  Linker linker(left_side(world().poverty.table, group_of), options);
  linker.add_right(world().civil.table.span());
  const ScoredPairs scored = linker.finish();
  ASSERT_EQ(scored.models.size(), 2U);
  EXPECT_NE(model::model_to_json(scored.models[0]), model::model_to_json(scored.models[1]));
  EXPECT_GE(decide(scored.pairs, {}).link_count, 1425U);
}

TEST(Linker, DeduplicationComparesEachPairOnceAndNoRowWithItself) {
  Registry twice = world().poverty;
  twice.table.append(world().poverty.table);
  LinkerOptions options;
  options.one_table = true;
  options.expected_right = static_cast<double>(twice.table.size());
  options.random_pairs = 100'000;
  Linker linker(left_side(twice.table), options);
  linker.add_right(twice.table.span());
  const ScoredPairs scored = linker.finish();
  for (const CandidatePair& pair : scored.pairs) EXPECT_LT(pair.left, pair.right);
  const auto rows = static_cast<std::uint32_t>(twice.table.size());
  const Decisions decisions = decide_clusters(scored.pairs, rows, {});
  std::uint64_t right = 0;
  std::uint64_t wrong = 0;
  for (const Link& link : decisions.links) {
    if (link.decision == Decision::kLink) ++(link.right - link.left == rows / 2 ? right : wrong);
  }
  EXPECT_GE(right, rows / 2 * 95 / 100);
  EXPECT_LE(wrong, rows / 200);
}

// The sources among each other are linked from the same side as with the civil registry.
TEST(Linker, OneTableIsOneGroupWhateverTheGroupsOfItsSide) {
  std::vector<std::uint8_t> group_of(world().poverty.table.size(), 1);
  LinkerOptions options;
  options.one_table = true;
  options.expected_right = static_cast<double>(group_of.size());
  options.random_pairs = 100'000;
  std::vector<ScoredPairs> results;
  for (const auto& side :
       {left_side(world().poverty.table), left_side(world().poverty.table, group_of)}) {
    Linker linker(side, options);
    linker.add_right(side->records().span());
    results.push_back(linker.finish());
  }
  ASSERT_EQ(results[1].models.size(), 1U);
  EXPECT_EQ(model::model_to_json(results[0].models.front()),
            model::model_to_json(results[1].models.front()));
  EXPECT_EQ(results[0].pairs.size(), results[1].pairs.size());
}

// What a pair weighs is the pair's, the model's and the tables' matter: not who else is there.
TEST(Linker, WithFrozenTablesOtherRecordsChangeNoWeight) {
  const ScoredPairs trained = link_world(world().poverty, world().civil);
  const auto weights = [](const ScoredPairs& scored, const Registry& left, const Registry& right) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, float> result;
    for (const CandidatePair& p : scored.pairs)
      result[{left.person[p.left], right.person[p.right]}] = p.weight;
    return result;
  };
  const auto all = weights(trained, world().poverty, world().civil);
  Registry half = world().poverty;
  half.table.persons.resize(half.person.size() / 2);
  half.person.resize(half.person.size() / 2);
  const auto of_half = weights(link_world(half, world().civil, trained), half, world().civil);
  EXPECT_GT(of_half.size(), all.size() / 4);
  for (const auto& [people, weight] : of_half) EXPECT_EQ(all.at(people), weight);
}

TEST(Linker, NothingOnASideGivesNothing) {
  const Registry nobody;
  EXPECT_TRUE(link_world(nobody, world().civil).pairs.empty());
  EXPECT_TRUE(link_world(world().poverty, nobody).pairs.empty());
  EXPECT_TRUE(link_world(nobody, nobody).pairs.empty());
}

// 50,000 people of one name and one birth date: the work is bounded by cap x keys x records.
TEST(Linker, OneNameAndOneBirthDateForAllIsBounded) {
  constexpr std::uint32_t kPeople = 50'000;
  constexpr std::uint32_t kCap = 20;
  Registry crowd;
  std::size_t most_keys = 0;
  record::PersonGenerator people(kSeed);
  std::vector<record::PersonFeatures> places;
  for (int i = 0; i < 500; ++i) places.push_back(record::build_features(people.next()));
  const record::PersonFeatures one =
      record::build_features({.name = "王伟", .birth = "1970-01-01", .sex = "男"});
  for (std::uint32_t i = 0; i < kPeople; ++i) {
    record::PersonFeatures p = one;
    const record::PersonFeatures& place = places[i % places.size()];
    p.township = place.township;
    p.village = place.village;
    p.group = place.group;
    p.division = place.division;
    p.division_level = place.division_level;
    p.id_digits = 34282619700101000ULL + i % 1000;
    p.id_class = record::IdClass::kValid;
    p.id_prefix = 17;
    crowd.table.persons.push_back(p);
    key::KeyList keys;
    key::append_person_keys(p, keys);
    most_keys = std::max(most_keys, keys.keys().size());
  }
  LinkerOptions options;
  options.expected_right = kPeople;
  options.random_pairs = 10'000;
  Linker linker(left_side(crowd.table, {}, {.key_cap = kCap}), options);
  linker.add_right(crowd.table.span());
  const ScoredPairs scored = linker.finish();
  EXPECT_LE(scored.stats.pairs_compared, std::uint64_t{kCap} * most_keys * kPeople);
  std::uint64_t cut = 0;
  for (const KeyKindCounts& c : scored.stats.keys) {
    EXPECT_LE(c.cut_keys, c.refined_keys);
    EXPECT_LE(c.refined_keys, c.keys);
    cut += c.cut_keys;
  }
  EXPECT_GT(cut, 0U);
}

}  // namespace
}  // namespace bidui::link
