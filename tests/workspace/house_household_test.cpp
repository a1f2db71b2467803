// Houses as households of their own: links to the households of other sources.
#include <algorithm>
#include <array>
#include <gmock/gmock.h>

#include "tests/workspace/test_workspace.h"
#include "workspace/record_key.h"
#include "workspace/record_reader.h"
#include "workspace/run_world.h"

namespace bidui::workspace {
namespace {

using testing::UnorderedElementsAre;

// Generated people.
constexpr std::string_view kCivil =
    "人员编号,户号,与户主关系,姓名,性别,出生日期,公民身份号码,住址详址\n"
    "C1,H1,户主,陈国梁,男,19700822,340826197008220014,安徽省宿松县下仓镇长湖村5组1号\n"
    "C2,H1,配偶,刘小燕,女,19720215,340826197202150048,安徽省宿松县下仓镇长湖村5组1号\n"
    "C3,H2,户主,周大海,男,19650611,340826196506110032,安徽省宿松县下仓镇长湖村6组2号\n";
// The last two houses are one household's, by its own number.
constexpr std::string_view kHousing =
    "档案编号,户编号,户主姓名,身份证号码,乡镇,行政村,危房等级\n"
    "F1,,陈国梁,340826197008220014,下仓镇,长湖村,D\n"
    "F2,K7,周大海,340826196506110032,下仓镇,长湖村,C\n"
    "F3,K7,周大海,340826196506110032,下仓镇,长湖村,A\n";

class HouseHouseholdTest : public WorkspaceTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(import("civil", {write_file("civil.csv", kCivil)}));
    ASSERT_TRUE(import("housing", {write_file("housing.csv", kHousing)}));
  }

  // "house household~civil household (shared)" of every link between the two sources.
  std::vector<std::string> links() {
    RunModels models;
    const auto world = build_world(workspace_, "", models, {});
    EXPECT_TRUE(world);
    const auto& sources = (*world)->sources;
    const auto at = [&](std::string_view name) {
      return static_cast<std::size_t>(std::ranges::find(sources, name, &RunSource::instance) -
                                      sources.begin());
    };
    const std::size_t housing = at("housing");
    std::vector<std::string> found;
    for (std::uint32_t h = 0; h < (*world)->households->count(housing); ++h) {
      const auto linked = (*world)->households->linked(housing, h, at("civil"));
      const auto shared = (*world)->households->shared(housing, h, at("civil"));
      for (std::size_t i = 0; i < linked.size(); ++i) {
        const auto key = [&](std::size_t source, std::uint32_t household) {
          return std::string(
              (*world)->view->household_key({static_cast<rule::SourceIndex>(source), household}));
        };
        found.push_back(key(housing, h) + "~" + key(at("civil"), linked[i].household.household) +
                        " " + std::to_string(shared[i]));
      }
    }
    return found;
  }
};

TEST_F(HouseHouseholdTest, AHouseWithoutHouseholdNumberIsAHouseholdNamedByItsKey) {
  EXPECT_THAT(links(), UnorderedElementsAre("F1~H1 1", "K7~H2 1"));
}

// Two owners of one house stand on two rows with one file number: one household, which is found by
// the name that the comparison gives it.
TEST_F(HouseHouseholdTest, RowsOfOneHouseAreOneHouseholdThatIsFoundByItsName) {
  ASSERT_TRUE(import("housing",
                     {write_file("twice.csv",
                                 "档案编号,户编号,户主姓名,身份证号码,乡镇,行政村,危房等级\n"
                                 "F1,,陈国梁,340826197008220014,下仓镇,长湖村,D\n"
                                 "F1,,刘小燕,340826197202150048,下仓镇,长湖村,D\n")},
                     "2017-11-30"));
  EXPECT_THAT(links(), UnorderedElementsAre("F1~H1 2"));
  auto reader = RecordReader::open(workspace_);
  ASSERT_TRUE(reader);
  const auto members = reader->members(*reader->find_source("housing"), "F1");
  ASSERT_TRUE(members);
  ASSERT_EQ(members->size(), 2U);
  for (const RecordPlace place : *members) {
    EXPECT_TRUE(reader->at(place).stored().key().starts_with('#'));
    EXPECT_EQ(reader->at(place).household_name(), "F1");
  }
}

TEST(HouseholdName, OnlyHousesStandForThemselves) {
  schema::Schema schema;
  schema.fields.resize(2);
  schema.key = {0};
  schema.household = 1;
  const auto named = [&](std::string_view file_no, std::string_view household_no) {
    const std::array fields = {file_no, household_no};
    return household_name(schema, fields, "#R1");
  };
  EXPECT_EQ(named("F1", "H1"), "H1");
  EXPECT_EQ(named("F1", ""), "");
  schema.unit = schema::RowUnit::kHouse;
  EXPECT_EQ(named("F1", "H1"), "H1");
  EXPECT_EQ(named("F1", ""), "F1");
  EXPECT_EQ(named("", ""), "#R1");
  EXPECT_EQ(named("3.4E+14", ""), "#R1") << "went through a spreadsheet";
  EXPECT_EQ(named("3.4e+14", ""), "#R1");
}

}  // namespace
}  // namespace bidui::workspace
