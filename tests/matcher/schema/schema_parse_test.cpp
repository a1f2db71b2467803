#include "matcher/schema/schema_parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <numeric>

#include "tests/matcher/schema/case_table.h"

namespace bidui::schema {
namespace {

using ::testing::HasSubstr;

// A schema with `fields` as its fields and `extra` as further keys.
Result<Schema> parse_fields(const std::string& fields, const std::string& extra = "") {
  return parse_schema(
      R"({"source": "s", "title": "甲", "title_en": "A", "fields": [)" + fields + "]" + extra + "}",
      "s.json");
}

constexpr const char* kName =
    R"({"id": "name", "title": "姓名", "type": "person_name", "headers": ["姓名"]})";

TEST(SchemaParseTest, EachShippedSchemaParses) {
  for (const char* source :
       {"poverty", "allowance", "housing", "civil", "relocation", "death", "vehicle", "business",
        "payroll", "disability", "marriage", "real_estate"}) {
    const Schema& schema = shipped_schema(source);
    EXPECT_EQ(schema.source, source);
    EXPECT_FALSE(schema.key.empty()) << source;
    const auto name = schema.find_field("name");
    ASSERT_TRUE(name.has_value()) << source;
    EXPECT_EQ(schema.fields[*name].requirement, Requirement::kValue) << source;
  }
  EXPECT_FALSE(shipped_schema("housing").person_once);
  EXPECT_EQ(shipped_schema("allowance").key.size(), 2u);
}

std::string joined_ids(const Schema& schema, const std::vector<std::size_t>& fields) {
  std::string text;
  for (const std::size_t f : fields) text += (text.empty() ? "" : " ") + schema.fields[f].id;
  return text;
}

TEST(SchemaParseTest, FieldsOfStoredRecordsKeepTheirPlaces) {
  for (const CaseRow& row : read_cases("schema/fields.tsv")) {
    const Schema& schema = shipped_schema(row.cells[0]);
    EXPECT_EQ(joined_ids(schema, schema.key), row.cells[1]) << row.where;
    EXPECT_EQ(schema.household ? schema.fields[*schema.household].id : "-", row.cells[2])
        << row.where;
    std::vector<std::size_t> all(schema.fields.size());
    std::iota(all.begin(), all.end(), 0u);
    EXPECT_EQ(joined_ids(schema, all), row.cells[3]) << row.where << ": append new fields there";
  }
}

// The core finds fields by these ids: where a source has one, its type is the same everywhere.
TEST(SchemaParseTest, SharedIdsMeanTheSameInEachSource) {
  std::map<std::string, SemanticType> types;
  for (const char* source :
       {"poverty", "allowance", "housing", "civil", "relocation", "death", "vehicle", "business",
        "payroll", "disability", "marriage", "real_estate"}) {
    for (const Field& field : shipped_schema(source).fields) {
      if (field.id == "member_no" || field.id == "marital" || field.id == "remark") continue;
      const auto [it, fresh] = types.try_emplace(field.id, field.type);
      EXPECT_EQ(it->second, field.type) << source << ": " << field.id;
    }
  }
}

TEST(SchemaParseTest, ReadsEveryProperty) {
  const auto schema = parse_fields(
      R"({"id": "state", "title": "状态", "type": "code", "headers": ["状 态"], "fill_down": true,
          "required": "column", "privacy": "sensitive",
          "codes": {"active": ["在保", "正常"], "stopped": ["停保"]}},
         {"id": "hh", "title": "户", "type": "household_identifier", "headers": ["户号"]},
         {"id": "sum", "title": "额", "type": "amount", "unit": "元", "headers": ["额"]})",
      R"(, "unit": "house", "person_once": false, "key": ["hh", "state"], "household": "hh")");
  ASSERT_TRUE(schema.has_value()) << schema.error().describe();
  EXPECT_EQ(schema->unit, RowUnit::kHouse);
  EXPECT_FALSE(schema->person_once);
  EXPECT_EQ(schema->key, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(schema->household, 1u);
  const Field& state = schema->fields[0];
  EXPECT_EQ(state.headers, (std::vector<std::string>{"状态", "state"}));
  EXPECT_TRUE(state.fill_down);
  EXPECT_EQ(state.requirement, Requirement::kColumn);
  EXPECT_EQ(state.privacy, Privacy::kSensitive);
  EXPECT_EQ(state.codes[0].title, "在保");
  EXPECT_EQ(schema->fields[2].unit, "元");
}

TEST(SchemaParseTest, EachErrorSaysWhereAndWhat) {
  struct Case {
    std::string fields, extra, place, message;
  };
  const std::string name = kName;
  const std::string head = R"({"id": "x", "title": "甲", "headers": ["甲"], "type": )";
  const std::vector<Case> cases = {
      {name, R"(, "keyy": [])", "s.json", R"("keyy": unknown key, did you mean "key"?)"},
      {name + "," + name, "", "s.json: fields[1] (name)", "declared twice"},
      {name, R"(, "key": ["nam"])", "s.json", R"("nam" is no field, did you mean "name"?)"},
      {name, R"(, "household": "hh")", "s.json", "is no field"},
      {head + R"("persn_name"})", "", "fields[0] (x)", R"(did you mean "person_name"?)"},
      {head + R"("amount"})", "", "fields[0] (x)", R"("unit": belongs to)"},
      {head + R"("text", "unit": "元"})", "", "fields[0] (x)", R"("unit": belongs to)"},
      {head + R"("code"})", "", "fields[0] (x)", "a code field needs its values"},
      {head + R"("code", "codes": {"a": ["甲"], "b": ["甲 "]}})", "", "codes", "two codes"},
      {head + R"("boolean", "codes": {"yes": ["甲"]}})", "", "fields[0] (x)", "of a boolean"},
      {head + R"("text", "required": "always"})", "", "fields[0] (x)", "known: optional"},
      {name + R"(,{"id": "n2", "title": "乙", "type": "text", "headers": ["姓　名"]})", "",
       "s.json", "same precedence"},
      {R"({"id": "Name", "title": "甲", "type": "text", "headers": ["甲"]})", "", "fields[0]",
       "snake_case"},
      {R"({"id": "n", "title": "甲", "type": "text", "headers": []})", "", "fields[0] (n)",
       "at least one spelling"},
      {R"(7)", "", "fields[0]", "must be an object"},
      {"", "", "s.json", "at least one field"},
  };
  for (const Case& c : cases) {
    const auto schema = parse_fields(c.fields, c.extra);
    ASSERT_FALSE(schema.has_value()) << c.message;
    EXPECT_THAT(schema.error().place, HasSubstr(c.place));
    EXPECT_THAT(schema.error().message, HasSubstr(c.message));
  }
  EXPECT_THAT(parse_schema("{", "s.json").error().describe(), HasSubstr("s.json: is not JSON"));
  EXPECT_FALSE(parse_schema("[]", "s.json").has_value());
}

}  // namespace
}  // namespace bidui::schema
