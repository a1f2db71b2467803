// The shipped rules and the source types that tests hold them against.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "matcher/rule/rule_set.h"
#include "matcher/schema/schema_parse.h"

namespace bidui::rule {

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::filesystem::path source_path(const std::string& relative) {
  return std::filesystem::path(BIDUI_SOURCE_DIR) / relative;
}

// All that schemas/sources declares; the first ones in the order that the small worlds of the tests
// count on.
inline std::vector<SourceType> test_sources() {
  std::vector<std::string> names = {"poverty", "allowance",  "housing",
                                    "civil",   "relocation", "death"};
  std::vector<std::string> others;
  for (const auto& entry : std::filesystem::directory_iterator(source_path("schemas/sources"))) {
    const std::string name = entry.path().stem().string();
    if (std::find(names.begin(), names.end(), name) == names.end()) others.push_back(name);
  }
  std::sort(others.begin(), others.end());
  names.insert(names.end(), others.begin(), others.end());
  std::vector<SourceType> sources;
  for (const std::string& name : names) {
    const std::string place = "schemas/sources/" + name + ".json";
    const auto schema = schema::parse_schema(read_text(source_path(place)), place);
    if (!schema) throw std::runtime_error(schema.error().describe());
    sources.push_back(source_type(name, *schema));
  }
  return sources;
}

// All files schemas/rules/*.json, by name.
inline std::vector<NamedText> shipped_rules() {
  std::vector<NamedText> files;
  for (const auto& entry : std::filesystem::directory_iterator(source_path("schemas/rules"))) {
    if (entry.path().extension() != ".json") continue;
    files.push_back({entry.path().filename().string(), read_text(entry.path())});
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

}  // namespace bidui::rule
