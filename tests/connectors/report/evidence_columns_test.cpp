#include "connectors/report/evidence_columns.h"

#include <gtest/gtest.h>

namespace bidui::connectors::report {
namespace {

FlagRow with_evidence(std::vector<EvidenceLine> evidence) {
  FlagRow flag;
  flag.evidence = std::move(evidence);
  return flag;
}

TEST(EvidenceColumns, PutsBothSidesOfALabelTogether) {
  const FlagRow first = with_evidence(
      {{"姓名", "poverty", "张*", "civil", "章*", true}, {"出生", "poverty", "1950"}});
  const FlagRow second = with_evidence({{"姓名", "death", "张*"}});
  const EvidenceColumns columns({&first, &second});
  ASSERT_EQ(columns.keys().size(), 4U);
  EXPECT_EQ(columns.keys()[0].source, "poverty");
  EXPECT_EQ(columns.keys()[1].source, "civil");
  EXPECT_EQ(columns.keys()[2].source, "death");
  EXPECT_EQ(columns.keys()[3].label, "出生");
  const auto cells = columns.lay_out(first);
  EXPECT_EQ(cells[1].text, "章*");
  EXPECT_TRUE(cells[1].differs);
  EXPECT_EQ(cells[2].text, "");
  EXPECT_FALSE(cells[3].differs);
}

TEST(EvidenceColumns, JoinsARepeatedLabel) {
  const FlagRow flag = with_evidence({{"成员", "civil", "子"}, {"成员", "civil", "女"}});
  EXPECT_EQ(EvidenceColumns({&flag}).lay_out(flag).front().text, "子；女");
}

TEST(EvidenceColumns, KeepsWhatHasNoColumnInTheRest) {
  const FlagRow flag = with_evidence(
      {{"a", "x", "1", "y", "2", true}, {"b", "x", "3", "y", "4", true}, {"c", "x", "5"}});
  const EvidenceColumns columns({&flag}, 3);
  ASSERT_TRUE(columns.has_rest());
  const auto cells = columns.lay_out(flag);
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_EQ(cells[2].text, "3");
  EXPECT_EQ(cells[3].text, "b：3 ≠ 4；c：5");
}

TEST(EvidenceColumns, NoFlagsNoColumns) {
  const EvidenceColumns columns(std::vector<const FlagRow*>{});
  EXPECT_TRUE(columns.keys().empty());
  EXPECT_FALSE(columns.has_rest());
}

}  // namespace
}  // namespace bidui::connectors::report
