#include "workspace/shown_flag.h"

#include <gmock/gmock.h>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"

namespace bidui::workspace {
namespace {

using testing::IsEmpty;
using testing::Not;

class ShownFlags : public testing::Test {
 protected:
  ShownFlags() { world_.compare(); }
  store::TemporaryDirectory directory_;
  SmallWorld world_{directory_.path()};
};

TEST_F(ShownFlags, ListsByRuleAndPlace) {
  const auto dead = list_flags(world_.workspace(), {.rule = "DEAD_IN_PR"});
  ASSERT_TRUE(dead);
  ASSERT_EQ(dead->count, 1U);
  const ShownFlag& flag = dead->flags.front();
  EXPECT_EQ(flag.state.flag.subject, poverty_key(3, 1));
  EXPECT_EQ(flag.place, "下仓镇三冲村");
  EXPECT_THAT(flag.evidence, Not(IsEmpty()));
  EXPECT_THAT(flag.visit, Not(IsEmpty()));
  EXPECT_THAT(flag.basis, Not(IsEmpty()));
  const auto elsewhere =
      list_flags(world_.workspace(), {.rule = "DEAD_IN_PR", .village = "长湖村"});
  EXPECT_EQ(elsewhere->count, 0U);
}

TEST_F(ShownFlags, APlaceThatIsNowhereIsSaidWithTheNearest) {
  const auto mistyped = list_flags(world_.workspace(), {.township = "下仑镇"});
  EXPECT_EQ(mistyped->count, 0U);
  ASSERT_EQ(mistyped->unknown.size(), 1U);
  ASSERT_THAT(mistyped->unknown[0].near, testing::SizeIs(5));
  EXPECT_THAT(mistyped->unknown[0].near[0], testing::StartsWith("下仓镇 340826"));
  EXPECT_EQ(list_flags(world_.workspace(), {.township = "999"})->unknown.size(), 1U);
  for (const char* const known : {"下仓镇", "下仓", "340826", "二郎镇"})
    EXPECT_THAT(list_flags(world_.workspace(), {.township = known})->unknown, IsEmpty()) << known;
  EXPECT_THAT(list_flags(world_.workspace(), {.village = "不存在的村庄"})->unknown,
              testing::SizeIs(1));
}

TEST_F(ShownFlags, CountsWhatTheLimitLeavesOut) {
  const auto all = list_flags(world_.workspace(), {});
  const auto one = list_flags(world_.workspace(), {.limit = 1});
  ASSERT_GT(all->count, 1U);
  EXPECT_EQ(one->count, all->count);
  EXPECT_EQ(one->flags.size(), 1U);
}

TEST_F(ShownFlags, FindsOneById) {
  const auto all = list_flags(world_.workspace(), {});
  const std::string id = all->flags.front().state.flag.flag_id;
  const auto found = find_flag(world_.workspace(), id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state.flag.flag_id, id);
  EXPECT_EQ(find_flag(world_.workspace(), "000000000000").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace bidui::workspace
