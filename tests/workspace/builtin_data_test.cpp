#include "workspace/builtin_data.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "matcher/schema/schema_parse.h"

namespace bidui {
namespace {

TEST(BuiltinDataTest, EachShippedSchemaIsNamedForItsSource) {
  const auto paths = list_builtin_files("sources/");
  ASSERT_GE(paths.size(), 6u);
  for (const std::string_view path : paths) {
    const auto schema = schema::parse_schema(*builtin_file(path), path);
    ASSERT_TRUE(schema.has_value()) << schema.error().describe();
    EXPECT_EQ("sources/" + schema->source + ".json", path);
  }
}

TEST(BuiltinDataTest, HoldsTheBytesOfTheFile) {
  std::ifstream file(BIDUI_SOURCE_DIR "/schemas/sources/civil.json");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(builtin_file("sources/civil.json"), text.str());
}

TEST(BuiltinDataTest, UnknownPathsHaveNoContent) {
  EXPECT_EQ(builtin_file("sources/none.json"), std::nullopt);
  EXPECT_EQ(builtin_file(""), std::nullopt);
  EXPECT_TRUE(list_builtin_files("nowhere/").empty());
}

TEST(BuiltinDataTest, ListIsSorted) {
  const auto paths = list_builtin_files("");
  EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end()));
}

}  // namespace
}  // namespace bidui
