#include "matcher/schema/header_mapping.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/matcher/schema/case_table.h"

namespace bidui::schema {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, '|');) parts.push_back(part);
  return parts;
}

// The field id that each column was mapped to, "-" for none.
std::vector<std::string> field_ids(const Schema& schema, const HeaderMapping& mapping,
                                   std::size_t columns) {
  std::vector<std::string> ids(columns, "-");
  for (std::size_t field = 0; field < schema.fields.size(); ++field) {
    if (const auto column = mapping.column(field)) ids[*column] = schema.fields[field].id;
  }
  return ids;
}

TEST(HeaderMappingTest, MapsEachCase) {
  for (const CaseRow& row : read_cases("schema/headers.tsv")) {
    ASSERT_GE(row.cells.size(), 3u) << row.where;
    const Schema& schema = shipped_schema(row.cells[0]);
    const std::vector<std::string> cells = split(row.cells[1]);
    const auto mapping = map_headers(schema, cells);
    ASSERT_TRUE(mapping.has_value()) << row.where << ": " << mapping.error().describe();
    EXPECT_EQ(field_ids(schema, *mapping, cells.size()), split(row.cells[2])) << row.where;
  }
}

TEST(HeaderMappingTest, OrderOfColumnsDoesNotMatter) {
  for (const CaseRow& row : read_cases("schema/headers.tsv")) {
    const Schema& schema = shipped_schema(row.cells[0]);
    std::vector<std::string> cells = split(row.cells[1]), expected = split(row.cells[2]);
    std::reverse(cells.begin(), cells.end());
    std::reverse(expected.begin(), expected.end());
    const auto mapping = map_headers(schema, cells);
    ASSERT_TRUE(mapping.has_value()) << row.where;
    EXPECT_EQ(field_ids(schema, *mapping, cells.size()), expected) << row.where;
  }
}

TEST(HeaderMappingTest, MissingColumnsAreListedWithWhatWasRecognised) {
  const std::vector<std::string> cells = {"姓名", "性别", "民族", "爱好"};
  const auto mapping = map_headers(shipped_schema("poverty"), cells);
  ASSERT_FALSE(mapping.has_value());
  EXPECT_EQ(mapping.error().code, ErrorCode::kBadInput);
  EXPECT_THAT(mapping.error().message, HasSubstr("household_no (户编号/户编码"));
  EXPECT_THAT(mapping.error().message, HasSubstr("姓名=name"));
  EXPECT_THAT(mapping.error().message, HasSubstr("not recognised: 爱好"));
}

TEST(HeaderMappingTest, ErrorNamesNobodyWhenTheRowMayHoldPeople) {
  const std::vector<std::string> cells = {"王小二", "110105194912310021", "男"};
  const auto mapping = map_headers(shipped_schema("civil"), cells);
  ASSERT_FALSE(mapping.has_value());
  EXPECT_THAT(mapping.error().message, Not(HasSubstr("王小二")));
  EXPECT_THAT(mapping.error().message, Not(HasSubstr("110105")));
}

TEST(HeaderMappingTest, LooseMatchOnlyWhereUnique) {
  const Schema& schema = shipped_schema("housing");
  const std::size_t phone = *schema.find_field("phone");
  const std::vector<std::string> one = {"户主姓名", "农户手机号"};
  const auto mapping = map_headers(schema, one);
  ASSERT_TRUE(mapping.has_value());
  ASSERT_EQ(mapping->column(phone), 1u);
  EXPECT_EQ(mapping->fields[phone]->match, HeaderMatch::kLoose);
  const std::vector<std::string> two = {"户主姓名", "农户手机号", "村干部手机号"};
  EXPECT_EQ(map_headers(schema, two)->column(phone), 1u) << "a cadre's phone is another person's";
  const std::vector<std::string> both = {"户主姓名", "农户手机号", "常用手机号"};
  EXPECT_EQ(map_headers(schema, both)->column(phone), std::nullopt);
}

TEST(HeaderMappingTest, NotesColumnsThatCouldHaveServed) {
  const Schema& schema = shipped_schema("poverty");
  const std::vector<std::string> cells = {"户编号", "姓名", "证件号码", "人联系电话", "户联系电话"};
  const auto mapping = map_headers(schema, cells);
  ASSERT_TRUE(mapping.has_value());
  ASSERT_EQ(mapping->ambiguous.size(), 1u);
  EXPECT_EQ(mapping->ambiguous[0].chosen, 4u);
  EXPECT_EQ(mapping->ambiguous[0].rejected, std::vector<std::size_t>{3});
  EXPECT_EQ(mapping->unmapped, std::vector<std::size_t>{3});
}

TEST(HeaderMappingTest, KeepsTheBracketForTheUnit) {
  const Schema& schema = shipped_schema("housing");
  const std::vector<std::string> cells = {"户主姓名", "补助资金（万元）"};
  const auto mapping = map_headers(schema, cells);
  ASSERT_TRUE(mapping.has_value());
  const auto& subsidy = mapping->fields[*schema.find_field("subsidy")];
  ASSERT_TRUE(subsidy.has_value());
  EXPECT_EQ(subsidy->bracket, "万元");
}

TEST(HeaderMappingTest, CountsWhatIsRecognised) {
  const Schema& schema = shipped_schema("poverty");
  const std::vector<std::string_view> header = {"序号", "姓名", "性别", "", "爱好"};
  EXPECT_EQ(recognised_count(schema, header), 3u);
  const std::vector<std::string_view> title = {"某县2017年建档立卡贫困人口花名册", "", ""};
  EXPECT_EQ(recognised_count(schema, title), 0u);
}

}  // namespace
}  // namespace bidui::schema
