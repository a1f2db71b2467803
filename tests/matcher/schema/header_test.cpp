#include "matcher/schema/header.h"

#include <gtest/gtest.h>

#include "tests/matcher/schema/case_table.h"

namespace bidui::schema {
namespace {

TEST(HeaderTest, NormalisesEachCase) {
  for (const CaseRow& row : read_cases("schema/normalise_header.tsv")) {
    ASSERT_GE(row.cells.size(), 3u) << row.where;
    const NormalHeader header = normalise_header(row.cells[0]);
    EXPECT_EQ(header.text, row.cells[1]) << row.where;
    EXPECT_EQ(header.bracket, row.cells[2] == "-" ? "" : row.cells[2]) << row.where;
  }
}

TEST(HeaderTest, NormalisingTwiceChangesNothing) {
  for (const CaseRow& row : read_cases("schema/headers.tsv")) {
    const std::string once = normalise_header(row.cells[1]).text;
    EXPECT_EQ(normalise_header(once).text, once) << row.where;
  }
}

TEST(HeaderTest, SurvivesBytesThatAreNotUtf8) {
  EXPECT_NO_FATAL_FAILURE(normalise_header("\xff\xfe(\xe5"));
  EXPECT_EQ(normalise_header("").text, "");
  EXPECT_EQ(normalise_header("(((").text, "");
}

}  // namespace
}  // namespace bidui::schema
