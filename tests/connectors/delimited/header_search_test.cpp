#include "connectors/delimited/header_search.h"

#include <gtest/gtest.h>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

using Names = std::vector<std::string>;

std::optional<FoundHeader> find(std::string_view text) {
  return find_header(text, true, known_columns, {});
}

TEST(HeaderSearchTest, FindsTheHeaderBelowTitles) {
  const auto header = find(
      "××镇2017年农村低保花名册\n填报单位：千岭乡,,填报日期：\n\n户编号, 姓名 ,住址\n1,王,x\n");
  ASSERT_TRUE(header.has_value());
  EXPECT_EQ(header->first_row, 4u);
  EXPECT_EQ(header->columns, (Names{"户编号", "姓名", "住址"}));
}

TEST(HeaderSearchTest, FindsEachDelimiter) {
  for (const char delimiter : {',', '\t', ';', '|'}) {
    std::string text = "户编号#姓名#住址\n1#王,伟;#x\n";
    std::ranges::replace(text, '#', delimiter);
    const auto header = find(text);
    ASSERT_TRUE(header.has_value());
    EXPECT_EQ(header->delimiter, delimiter);
  }
}

TEST(HeaderSearchTest, TakesTheBestRowAndTheEarliestOfEqualOnes) {
  EXPECT_EQ(find("姓名,住址,\n户编号,姓名,住址\n1,2,3\n")->first_row, 2u);
  EXPECT_EQ(find("姓名,住址\n1,2\n姓名,住址\n")->first_row, 1u);
}

TEST(HeaderSearchTest, JoinsTwoRows) {
  const auto header =
      find("户编号,户主,,家庭成员,,住址\n,姓名,电话,姓名,身份证号,\n1,王,2,张,3,x\n");
  ASSERT_TRUE(header.has_value());
  EXPECT_EQ(header->columns, (Names{"户编号", "户主姓名", "电话", "姓名", "身份证号", "住址"}));
  EXPECT_EQ(header->rows.size(), 2u);
}

TEST(HeaderSearchTest, OneHeaderRowIsNotJoinedWithDataOrTitle) {
  EXPECT_EQ(find("户编号,姓名,住址\n,王,\n")->rows.size(), 1u);
  const auto header = find("花名册,,\n户编号,姓名,住址\n1,王,x\n");
  EXPECT_EQ(header->first_row, 2u);
  EXPECT_EQ(header->rows.size(), 1u);
}

TEST(HeaderSearchTest, ColumnsFollowTheRowsWhereOnlyBlankCellsDiffer) {
  EXPECT_EQ(find("姓名,住址\n王,x,\n张,y,\n小计,,\n")->columns, (Names{"姓名", "住址", ""}));
  EXPECT_EQ(find("姓名,住址,,\n王,x\n张,y\n")->columns, (Names{"姓名", "住址"}));
  EXPECT_EQ(find("姓名,住址\n王,x,\n张,y\n")->columns, (Names{"姓名", "住址"}));
  EXPECT_EQ(find("姓名,住址\n王,x,z\n张,y,z\n")->columns, (Names{"姓名", "住址"}));
}

TEST(HeaderSearchTest, FewerThanTwoKnownColumnsAreNoHeader) {
  EXPECT_FALSE(find("姓名,xxx,yyy\n1,2,3\n").has_value());
  EXPECT_FALSE(find("").has_value());
}

TEST(HeaderSearchTest, LooksAtTheFirstRowsOnly) {
  std::string text;
  for (int i = 0; i < 49; ++i) text += "x,y\n";
  EXPECT_TRUE(find(text + "姓名,住址\n").has_value());
  EXPECT_FALSE(find(text + "x,y\n姓名,住址\n").has_value());
}

TEST(HeaderSearchTest, ARefusalShowsNoRowWithNumbers) {
  const std::string text =
      "王伟,34082619780101001X,是\n名字,地址,某个非常非常非常非常长的表头单元格\n";
  EXPECT_EQ(describe_likeliest_row(text, true, known_columns, {}),
            "名字, 地址, 某个非常非常非常非常长的表头单元");
}

}  // namespace
}  // namespace bidui::connectors
