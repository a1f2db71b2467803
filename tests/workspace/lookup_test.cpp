#include "workspace/lookup.h"

#include <algorithm>
#include <gmock/gmock.h>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"

namespace bidui::workspace {
namespace {

using testing::Contains;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class Lookup : public testing::Test {
 protected:
  LookupResult find(const LookupQuery& query) {
    auto result = lookup(world_.workspace(), query);
    EXPECT_TRUE(result) << result.error().describe();
    return result ? std::move(*result) : LookupResult{};
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_{directory_.path()};
};

const Member* asked(const HouseholdView& view) {
  const auto at = std::ranges::find_if(view.members, &Member::asked);
  return at == view.members.end() ? nullptr : &*at;
}

const MemberRecord* record_of(const Member& member, const std::string& name) {
  const auto at = std::ranges::find(member.records, name, &MemberRecord::record);
  return at == member.records.end() ? nullptr : &*at;
}

TEST_F(Lookup, ShowsTheHouseholdInAllSources) {
  world_.compare();
  const LookupResult result = find({.id = small_person(0, 1).id});
  ASSERT_TRUE(result.household);
  const HouseholdView& view = *result.household;
  EXPECT_EQ(view.run, "R0001");
  EXPECT_TRUE(view.current);
  ASSERT_THAT(view.members, SizeIs(3));
  ASSERT_NE(asked(view), nullptr);
  EXPECT_THAT(asked(view)->records, SizeIs(3));  // poverty, allowance, civil
  EXPECT_FALSE(view.members.front().asked);      // the head stands first
  for (const Member& member : view.members) {
    for (const MemberRecord& record : member.records) EXPECT_THAT(record.differences, IsEmpty());
  }
}

TEST_F(Lookup, MasksNamesAndNumbers) {
  world_.compare();
  const SmallPerson person = small_person(0, 0);
  const LookupResult result = find({.id = person.id});
  ASSERT_TRUE(result.household);
  for (const Member& member : result.household->members) {
    for (const MemberRecord& record : member.records) {
      EXPECT_EQ(record.name.find(person.name), std::string::npos);
      EXPECT_NE(record.id_number.find("****"), std::string::npos);
    }
  }
}

TEST_F(Lookup, MarksAWrongDigit) {
  world_.compare();
  const LookupResult result = find({.household = "poverty:" + household_no(1)});
  ASSERT_TRUE(result.household);
  const MemberRecord* const record =
      record_of(result.household->members.front(), "poverty:" + poverty_key(1, 0));
  ASSERT_NE(record, nullptr);
  EXPECT_EQ(record->level, rule::LinkLevel::kL2);
  EXPECT_THAT(record->differences, Contains(Field(&Difference::field, "id")));
}

TEST_F(Lookup, FindsANumberWithOneWrongDigitInTheBirthDate) {
  world_.compare();
  std::string id = small_person(7, 0).id;
  id[9] = id[9] == '3' ? '4' : '3';
  const LookupResult result = find({.id = id});
  ASSERT_THAT(result.candidates, testing::Not(IsEmpty()));
  EXPECT_THAT(result.candidates.front().records, Contains("civil:" + civil_key(7, 0)));
  EXPECT_FALSE(result.candidates.front().exact);
}

TEST_F(Lookup, FindsANameBySound) {
  world_.compare();
  const std::string name = small_person(14, 0).name;
  const LookupResult exact = find({.name = name, .born = small_person(14, 0).birth.substr(0, 4)});
  ASSERT_TRUE(exact.household);
  const LookupResult homophone = find({.name = "张秀鹰"});
  ASSERT_THAT(homophone.candidates, testing::Not(IsEmpty()));
  EXPECT_THAT(homophone.candidates.front().records, Contains("poverty:" + poverty_key(2, 0)));
}

TEST_F(Lookup, ShowsTheFlagsOfTheHousehold) {
  world_.compare();
  const LookupResult dead = find({.id = small_person(3, 1).id});
  ASSERT_TRUE(dead.household);
  std::vector<std::string> rules;
  for (const ShownFlag& flag : dead.household->flags) rules.push_back(flag.state.flag.rule);
  EXPECT_THAT(rules, Contains("DEAD_IN_PR"));
  for (const ShownFlag& flag : dead.household->flags) {
    if (flag.state.flag.rule == "DEAD_IN_PR") {
      EXPECT_THAT(flag.visit, testing::Not(IsEmpty()));
    }
  }
  const LookupResult clean = find({.id = small_person(0, 0).id});
  ASSERT_TRUE(clean.household);
  EXPECT_THAT(clean.household->flags, IsEmpty());
}

TEST_F(Lookup, WorksBeforeTheFirstComparison) {
  const LookupResult result = find({.id = small_person(0, 0).id});
  EXPECT_EQ(result.run, "");
  ASSERT_FALSE(result.candidates.empty());
  const LookupResult household = find({.household = "poverty:" + household_no(0)});
  ASSERT_TRUE(household.household);
  EXPECT_THAT(household.household->members, SizeIs(3));
}

TEST_F(Lookup, FindsNothingForAnUnknownNumber) {
  world_.compare();
  const LookupResult result = find({.id = "110101198001010010"});
  EXPECT_THAT(result.candidates, IsEmpty());
  EXPECT_FALSE(result.household);
}

TEST_F(Lookup, RefusesWhatIsNoQuestion) {
  EXPECT_EQ(lookup(world_.workspace(), {}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(lookup(world_.workspace(), {.id = "abc"}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(lookup(world_.workspace(), {.household = "H00001"}).error().code,
            ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace bidui::workspace
