#include "workspace/reconcile.h"

#include <array>
#include <gtest/gtest.h>
#include <random>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/list_counts.h"

namespace bidui::workspace {
namespace {

struct House {
  int household = 0;
  std::string file_no{};
  std::string village = "长湖村";
  std::string kind = "建档立卡贫困户";
  std::string year = "2016";
  std::string address{};  // of its own; "" = the village's
};

std::string csv_of(const std::vector<House>& houses) {
  std::string csv =
      "档案编号,乡镇,行政村,农户姓名,身份证号码,农户贫困类型,列入计划年度,房屋坐落,建筑面积\n";
  for (const House& house : houses) {
    const SmallPerson head = small_person(house.household, 0);
    csv += house.file_no + ",下仓镇," + house.village + "," + head.name + "," + head.id + "," +
           house.kind + "," + house.year + ",下仓镇" + house.village + house.address + ",80\n";
  }
  return csv;
}

struct Lists : testing::Test {
  store::TemporaryDirectory directory{};
  SmallWorld world{directory.path()};
};
using Reconcile = Lists;
using CountList = Lists;

Reconciliation reconcile_lists(Workspace& workspace, const std::string& by = "township") {
  auto result = reconcile(workspace, {.left = {.instance = "housing@county"},
                                      .right = {.instance = "housing@national"},
                                      .by = by});
  EXPECT_TRUE(result) << result.error().describe();
  return result ? std::move(*result) : Reconciliation{};
}

std::uint64_t left_own(const GroupCounts& group, ItemClass item_class) {
  return group.left_own[static_cast<std::size_t>(item_class) - kSharedClasses];
}
std::uint64_t right_own(const GroupCounts& group, ItemClass item_class) {
  return group.right_own[static_cast<std::size_t>(item_class) - kSharedClasses];
}

const ListDifference* find(const Reconciliation& result, const std::string& key) {
  for (const ListDifference& d : result.differences) {
    if (d.left.key == key || d.right.key == key) return &d;
  }
  return nullptr;
}

TEST_F(Reconcile, TakesTwoListsOfOneKindApart) {
  world.import_again("housing@county", "2017-11-10",
                     csv_of({{.household = 0, .file_no = "A0"},
                             {.household = 1, .file_no = "A1"},
                             {.household = 2, .file_no = "A2"},
                             {.household = 3, .file_no = "A3"},
                             {.household = 4, .file_no = "A4"},
                             {.household = 5, .file_no = "A5"},
                             {.household = 5, .file_no = "A5b"},
                             {.household = 6, .file_no = "A6"},
                             {.household = 6, .file_no = "A6b", .address = "老屋"},
                             {.household = 7, .file_no = "A7", .year = "2018"}}));
  world.import_again("housing@national", "2017-11-15",
                     csv_of({{.household = 0, .file_no = "B0"},
                             {.household = 1, .file_no = "B1", .kind = "低保户"},
                             {.household = 2, .file_no = "B2", .year = "2015"},
                             {.household = 3, .file_no = "B3", .village = "先进村"},
                             {.household = 5, .file_no = "B5"},
                             {.household = 6, .file_no = "B6"},
                             {.household = 9, .file_no = "B9"}}));
  world.compare();
  const Reconciliation result = reconcile_lists(world.workspace());
  ASSERT_EQ(result.all.size(), 1U);
  const GroupCounts& all = result.all.front();
  EXPECT_EQ(all.left, 10U);
  EXPECT_EQ(all.right, 7U);
  EXPECT_EQ(all.shared[static_cast<std::size_t>(ItemClass::kOtherKind)], 1U);
  EXPECT_EQ(all.shared[static_cast<std::size_t>(ItemClass::kOtherSince)], 1U);
  EXPECT_EQ(all.shared[static_cast<std::size_t>(ItemClass::kSame)], 4U) << "0, 3, 5, 6";
  EXPECT_EQ(left_own(all, ItemClass::kRepeated), 2U);
  EXPECT_EQ(left_own(all, ItemClass::kMissing), 2U) << "4 and 7";
  EXPECT_EQ(right_own(all, ItemClass::kMissing), 1U) << "9";
  EXPECT_TRUE(all.closes());

  const ListDifference* const again = find(result, "A5b");
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->reason, DifferenceReason::kSameTwice);
  EXPECT_EQ(again->rival, "A5");
  EXPECT_EQ(find(result, "A6b")->reason, DifferenceReason::kAnotherHouse);
  EXPECT_EQ(find(result, "A4")->reason, DifferenceReason::kNotListed);
  EXPECT_EQ(find(result, "A7")->reason, DifferenceReason::kAfterOther);
  EXPECT_EQ(find(result, "A3")->item_class, ItemClass::kElsewhere);
  EXPECT_EQ(find(result, "A0"), nullptr) << "agrees";
  EXPECT_EQ(find(result, "A4")->left.name.find(small_person(4, 0).name), std::string::npos)
      << "masked";
  ASSERT_EQ(result.kind_pairs.size(), 1U);
  EXPECT_EQ(result.kind_pairs[0].right, "低保户");
}

TEST_F(Reconcile, AnotherVillageIsElsewhereInBothVillages) {
  world.import_again("housing@county", "2017-11-10", csv_of({{.household = 3, .file_no = "A3"}}));
  world.import_again("housing@national", "2017-11-15",
                     csv_of({{.household = 3, .file_no = "B3", .village = "先进村"}}));
  world.compare();
  const Reconciliation result = reconcile_lists(world.workspace(), "village");
  ASSERT_EQ(result.groups.size(), 2U);
  for (const GroupCounts& village : result.groups) {
    EXPECT_TRUE(village.closes());
    EXPECT_EQ(left_own(village, ItemClass::kElsewhere) + right_own(village, ItemClass::kElsewhere),
              1U);
  }
}

// Whatever the lists: every sum of every grouping closes, and groups add up to the whole.
TEST_F(Reconcile, SumsCloseForAnyLists) {
  constexpr std::uint64_t kSeed = 20261130;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  const auto random_houses = [&](const std::string& prefix) {
    constexpr std::array<const char*, 3> kKinds = {"建档立卡贫困户", "低保户", ""};
    constexpr std::array<const char*, 3> kVillages = {"长湖村", "先进村", "永丰村"};
    std::vector<House> houses;
    for (int n = 0; n < 40; ++n) {
      House house{.household = static_cast<int>(random() % 55),
                  .file_no = prefix + std::to_string(n),
                  .village = kVillages[random() % 3],
                  .kind = kKinds[random() % 3],
                  .year = std::to_string(2014 + random() % 4)};
      houses.push_back(std::move(house));
    }
    return houses;
  };
  world.import_again("housing@county", "2017-11-10", csv_of(random_houses("A")));
  world.import_again("housing@national", "2017-11-15", csv_of(random_houses("B")));
  world.compare();
  for (const char* by : {"township", "village", "kind", "since", "group"}) {
    const Reconciliation result = reconcile_lists(world.workspace(), by);
    for (const auto* groups :
         {&result.groups, &result.townships, &result.villages, &result.kinds, &result.all}) {
      std::uint64_t left = 0;
      std::uint64_t right = 0;
      for (const GroupCounts& group : *groups) {
        EXPECT_TRUE(group.closes()) << by << " " << group.group;
        left += group.left;
        right += group.right;
      }
      EXPECT_EQ(left, 40U) << by;
      EXPECT_EQ(right, 40U) << by;
    }
  }
}

TEST_F(Reconcile, NamesWhatIsMissing) {
  world.compare();
  const auto unknown = reconcile(
      world.workspace(), {.left = {.instance = "poverty"}, .right = {.instance = "relocation"}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kNotFound);
  const auto field = reconcile(
      world.workspace(),
      {.left = {.instance = "poverty"}, .right = {.instance = "allowance"}, .by = "colour"});
  ASSERT_FALSE(field);
  EXPECT_EQ(field.error().code, ErrorCode::kInvalidArgument);
}

TEST_F(Reconcile, HouseholdsOfTwoSourcesShareMembers) {
  world.compare();
  const auto result = reconcile(
      world.workspace(), {.left = {.instance = "poverty"}, .right = {.instance = "allowance"}});
  ASSERT_TRUE(result) << result.error().describe();
  EXPECT_FALSE(result->kinds_compared);
  const GroupCounts& all = result->all.front();
  EXPECT_EQ(all.left, 30U);
  EXPECT_EQ(all.right, 5U);
  EXPECT_EQ(all.shared[0], 5U);
  EXPECT_EQ(left_own(all, ItemClass::kMissing), 25U);
}

TEST_F(CountList, CountsAgainstReportedTotals) {
  world.compare();
  const auto counts =
      count_list(world.workspace(), {.list = {.instance = "poverty"},
                                     .by = "village",
                                     .across = "poverty_attribute",
                                     .reported = {{.place = {"", "长湖村"}, .households = 7},
                                                  {.place = {"", "无此村"}, .households = 1}}});
  ASSERT_TRUE(counts) << counts.error().describe();
  EXPECT_EQ(counts->all.items, 30U);
  EXPECT_EQ(counts->all.members, 89U);
  ASSERT_EQ(counts->across.size(), 1U);
  EXPECT_EQ(counts->all.across[0], 30U);
  EXPECT_EQ(counts->unknown_places.size(), 1U);
  std::uint64_t households = 0;
  for (const ListCount& group : counts->groups) {
    households += group.items;
    if (group.group == "长湖村") {
      EXPECT_EQ(group.reported_items, 7U);
    }
  }
  EXPECT_EQ(households, 30U);
}

}  // namespace
}  // namespace bidui::workspace
