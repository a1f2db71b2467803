#include <algorithm>
#include <gtest/gtest.h>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/deliveries.h"
#include "workspace/household_history.h"
#include "workspace/lookup.h"
#include "workspace/source_changes.h"

namespace bidui::workspace {
namespace {

struct Row {
  std::string household;
  std::string key;
  SmallPerson person;
  std::string village = "长湖村";
};

std::string poverty_csv(const std::vector<Row>& rows, const std::string& exit = "未脱贫") {
  std::string csv = "户编号,人编号,姓名,证件号码,出生日期,与户主关系,乡(镇),行政村,脱贫属性\n";
  for (const Row& row : rows)
    csv += row.household + "," + row.key + "," + row.person.name + "," + row.person.id + "," +
           row.person.birth + ",之子,下仓镇," + row.village + "," + exit + "\n";
  return csv;
}

// Households 40 to 43 of the civil registry, three persons each.
std::vector<Row> rows_of(int household) {
  std::vector<Row> rows;
  for (int p = 0; p < 3; ++p)
    rows.push_back(
        {household_no(household), poverty_key(household, p), small_person(household, p)});
  return rows;
}

std::vector<Row> first_list() {
  std::vector<Row> rows;
  for (int h = 40; h < 43; ++h) std::ranges::copy(rows_of(h), std::back_inserter(rows));
  std::ranges::copy(rows_of(3), std::back_inserter(rows));
  return rows;
}

// Half a year later: the child of 40 has a household of its own, 41 went to 42, the spouse of 3
// (dead by the registry) is off the list, 43 is new, and everybody has exited.
std::vector<Row> second_list() {
  std::vector<Row> rows = first_list();
  for (Row& row : rows) {
    if (row.key == poverty_key(40, 2)) row.household = "N1";
    if (row.household == household_no(41)) row.household = household_no(42);
  }
  std::erase_if(rows, [](const Row& row) { return row.key == poverty_key(3, 1); });
  std::ranges::copy(rows_of(43), std::back_inserter(rows));
  return rows;
}

class History : public testing::Test {
 protected:
  History() {
    world_.import_again("poverty", "2018-01-10", poverty_csv(first_list()));
    world_.import_again("poverty", "2018-06-10", poverty_csv(second_list(), "已脱贫"));
    world_.compare();
  }

  HouseholdHistory history(const std::string& household) {
    const auto found = lookup(world_.workspace(), {.household = "poverty:" + household});
    EXPECT_TRUE(found && found->household);
    if (!found || !found->household) return {};
    auto history = household_history(world_.workspace(), *found->household);
    EXPECT_TRUE(history) << history.error().describe();
    return history ? std::move(*history) : HouseholdHistory{};
  }

