// A mapping (列对照): which column of a file of one shape is which field of a source, written by
// `bidui schema infer`, edited and kept by the data officer. JSON, as the schemas are:
//
//   { "source": "poverty",                   or an instance, housing@county
//     "columns": [
//       { "header": "证件号码", "field": "id_number", "confidence": 0.99,
//         "because": "…", "examples": ["…"] },     the last three are for people
//       { "header": "属性", "field": "poverty_attribute",
//         "codes": { "一般户": "general" } },        spellings that the schema lacks
//       { "header": "备注", "field": null } ],      kept without a field
//     "schema": { … } }                      of a source that the program does not know
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::workspace {

struct MappedHeader {
  std::string header{};  // as it stands in the file
  std::string field{};   // id; "" = none
  // Of a code field: further spellings, folded, and the code that each stands for.
  std::vector<std::pair<std::string, std::string>> codes{};
};

struct MappingFile {
  std::string name{};    // of the file, without directories
  std::string source{};  // "poverty", "housing@county"
  std::vector<MappedHeader> columns{};
  std::string schema{};  // JSON text, "" where the source is known
  std::string text{};    // the file as it is

  // Whether it is meant for deliveries of the instance.
  bool is_for(std::string_view instance) const;
};

// Errors: kBadInput with file, line and column.
Result<MappingFile> parse_mapping(std::string name, std::string text);
// kNotFound, kIo as well.
Result<MappingFile> read_mapping(const std::filesystem::path& path);

// Those kept in the workspace's folder mappings/, by name; none where there is no folder.
Result<std::vector<MappingFile>> kept_mappings(const std::filesystem::path& workspace);

// Keeps the mapping for the next delivery: in place of one of the same columns, else beside those
// that there are. The name that it has there. kIo.
Result<std::string> keep_mapping(const std::filesystem::path& workspace,
                                 const MappingFile& mapping);

}  // namespace bidui::workspace
