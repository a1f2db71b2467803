#include "workspace/field_tally.h"

#include <gtest/gtest.h>
#include <sstream>

#include "matcher/schema/schema_parse.h"

namespace bidui::workspace {
namespace {

using Classes = std::map<std::string, std::uint64_t>;

struct TallyCase {
  const char* type;   // of the field, with what it needs
  const char* cells;  // separated by |
  std::uint64_t filled;
  std::uint64_t unreadable;
  Classes classes;
};

schema::Schema schema_with(const std::string& type) {
  const auto parsed = schema::parse_schema(
      R"({"source":"s","title":"t","title_en":"t","key":[],"fields":[{"id":"f","title":"f",)"
      R"("headers":["f"],"type":)" +
          type + "}]}",
      "test");
  EXPECT_TRUE(parsed) << parsed.error().describe();
  return *parsed;
}

TEST(FieldTally, CountsCellsByClass) {
  const TallyCase cases[] = {
      {R"("code","codes":{"out":["已脱贫"],"in":["未脱贫"]})",
       "已脱贫|未脱贫|已脱贫||？",
       4,
       1,
       {{"out", 2}, {"in", 1}}},
      {R"("sex")", "男|女|1|x", 4, 1, {{"male", 2}, {"female", 1}}},
      {R"("relation")",
       "户主|妻|长子|孙女|外星人",
       5,
       1,
       {{"head", 1}, {"spouse", 1}, {"son", 1}, {"grandchild", 1}}},
      {R"("date")",
       "2017-11-20|20171120|2016.1|二〇一七年十一月|43059|没有",
       6,
       1,
       {{"2016", 1}, {"2017", 4}}},
      {R"("birth_date")", "1961-01-02|19690101|1970", 3, 0, {{"1960–1969", 2}, {"1970–1979", 1}}},
      {R"("year")", "2015|2016年|3408261961", 3, 1, {{"2015", 1}, {"2016", 1}}},
      {R"("integer")",
       "0|3|3|11|20|21|100|101|无",
       9,
       1,
       {{"0", 1}, {"3", 2}, {"11–20", 2}, {"21–50", 1}, {"51–100", 1}, {"101–200", 1}}},
      {R"("amount","unit":"元")",
       "-5|2000.5|3万元",
       3,
       0,
       {{"<0", 1}, {"1001–2000", 1}, {"20001–50000", 1}}},
      {R"("person_name")",
       "王伟|欧阳小妹|王伟国|阿卜杜拉·买买提",
       4,
       0,
       {{"2", 1}, {"3", 1}, {"4", 1}, {"5+", 1}}},
      {R"("id_number")", "342826195307210564|34282619530721056|x", 3, 2, {}},
      {R"("phone")", "13800001234|0556-7821234|无", 3, 1, {}},
      {R"("text")", "a|b||c", 3, 0, {}},
      {R"("boolean")", "是|否|Y|?", 4, 1, {{"true", 2}, {"false", 1}}},
  };
  for (const TallyCase& one : cases) {
    SCOPED_TRACE(one.type);
    const schema::Schema schema = schema_with(one.type);
    FieldTally tally(schema.fields[0]);
    std::istringstream cells(one.cells);
    for (std::string cell; std::getline(cells, cell, '|');) tally.add(cell);
    const FieldStatistics counted = tally.finish();
    EXPECT_EQ(counted.filled, one.filled);
    EXPECT_EQ(counted.unreadable, one.unreadable);
    EXPECT_EQ(counted.classes, one.classes);
  }
}

TEST(FieldTally, PartsGiveTheSameAsTheWhole) {
  const schema::Schema schema = schema_with(R"("integer")");
  FieldTally whole(schema.fields[0]);
  FieldTally first(schema.fields[0]);
  FieldTally second(schema.fields[0]);
  for (int i = 0; i < 2000; ++i) {  // more different texts than are remembered
    const std::string cell = std::to_string(i * 7 % 400);
    whole.add(cell);
    (i % 3 == 0 ? first : second).add(cell);
  }
  second.merge(first);
  EXPECT_EQ(second.finish().classes, whole.finish().classes);
  EXPECT_EQ(second.finish().filled, 2000U);
}

}  // namespace
}  // namespace bidui::workspace
