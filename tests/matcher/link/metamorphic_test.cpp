// What must not change the links of a linkage whose model and tables are frozen.
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "matcher/link/decision.h"
#include "tests/matcher/link/sample_world.h"

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 977;

using People = std::pair<std::uint32_t, std::uint32_t>;

struct Outcome {
  Decision decision;
  double weight;
};
using Links = std::map<People, Outcome>;

Links links_of(const ScoredPairs& scored, const Registry& left, const Registry& right) {
  Links links;
  for (const Link& link : decide(scored.pairs, {}).links)
    links[{left.person[link.left], right.person[link.right]}] = {link.decision, link.weight};
  return links;
}

void expect_equal(const Links& links, const Links& expected, const std::string& what) {
  ASSERT_EQ(links.size(), expected.size()) << what;
  for (const auto& [people, outcome] : expected) {
    const auto found = links.find(people);
    ASSERT_NE(found, links.end()) << what << ": " << people.first << ", " << people.second;
    EXPECT_EQ(found->second.decision, outcome.decision) << what;
    EXPECT_NEAR(found->second.weight, outcome.weight, 1e-3) << what;
  }
}

class Metamorphic : public testing::TestWithParam<std::uint64_t> {
 protected:
  const SampleWorld world_ = make_world(kSeed + GetParam(), 1200, 600);
  const ScoredPairs trained_ = link_world(world_.poverty, world_.civil);
  const Links links_ = links_of(trained_, world_.poverty, world_.civil);
};

// Rows of another world, of people whom nobody here is compared with.
void append_strangers(const Registry& strangers, const std::set<std::uint32_t>& met,
                      Registry& registry) {
  for (std::uint32_t row = 0; row < strangers.person.size(); ++row) {
    if (met.contains(row)) continue;
    registry.table.persons.push_back(strangers.table.persons[row]);
    registry.person.push_back(1'000'000 + strangers.person[row]);
  }
}

TEST_P(Metamorphic, UnrelatedRecordsChangeNoLink) {
  const SampleWorld other = make_world(kSeed + 50 + GetParam(), 300, 0);
  std::set<std::uint32_t> met_by_poverty;
  for (const CandidatePair& pair : link_world(world_.poverty, other.civil, trained_).pairs)
    met_by_poverty.insert(pair.right);
  std::set<std::uint32_t> met_by_civil;
  for (const CandidatePair& pair : link_world(other.poverty, world_.civil, trained_).pairs)
    met_by_civil.insert(pair.left);
  Registry poverty = world_.poverty;
  Registry civil = world_.civil;
  append_strangers(other.civil, met_by_poverty, civil);
  append_strangers(other.poverty, met_by_civil, poverty);
  EXPECT_GT(civil.person.size(), world_.civil.person.size() + 100);
  Links links = links_of(link_world(poverty, civil, trained_), poverty, civil);
  std::erase_if(links, [](const auto& link) { return link.first.first >= 1'000'000; });
  // The threshold is one of all links: strangers may move it, not a link's weight.
  ASSERT_EQ(links.size(), links_.size());
  for (const auto& [people, outcome] : links_)
    EXPECT_NEAR(links.at(people).weight, outcome.weight, 1e-3);
}

// The evidence of a pair knows no sides. The prior does: a left record whose number nobody on the
// right has is probably not there (model::Model::unheld_pair_odds), which says nothing of a right
// record whose number the shorter list lacks. `bidui link` therefore lets the sizes of the files
// decide which is the left one, not their order.
TEST_P(Metamorphic, SwappedSidesSwapTheLinks) {
  ScoredPairs model = trained_;
  model.models.front().unheld_pair_odds = model.models.front().pair_odds;
  const Links links =
      links_of(link_world(world_.poverty, world_.civil, model), world_.poverty, world_.civil);
  const Links swapped =
      links_of(link_world(world_.civil, world_.poverty, model), world_.civil, world_.poverty);
  Links turned;
  for (const auto& [people, outcome] : swapped) turned[{people.second, people.first}] = outcome;
  expect_equal(turned, links, "swapped");
}

TEST_P(Metamorphic, OrderOfRowsChangesNoLink) {
  const Registry poverty = shuffled(world_.poverty, GetParam());
  const Registry civil = shuffled(world_.civil, GetParam() + 1);
  expect_equal(links_of(link_world(poverty, civil, trained_), poverty, civil), links_, "shuffled");
}

void append(const Registry& more, Registry& registry) {
  registry.table.append(more.table);
  registry.person.insert(registry.person.end(), more.person.begin(), more.person.end());
}

std::set<People> linked(const ScoredPairs& scored, const Registry& left, const Registry& right,
                        const SideFeatures& features) {
  std::set<People> people;
  for (const Link& link : decide(scored.pairs, {}, features).links) {
    if (link.decision == Decision::kLink)
      people.insert({left.person[link.left], right.person[link.right]});
  }
  return people;
}

// Of a linkage with a registry that holds everybody twice.
class ReferenceTwice : public Metamorphic {
 protected:
  std::set<People> linked_with(const Registry& second) const {
    Registry civil = world_.civil;
    append(second, civil);
    const auto of = [](const Registry& registry) -> FeaturesOf {
      return [&](std::uint32_t row) { return &registry.table.persons[row]; };
    };
    return linked(link_world(world_.poverty, civil, trained_), world_.poverty, civil,
                  {of(world_.poverty), of(civil)});
  }
  std::set<People> linked_once() const {
    return linked(trained_, world_.poverty, world_.civil, {});
  }
};

// The two rows are one person (entered_twice()), so no rivals, whatever the left record errs in.
TEST_P(ReferenceTwice, RowsRepeatedLinkThePeopleAsBefore) {
  EXPECT_EQ(linked_with(world_.civil), linked_once());
}

TEST_P(ReferenceTwice, RowsRepeatedWithAnErrorKeepTheLinks) {
  const std::set<People> twice = linked_with(world_.civil_again);
  std::size_t kept = 0;
  for (const People& people : linked_once()) kept += twice.contains(people) ? 1 : 0;
  EXPECT_GE(kept * 100, linked_once().size() * 99);
  for (const People& people : twice) EXPECT_EQ(people.first, people.second);
}

// The second row is a twin's: as alike as two people can be. He takes no link, and gets none.
TEST_P(ReferenceTwice, TwinsAreNotTakenForTheSamePerson) {
  Registry twins = world_.civil;
  for (std::size_t row = 0; row < twins.table.size(); ++row) {
    record::PersonFeatures& twin = twins.table.persons[row];
    twin.name.units[twin.name.length - 1U] = U'\u9f98' & 0xFFFF;  // 龘 in nobody's name
    twin.name_hash = twin.name_hash ^ 1U;
    twin.name_fold = twin.name_fold ^ 1U;
    twin.id_digits += 10;
    twins.person[row] += 2'000'000;
  }
  for (const People& people : linked_with(twins)) EXPECT_LT(people.second, 2'000'000U);
}

INSTANTIATE_TEST_SUITE_P(Worlds, ReferenceTwice, testing::Values(1, 2, 3));
INSTANTIATE_TEST_SUITE_P(Worlds, Metamorphic, testing::Values(1, 2, 3));

}  // namespace
}  // namespace bidui::link
