#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/workspace/test_workspace.h"
#include "workspace/column_mapping.h"
#include "workspace/infer_mapping.h"
#include "workspace/mapping_file.h"

namespace bidui::workspace {
namespace {

constexpr const char* kHeader = "家,人编号,列A,号,类,备用";
constexpr const char* kMapping = R"({"source":"poverty","columns":[
  {"header":"家","field":"household_no"},
  {"header":"人编号","field":"person_no","confidence":0.9,"because":"表头如此","examples":[]},
  {"header":"列A","field":"name"},
  {"header":"号","field":"id_number"},
  {"header":"类","field":"poverty_attribute"},
  {"header":"备用","field":null}]})";

class MappingTest : public WorkspaceTest {
 protected:
  Result<ImportReport> import_mapped(const std::string& header, const std::string& as_of,
                                     const std::string& mapping = {},
                                     const std::string& source = "poverty") {
    ImportOptions options{.instance = source, .as_of = as_of};
    options.files = {write_file("m" + as_of + ".csv",
                                header + "\nH1,P1,王小二,342826195307210564,一般贫困户,甲\n"
                                         "H1,P2,李四,,低保贫困户,乙\n")};
    if (!mapping.empty()) options.mapping = write_file("office.json", mapping);
    return import_delivery(workspace_, options);
  }
};

TEST_F(MappingTest, AMappingOnceGivenServesTheNextDeliveryWithoutAQuestion) {
  ASSERT_FALSE(import_mapped(kHeader, "2017-10-20")) << "nobody knows these headers";
  const auto first = import_mapped(kHeader, "2017-10-20", kMapping);
  ASSERT_TRUE(first) << first.error().describe();
  EXPECT_EQ(first->kept_mapping, "office.json");
  const auto next = import_mapped(kHeader, "2017-11-20");
  ASSERT_TRUE(next) << next.error().describe();
  EXPECT_EQ(next->files[0].mapping, "office.json");
  EXPECT_EQ(next->files[0].change, ShapeChange{});
  const auto all = records(next->delivery.id);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(field(all[0], "poverty", "name"), "王小二");
  EXPECT_EQ(field(all[0], "poverty", "household_no"), "H1");
  EXPECT_EQ(all[0].extras, std::vector<std::string>{"甲"});
  EXPECT_EQ(next->delivery.schema_hash, first->delivery.schema_hash);
}

struct ShapeCase {
  const char* header;
  ShapeChange change;
  const char* gone;  // the required column of which the refusal speaks, "" where it is read
};

TEST_F(MappingTest, AChangedShapeIsToldOrRefused) {
  ASSERT_TRUE(import_mapped(kHeader, "2017-10-20", kMapping));
  const ShapeCase cases[] = {
      {"人编号,家,列A,号,类,备用", {}, ""},
      {"家,人编号,列A,号,类,户属性", {.added = {"户属性"}, .gone = {"备用"}}, ""},
      {"家,人编号,列A,证件号码,类,备用", {.added = {"证件号码"}, .gone = {"号"}}, ""},
      {"家,人编号,列A（户主）,号,类,备用", {.rewritten = {{"列A", "列A（户主）"}}}, ""},
      {"家,人编号,列A,xx,类,备用", {}, "号"},
      {"家,人编号,xx,号,类,备用", {}, "列A"},
  };
  int day = 10;
  for (const ShapeCase& one : cases) {
    SCOPED_TRACE(one.header);
    const auto report = import_mapped(one.header, fmt::format("2017-11-{}", day++));
    if (*one.gone != '\0') {
      ASSERT_FALSE(report);
      EXPECT_THAT(report.error().message_zh, testing::HasSubstr(fmt::format("“{}”", one.gone)));
      EXPECT_THAT(report.error().message_zh, testing::HasSubstr("office.json"));
      EXPECT_THAT(report.error().message_zh, testing::HasSubstr("新的列：xx"));
      continue;
    }
    ASSERT_TRUE(report) << report.error().describe();
    EXPECT_EQ(report->files[0].change, one.change);
  }
}

TEST_F(MappingTest, OneThatHardlyFitsIsNotUsed) {
  ASSERT_TRUE(import_mapped(kHeader, "2017-10-20", kMapping));
  const auto report = import_mapped("户编号,人编号,姓名,证件号码,贫困户属性,备用", "2017-11-20");
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->files[0].mapping, "");
}

