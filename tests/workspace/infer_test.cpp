#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <sstream>

#include "matcher/schema/schema_parse.h"
#include "tests/golden.h"
#include "tests/workspace/test_workspace.h"
#include "workspace/infer_mapping.h"
#include "workspace/mapping_file.h"

namespace bidui::workspace {
namespace {

const std::string kCases = "tests/cases/workspace/infer.tsv";
const std::string kSamples = BIDUI_SOURCE_DIR "/tests/fixtures/sample/";

std::vector<std::string> split(const std::string& line, char at) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, at);) cells.push_back(cell);
  return cells;
}

// header=field of a mapping's columns, in order; ? behind one that is not sure.
std::string columns_text(const InferredMapping& mapping) {
  std::string text;
  for (const InferredColumn& column : mapping.columns) {
    text += fmt::format("{}{}={}{}", text.empty() ? "" : " ", column.header,
                        column.field.empty() ? "-" : column.field,
                        !column.field.empty() && column.confidence < .6 ? "?" : "");
  }
  return text;
}

class InferTest : public WorkspaceTest {
 protected:
  Result<InferredMapping> infer(const std::filesystem::path& file, const std::string& source = {}) {
    return infer_mapping(workspace_.schemas(), {.file = file, .source = source});
  }
};

// A line: source (- to be found), headers and rows of cells by |, rows by /, what is proposed.
TEST_F(InferTest, ProposesWhatTheCasesSay) {
  std::ifstream cases(BIDUI_SOURCE_DIR "/" + kCases);
  ASSERT_TRUE(cases);
  int number = 0;
  for (std::string line; std::getline(cases, line);) {
    ++number;
    if (line.starts_with('#') || line.empty()) continue;
    SCOPED_TRACE(kCases + ":" + std::to_string(number));
    const auto cells = split(line, '\t');
    ASSERT_GE(cells.size(), 4U);
    std::string csv;
    for (const std::string& row : split(cells[1] + "/" + cells[2], '/')) {
      std::string text = row;
      std::ranges::replace(text, '|', ',');
      csv += text + "\n";
    }
    const auto mapping = infer(write_file("case.csv", csv), cells[0] == "-" ? "" : cells[0]);
    ASSERT_TRUE(mapping) << mapping.error().describe();
    EXPECT_EQ(columns_text(*mapping), cells[3]);
  }
}

// Each sample file is known for what it is, and every column is taken as import takes it.
TEST_F(InferTest, KnowsTheSampleFiles) {
  std::ifstream cases(BIDUI_SOURCE_DIR "/tests/cases/workspace/sample_import.tsv");
  int files = 0;
  for (std::string line; std::getline(cases, line);) {
    if (line.starts_with('#')) continue;
    const auto cells = split(line, '\t');
    SCOPED_TRACE(cells[1]);
    const auto mapping = infer(kSamples + cells[1]);
    ASSERT_TRUE(mapping) << mapping.error().describe();
    EXPECT_EQ(mapping->source, cells[0]);
    EXPECT_TRUE(mapping->missing.empty());
    EXPECT_EQ(mapping->next_source, "");
    const auto unsure = std::ranges::count_if(
        mapping->columns, [](const InferredColumn& c) { return c.confidence < .6; });
    EXPECT_EQ(unsure, 0) << columns_text(*mapping);
    ++files;
  }
  EXPECT_EQ(files, 10);
}

