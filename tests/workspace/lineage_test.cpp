// Persons from one run to another.
#include "workspace/lineage.h"

#include <gmock/gmock.h>
#include <set>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/compare.h"
#include "workspace/constraint.h"

namespace bidui::workspace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Persons = std::vector<std::vector<std::string>>;

std::string encoded(const Persons& persons) {
  std::string bytes;
  for (const auto& names : persons) append_person(names, bytes);
  return bytes;
}

struct LineageCase {
  const char* what;
  Persons before;
  Persons after;
  std::set<std::string> missing_before;  // records that are new
  std::set<std::string> missing_after;   // records that are gone
  std::vector<std::string> expected;     // before>after change count
};

const LineageCase kCases[] = {
    {"nothing changed",
     {{"c:1", "p:1"}, {"c:2", "p:2"}},
     {{"c:2", "p:2"}, {"c:1", "p:1"}},
     {},
     {},
     {}},
    {"two single records join",
     {},
     {{"c:1", "p:1"}},
     {},
     {},
     {"c:1>c:1 merged 1", "p:1>c:1 merged 1"}},
    {"a new record joins", {}, {{"c:1", "p:1"}}, {"p:1"}, {}, {}},
    {"a person falls apart", {{"c:1", "p:1"}}, {}, {}, {}, {"c:1>c:1 split 1", "c:1>p:1 split 1"}},
    {"a record leaves the deliveries", {{"c:1", "p:1"}}, {}, {}, {"p:1"}, {}},
    {"its canonical member does",
     {{"c:1", "a:1", "p:1"}},
     {{"p:1", "a:1"}},
     {},
     {"c:1"},
     {"c:1>p:1 renamed 2"}},
    {"two persons become one",
     {{"c:1", "p:1"}, {"a:1", "h:1"}},
     {{"c:1", "a:1", "h:1", "p:1"}},
     {},
     {},
     {"a:1>c:1 merged 2", "c:1>c:1 merged 2"}},
    {"a record goes from one to another",
     {{"c:1", "p:1"}},
     {{"c:2", "p:1"}},
     {},
     {},
     {"c:1>c:1 split 1", "c:1>c:2 moved 1", "c:2>c:2 merged 1"}},
};

TEST(Lineage, TellsMergedSplitMovedAndRenamed) {
  for (const LineageCase& c : kCases) {
    const auto in_run = [](const std::set<std::string>& missing) {
      return [&](std::span<const std::string_view> names) -> Result<std::vector<bool>> {
        std::vector<bool> found;
        for (const std::string_view name : names)
          found.push_back(!missing.contains(std::string(name)));
        return found;
      };
    };
    const auto rows = entity_changes(encoded(c.before), encoded(c.after), in_run(c.missing_before),
                                     in_run(c.missing_after));
    ASSERT_TRUE(rows);
    std::vector<std::string> told;
    for (const LineageRow& row : *rows) {
      told.push_back(row.before + ">" + row.after + " " +
                     std::string(entity_change_name(row.change)) + " " +
                     std::to_string(row.records.size()));
    }
    EXPECT_EQ(told, c.expected) << c.what;
  }
}

TEST(Lineage, IsWrittenAsATable) {
  const Lineage lineage{.since = "R0001",
                        .rows = {{"c:1", "p:1", EntityChange::kSplit, {"a:1", "p:1"}}}};
  EXPECT_EQ(lineage_csv(lineage),
            "run_before,entity_before,entity_after,change,count,records\n"
            "R0001,c:1,p:1,split,2,a:1;p:1\n");
}

class LineageOfRuns : public testing::Test {
 protected:
  LineageOfRuns() : world_(directory_.path()) {}

  Lineage compare(const std::string& since = {}) {
    auto run = workspace::compare(world_.workspace(), {.since = since, .report = false});
    EXPECT_TRUE(run) << run.error().describe();
    const auto read = load_lineage(world_.workspace().store(), run->run_id);
    EXPECT_TRUE(read);
    EXPECT_EQ(lineage_csv(*read), lineage_csv(run->lineage));
    return std::move(run->lineage);
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_;
};

TEST_F(LineageOfRuns, FollowsADecisionAndItsWithdrawal) {
  const std::string poverty = "poverty:" + poverty_key(9, 0);
  const std::string civil = "civil:" + civil_key(9, 0);
  EXPECT_THAT(compare().rows, IsEmpty()) << "the first run has none before it";
  EXPECT_THAT(compare().rows, IsEmpty()) << "nothing changed";
  ASSERT_TRUE(add_constraint(world_.workspace(),
                             {.left = poverty, .right = civil, .by = "王", .reason = "r"}));
  const Lineage split = compare();
  EXPECT_EQ(split.since, "R0002");
  EXPECT_THAT(split.rows, ElementsAre(LineageRow{civil, civil, EntityChange::kSplit, {civil}},
                                      LineageRow{civil, poverty, EntityChange::kSplit, {poverty}}));
  ASSERT_TRUE(remove_constraint(world_.workspace(), poverty, civil));
  EXPECT_THAT(compare().rows,
              ElementsAre(LineageRow{civil, civil, EntityChange::kMerged, {civil}},
                          LineageRow{poverty, civil, EntityChange::kMerged, {poverty}}));
  EXPECT_THAT(compare("R0001").rows, IsEmpty()) << "as it was at first";
}

TEST_F(LineageOfRuns, ANewDeliveryOfASourceChangesNobody) {
  compare();
  world_.import_again("poverty", "2018-03-01");
  EXPECT_THAT(compare().rows, IsEmpty());
}

}  // namespace
}  // namespace bidui::workspace