TEST_F(MappingTest, IsKeptInPlaceOfOneOfTheSameColumnsElseBesideIt) {
  const auto parse = [](std::string text) { return *parse_mapping("a.json", std::move(text)); };
  const std::string one = R"({"source":"poverty","columns":[{"header":"甲","field":"name"}]})";
  const std::string edited = R"({"source":"poverty","columns":[{"header":"甲","field":null}]})";
  const std::string other = R"({"source":"poverty","columns":[{"header":"乙","field":"name"}]})";
  const std::filesystem::path place = directory_.path();
  EXPECT_EQ(*keep_mapping(place, parse(one)), "a.json");
  EXPECT_EQ(*keep_mapping(place, parse(edited)), "a.json");
  EXPECT_EQ(*keep_mapping(place, parse(other)), "a-2.json");
  const auto kept = kept_mappings(place);
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 2U);
  EXPECT_EQ((*kept)[0].columns[0].header, "乙");
  EXPECT_EQ((*kept)[1].columns[0].field, "");
}

TEST_F(MappingTest, WhatIsWrongIsSaidWithItsPlace) {
  struct Wrong {
    const char* text;
    const char* says;
  };
  const Wrong cases[] = {
      {"{", "JSON"},
      {R"({"columns":[]})", "source"},
      {R"({"source":"poverty","columns":[]})", "至少须有一列"},
      {R"({"source":"poverty","columns":[{"header":"甲"}]})", "field"},
      {R"({"source":"poverty","columns":[{"header":"甲","feld":"name"}]})", "feld"},
      {R"({"source":"poverty","columns":[{"header":"甲","field":"name"},{"header":"乙","field":"name"}]})",
       "给了两列"},
      {R"({"source":"poverty","columns":[{"header":"甲","field":"nam"}]})", "“nam”"},
      {R"({"source":"civil","columns":[{"header":"甲","field":"name"}]})", "civil"},
  };
  for (const Wrong& one : cases) {
    SCOPED_TRACE(one.text);
    const auto report = import_mapped(kHeader, "2017-10-20", one.text);
    ASSERT_FALSE(report);
    EXPECT_THAT(report.error().describe() + report.error().message_zh,
                testing::HasSubstr(one.says));
  }
  EXPECT_TRUE(kept_mappings(workspace_.directory())->empty());
}

// A source of the county's own: declared by a file, imported, opened again, compared.
TEST_F(MappingTest, ADeclaredSourceIsOneOfTheSources) {
  const std::string csv =
      "学籍编号,学生,身份证件\nX1,王小二,342826195307210564\nX2,李四,34282619480217059X\n"
      "X3,张三,342826197601030598\nX4,陈云国,342826195108288529\nX5,黄兴军,342826197208260274\n";
  const auto inferred = infer_mapping(
      workspace_.schemas(),
      {.file = write_file("aid.csv", csv), .source = "student_aid", .title = "学生资助"});
  ASSERT_TRUE(inferred) << inferred.error().describe();
  ImportOptions options{.instance = "student_aid", .as_of = "2017-11-20"};
  options.files = {write_file("aid.csv", csv)};
  EXPECT_EQ(import_delivery(workspace_, options).error().code, ErrorCode::kNotFound);
  options.mapping = write_file("aid.json", inferred->text());
  const auto report = import_delivery(workspace_, options);
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->delivery.record_count, 5U);
  ASSERT_TRUE(import("civil", {write_file("c.csv",
                                          "人员编号,户号,姓名,公民身份号码\n"
                                          "C1,F1,王小二,342826195307210564\n")}));
  EXPECT_EQ((*workspace_.schema_of("student_aid"))->title, "学生资助");
  // With deliveries, a declaration may only grow.
  const std::string schema = std::string(workspace_.schema_text("student_aid"));
  std::string retyped = schema;
  retyped.replace(retyped.find("id_number\",\"title"), 9, "xd_number");
  EXPECT_EQ(workspace_.declare_source(retyped, "x").error().code, ErrorCode::kConflict);
  std::string shipped = schema;
  shipped.replace(shipped.find("student_aid"), 11, "civil");
  EXPECT_EQ(workspace_.declare_source(shipped, "x").error().code, ErrorCode::kConflict);
  const auto known = known_schemas(workspace_.directory());
  ASSERT_TRUE(known);
  EXPECT_EQ(known->back().source, "student_aid");
}

}  // namespace
}  // namespace bidui::workspace