  static const HistoryEvent* find(const HouseholdHistory& history, EventKind kind) {
    const auto at = std::ranges::find_if(history.events, [&](const HistoryEvent& event) {
      return event.kind == kind && event.source == "poverty" && event.date == "2018-06-10";
    });
    return at == history.events.end() ? nullptr : &*at;
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_{directory_.path()};
};

TEST_F(History, SaysWhoLeftAndWhere) {
  const HouseholdHistory found = history(household_no(40));
  const HistoryEvent* const left = find(found, EventKind::kLeft);
  ASSERT_NE(left, nullptr);
  EXPECT_NE(left->text.find("转到别户 N1"), std::string::npos) << left->text;
  EXPECT_EQ(left->text.find(small_person(40, 2).name), std::string::npos) << "masked";
  const HistoryEvent* const split = find(found, EventKind::kSplit);
  ASSERT_NE(split, nullptr);
  EXPECT_NE(split->text.find("N1"), std::string::npos);
  EXPECT_NE(find(found, EventKind::kFact), nullptr) << "未脱贫 → 已脱贫";
  EXPECT_TRUE(std::ranges::is_sorted(found.events, {}, &HistoryEvent::date));
}

TEST_F(History, SaysWhereANewHouseholdCameFrom) {
  const HouseholdHistory found = history("N1");
  const HistoryEvent* const from = find(found, EventKind::kSplitFrom);
  ASSERT_NE(from, nullptr);
  EXPECT_NE(from->text.find(household_no(40)), std::string::npos);
}

TEST_F(History, SaysWhatAHouseholdTookIn) {
  const HouseholdHistory found = history(household_no(42));
  const HistoryEvent* const merged = find(found, EventKind::kMergedFrom);
  ASSERT_NE(merged, nullptr);
  EXPECT_NE(merged->text.find(household_no(41)), std::string::npos);
}

TEST_F(History, SaysThatSomebodyDied) {
  const HouseholdHistory found = history(household_no(3));
  const HistoryEvent* const left = find(found, EventKind::kLeft);
  ASSERT_NE(left, nullptr);
  EXPECT_NE(left->text.find("死亡"), std::string::npos) << left->text;
}

TEST_F(History, GoesOnWithoutADeliveryThatWasWithdrawn) {
  ASSERT_TRUE(withdraw_delivery(world_.workspace(), "poverty:340826:2018-01-10"));
  const HouseholdHistory found = history(household_no(40));
  EXPECT_FALSE(found.deliveries.empty());
  for (const HistoryDelivery& delivery : found.deliveries) EXPECT_NE(delivery.as_of, "2018-01-10");
}

// As if it had never been: neither what it brought nor what it took away.
TEST_F(History, OfTheNewestThatWasWithdrawnNothingIsLeft) {
  ASSERT_TRUE(withdraw_delivery(world_.workspace(), "poverty:340826:2018-06-10"));
  const HouseholdHistory found = history(household_no(40));
  for (const HistoryEvent& event : found.events) {
    const bool of_runs = event.kind == EventKind::kFlagRaised || event.kind == EventKind::kPersons;
    EXPECT_TRUE(event.date != "2018-06-10" || of_runs) << event.text;
  }
  EXPECT_EQ(found.deliveries.back().as_of, "2018-01-10");
  EXPECT_EQ(found.deliveries.back().members, 3U);
  const auto split = lookup(world_.workspace(), {.household = "poverty:N1"});
  ASSERT_TRUE(split);
  EXPECT_FALSE(split->household) << "a household of that delivery alone";
  EXPECT_TRUE(lookup(world_.workspace(), {.household = "poverty:" + household_no(41)})->household);
  const auto changes = source_changes(world_.workspace(), {.instance = "poverty"});
  ASSERT_TRUE(changes) << changes.error().describe();
  EXPECT_EQ(changes->after, "2018-01-10");
}

TEST_F(History, TheCountysSumsClose) {
  const auto changes = source_changes(world_.workspace(), {.instance = "poverty"});
  ASSERT_TRUE(changes) << changes.error().describe();
  EXPECT_EQ(changes->before, "2018-01-10");
  EXPECT_EQ(changes->after, "2018-06-10");
  EXPECT_EQ(changes->all.before, 12U);
  EXPECT_EQ(changes->all.after, 14U);
  EXPECT_EQ(changes->all.changes[static_cast<std::size_t>(MemberChange::kDied)], 1U);
  EXPECT_EQ(changes->all.changes[static_cast<std::size_t>(MemberChange::kAdded)], 3U);
  EXPECT_EQ(changes->all.split, 1U);
  EXPECT_EQ(changes->all.merged, 1U);
  EXPECT_EQ(changes->all.new_households, 1U);
  EXPECT_TRUE(changes->all.closes());
  for (const TownshipChange& township : changes->townships) EXPECT_TRUE(township.closes());
  EXPECT_EQ(changes->persons.size(), 4U);
}

TEST_F(History, NeedsTwoDeliveries) {
  const auto changes = source_changes(world_.workspace(), {.instance = "civil"});
  ASSERT_FALSE(changes);
  EXPECT_EQ(changes.error().code, ErrorCode::kNotFound);
}

TEST(MemberChange, IsToldByTheRegistries) {
  EXPECT_EQ(reason_left({.dead = true}), MemberChange::kDied);
  EXPECT_EQ(reason_left({.change_reason = "death", .cancelled = "cancelled"}), MemberChange::kDied);
  EXPECT_EQ(reason_left({.change_reason = "moved_out", .cancelled = "moved_out"}),
            MemberChange::kMovedOut);
  EXPECT_EQ(reason_left({.change_reason = "marriage", .cancelled = "cancelled"}),
            MemberChange::kMarriedOut);
  EXPECT_EQ(reason_left({}), MemberChange::kRemoved);
  EXPECT_EQ(reason_joined({}, 20171001, "2017-12-10"), MemberChange::kBorn);
  EXPECT_EQ(reason_joined({}, 19800101, "2017-12-10"), MemberChange::kAdded);
  EXPECT_EQ(reason_joined({.change_reason = "marriage", .change_date = "2018-03-01"}, 19900101,
                          "2017-12-10"),
            MemberChange::kMarriedIn);
  EXPECT_EQ(reason_joined({.change_reason = "marriage", .change_date = "2009-03-01"}, 19900101,
                          "2017-12-10"),
            MemberChange::kAdded)
      << "married long before";
}

}  // namespace
}  // namespace bidui::workspace
