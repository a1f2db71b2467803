// The shipped rules and the source types that tests hold them against.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "matcher/rule/rule_set.h"

namespace bidui::rule {

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::filesystem::path source_path(const std::string& relative) {
  return std::filesystem::path(BIDUI_SOURCE_DIR) / relative;
}

inline FieldType parse_field_type(std::string_view name) {
  if (name == "code") return FieldType::kCode;
  if (name == "date") return FieldType::kDate;
  if (name == "number") return FieldType::kNumber;
  return name == "boolean" ? FieldType::kBoolean : FieldType::kText;
}

// tests/cases/rule/sources.json, which follows schemas/sources.
inline std::vector<SourceType> test_sources() {
  std::vector<SourceType> sources;
  const auto json = boost::json::parse(read_text(source_path("tests/cases/rule/sources.json")));
  for (const auto& source : json.as_array()) {
    SourceType type{.name = std::string(source.at("name").as_string()), .fields = {}};
    for (const auto& item : source.at("fields").as_array()) {
      const auto& object = item.as_object();
      Field field{.name = std::string(object.at("name").as_string()),
                  .type = parse_field_type(object.at("type").as_string().c_str()),
                  .title = std::string(object.at("title").as_string()),
                  .personal = object.contains("personal")};
      if (object.contains("codes")) {
        for (const auto& code : object.at("codes").as_array()) {
          field.codes.emplace_back(code.as_string());
        }
      }
      type.fields.push_back(std::move(field));
    }
    sources.push_back(std::move(type));
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
