#include "matcher/schema/code_value.h"

#include <gtest/gtest.h>

#include "tests/matcher/schema/case_table.h"

namespace bidui::schema {
namespace {

TEST(CodeValueTest, RecognisesEachSpelling) {
  for (const CaseRow& row : read_cases("schema/codes.tsv")) {
    ASSERT_GE(row.cells.size(), 4u) << row.where;
    const Schema& schema = shipped_schema(row.cells[0]);
    const auto field = schema.find_field(row.cells[1]);
    ASSERT_TRUE(field.has_value()) << row.where;
    EXPECT_EQ(canonical_code(schema.fields[*field], row.cells[2]).value_or("-"), row.cells[3])
        << row.where;
  }
}

TEST(CodeValueTest, OtherTypesHaveNoCodes) {
  const Schema& schema = shipped_schema("poverty");
  EXPECT_EQ(canonical_code(schema.fields[*schema.find_field("name")], "是"), std::nullopt);
  EXPECT_EQ(canonical_code(schema.fields[*schema.find_field("exit_status")], ""), std::nullopt);
}

TEST(CodeValueTest, ReadsTruthValues) {
  EXPECT_EQ(parse_boolean(" 是 "), true);
  EXPECT_EQ(parse_boolean("Ｎ"), false);
  EXPECT_EQ(parse_boolean(""), std::nullopt);
  EXPECT_EQ(parse_boolean("2"), std::nullopt);
}

}  // namespace
}  // namespace bidui::schema