// The same columns under headers that say nothing: people, numbers, sexes and codes are known by
// their cells.
TEST_F(InferTest, KnowsColumnsByTheirCellsAlone) {
  std::ifstream in(kSamples + "建档立卡贫困人口.csv");
  std::string header;
  std::getline(in, header);
  const std::map<std::string, std::string> hidden = {
      {"姓名", "列A"},        {"证件号码", "号"},     {"性别", "男女"},
      {"民族", "族"},         {"与户主关系", "称谓"}, {"行政村", "所属"},
      {"户联系电话", "联系"}, {"贫困户属性", "类"},   {"户编号", "家"}};
  std::string csv;
  for (const std::string& name : split(header, ',')) {
    const auto at = hidden.find(name);
    csv += (csv.empty() ? "" : ",") + (at == hidden.end() ? name : at->second);
  }
  csv += "\n";
  std::ostringstream rest;
  rest << in.rdbuf();
  const auto mapping = infer(write_file("hidden.csv", csv + rest.str()), "poverty");
  ASSERT_TRUE(mapping) << mapping.error().describe();
  std::map<std::string, std::string> fields;
  for (const InferredColumn& column : mapping->columns) fields[column.header] = column.field;
  EXPECT_EQ(fields["列A"], "name");
  EXPECT_EQ(fields["号"], "id_number");
  EXPECT_EQ(fields["男女"], "sex");
  EXPECT_EQ(fields["族"], "ethnicity");
  EXPECT_EQ(fields["称谓"], "relation");
  EXPECT_EQ(fields["所属"], "village");
  EXPECT_EQ(fields["联系"], "phone");
  EXPECT_EQ(fields["类"], "poverty_attribute");
  EXPECT_EQ(fields["家"], "household_no");
}

std::string student_file() {
  std::string csv = "学籍编号,学生,身份证件,资助项目,资助金额(元),发放日期,家长电话,备注信息\n";
  const char* const surnames[] = {"王", "李", "张", "陈", "刘"};
  const char* const given[] = {"小明", "娟", "大伟", "晓", "芳", "建国", "丽", "海波"};
  const char* const ids[] = {"342826195307210564", "34282619480217059X", "342826197601030598",
                             "342826195108288529", "342826197208260274"};
  const char* const kinds[] = {"国家助学金", "雨露计划"};
  for (int i = 0; i < 40; ++i)
    csv += fmt::format("XJ{:06},{}{},{},{},{}.50,2017-{:02}-15,1380000{:04},\n", i, surnames[i % 5],
                       given[i % 8], ids[i % 5], kinds[i % 2], 500 + i, 1 + i % 12, i);
  return csv;
}

TEST_F(InferTest, DeclaresASourceThatNobodyKnows) {
  const auto path = write_file("aid.csv", student_file());
  const auto unnamed = infer(path);
  ASSERT_FALSE(unnamed);
  EXPECT_THAT(unnamed.error().message_zh, testing::HasSubstr("--source"));
  EXPECT_EQ(infer(path, "学生").error().code, ErrorCode::kInvalidArgument);
  const auto mapping = infer(path, "student_aid");
  ASSERT_TRUE(mapping) << mapping.error().describe();
  const auto schema = schema::parse_schema(mapping->schema, "aid");
  ASSERT_TRUE(schema) << schema.error().describe();
  EXPECT_EQ(schema->source, "student_aid");
  ASSERT_EQ(schema->key.size(), 1U);
  EXPECT_EQ(schema->fields[schema->key[0]].id, "xue_ji_bian_hao");
  EXPECT_EQ(
      columns_text(*mapping),
      "学籍编号=xue_ji_bian_hao? 学生=name 身份证件=id_number 资助项目=zi_zhu_xiang_mu "
      "资助金额(元)=zi_zhu_jin_e 发放日期=fa_fang_ri_qi 家长电话=phone 备注信息=bei_zhu_xin_xi?");
  EXPECT_FALSE(schema->person_once) << "five people on forty rows";
  const auto amount = schema->find_field("zi_zhu_jin_e");
  ASSERT_TRUE(amount);
  EXPECT_EQ(schema->fields[*amount].unit, "元");
  expect_golden_file("tests/cases/workspace/student_aid.json", mapping->text());
}

TEST_F(InferTest, AMappingHoldsNoOnesValues) {
  const auto mapping = infer(write_file("aid.csv", student_file()), "student_aid");
  ASSERT_TRUE(mapping);
  for (const char* const value : {"小明", "195307210564", "13800000001", "XJ000001"})
    EXPECT_EQ(mapping->text().find(value), std::string::npos) << value;
}

TEST_F(InferTest, AFileWithoutNamesCannotBeDeclared) {
  const auto mapping = infer(write_file("x.csv", "甲,乙\n1,2\n3,4\n5,6\n"), "new_one");
  ASSERT_FALSE(mapping);
  EXPECT_THAT(mapping.error().message_zh, testing::HasSubstr("姓名"));
}

}  // namespace
}  // namespace bidui::workspace
