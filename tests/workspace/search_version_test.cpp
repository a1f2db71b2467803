// The pairs of a small fixed linkage have not changed, or kSearchVersion has: pairs that an earlier
// program kept must not be taken over by one that would find or weigh others.
#include <cmath>
#include <gtest/gtest.h>

#include "matcher/key/key_group.h"
#include "tests/matcher/link/sample_world.h"
#include "workspace/kept_candidates.h"

namespace bidui::workspace {
namespace {

link::Registry with_households(link::Registry registry) {
  for (std::size_t row = 0; row < registry.table.size(); ++row)
    registry.table.persons[row].household = registry.person[row] / 3 + 1;
  return registry;
}

std::uint64_t hash_of_pairs(std::span<const link::CandidatePair> pairs) {
  std::uint64_t hash = 0;
  for (const link::CandidatePair& pair : pairs) {
    const auto steps = static_cast<std::int64_t>(std::lround(pair.weight * 64));
    for (const std::uint64_t part :
         {std::uint64_t{pair.left}, std::uint64_t{pair.right}, pair.vector,
          std::uint64_t{key::groups_of(pair.kinds)}, static_cast<std::uint64_t>(steps)})
      hash = hash_combine(hash, part);
  }
  return hash;
}

TEST(SearchVersion, IsRaisedWithWhatASearchGives) {
  const link::SampleWorld world = link::make_world(20171210, 400, 200);
  const link::Registry civil = with_households(world.civil);
  const link::Registry poverty = with_households(world.poverty);
  const link::ScoredPairs scored =
      link::link_world(poverty, civil, {.models = {model::default_model({}, 200, 400)}});
  ASSERT_GT(scored.pairs.size(), 150U);
  const std::pair<std::uint64_t, std::uint64_t> now{kSearchVersion, hash_of_pairs(scored.pairs)};
  const std::pair<std::uint64_t, std::uint64_t> known{5, 11669520077266619371U};
  EXPECT_EQ(now, known) << "other pairs or weights: raise kSearchVersion, and note both here";
}

}  // namespace
}  // namespace bidui::workspace
