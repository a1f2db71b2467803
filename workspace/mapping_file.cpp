#include "workspace/mapping_file.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/json_reader.h"
#include "matcher/schema/header.h"
#include "workspace/text_file.h"
#include "workspace/workspace.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;
using rule::JsonReader;

constexpr std::string_view kFolder = "mappings";
constexpr std::string_view kEnding = ".json";

Result<MappedHeader> read_column(const JsonReader& entry) {
  BIDUI_TRY(entry.allow_keys({"header", "field", "codes", "confidence", "because", "examples"}));
  const auto header = entry.member("header");
  BIDUI_TRY(header);
  auto text = header->text();
  BIDUI_TRY(text);
  MappedHeader column{.header = std::move(*text)};
  const auto field = entry.member("field");
  BIDUI_TRY(field);
  if (field->value().is_null()) return column;
  auto id = field->text();
  BIDUI_TRY(id);
  column.field = std::move(*id);
  if (!entry.has("codes")) return column;
  const JsonReader codes = *entry.member("codes");
  if (!codes.value().is_object())
    return codes.error({"须写作 { 写法: 代码 }", "is written { SPELLING: CODE }"});
  for (const auto& [spelling, code] : codes.value().as_object()) {
    if (!code.is_string())
      return codes.error({"须写作 { 写法: 代码 }", "is written { SPELLING: CODE }"});
    column.codes.emplace_back(schema::fold_value(std::string_view(spelling)),
                              std::string(code.as_string()));
  }
  return column;
}

Status read_columns(const JsonReader& list, MappingFile& mapping) {
  const auto entries = list.items();
  BIDUI_TRY(entries);
  for (const JsonReader& entry : *entries) {
    auto column = read_column(entry);
    BIDUI_TRY(column);
    const bool taken = !column->field.empty() &&
                       std::ranges::find(mapping.columns, column->field, &MappedHeader::field) !=
                           mapping.columns.end();
    if (taken)
      return entry.member("field")->error({"字段“" + column->field + "”给了两列",
                                           "the field '" + column->field + "' has two columns"});
    mapping.columns.push_back(std::move(*column));
  }
  if (!mapping.columns.empty()) return {};
  return list.error({"至少须有一列", "there must be one column at least"});
}

// The columns, whatever their order and their fields: what makes two files of one shape.
std::vector<std::string> shape_of(const MappingFile& mapping) {
  std::vector<std::string> shape;
  for (const MappedHeader& column : mapping.columns)
    shape.push_back(schema::fold_value(column.header));
  std::ranges::sort(shape);
  return shape;
}

}  // namespace

bool MappingFile::is_for(std::string_view instance) const {
  return source == instance || source == source_of_instance(instance);
}

Result<MappingFile> parse_mapping(std::string name, std::string text) {
  const auto file = rule::parse_json_file(name, text);
  BIDUI_TRY(file);
  const JsonReader root(**file);
  BIDUI_TRY(root.allow_keys({"source", "columns", "schema"}));
  MappingFile mapping{.name = fs::path(name).filename().string(), .text = std::move(text)};
  const auto source = root.member("source");
  BIDUI_TRY(source);
  auto source_name = source->text();
  BIDUI_TRY(source_name);
  mapping.source = std::move(*source_name);
  const auto columns = root.member("columns");
  BIDUI_TRY(columns);
  BIDUI_TRY(read_columns(*columns, mapping));
  if (root.has("schema")) mapping.schema = boost::json::serialize(root.member("schema")->value());
  return mapping;
}

Result<MappingFile> read_mapping(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return errno_error("无法打开列对照", "cannot open the mapping", path.string());
  if (fs::is_directory(path))
    return bilingual_error(ErrorCode::kNotFound, "这是目录，请给出列对照文件",
                           "this is a directory; name a mapping file", path.string());
  return parse_mapping(path.string(), {std::istreambuf_iterator<char>(in), {}});
}

Result<std::vector<MappingFile>> kept_mappings(const fs::path& workspace) {
  std::vector<fs::path> paths;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(workspace / kFolder, failure)) {
    if (entry.path().extension() == kEnding && entry.is_regular_file())
      paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<MappingFile> mappings;
  for (const fs::path& path : paths) {
    auto mapping = read_mapping(path);
    BIDUI_TRY(mapping);
    mappings.push_back(std::move(*mapping));
  }
  return mappings;
}

Result<std::string> keep_mapping(const fs::path& workspace, const MappingFile& mapping) {
  const auto kept = kept_mappings(workspace);
  BIDUI_TRY(kept);
  std::string name;
  for (const MappingFile& other : *kept) {
    if (other.source != mapping.source || shape_of(other) != shape_of(mapping)) continue;
    if (other.text == mapping.text) return other.name;
    name = other.name;
  }
  const std::string stem = fs::path(mapping.name).stem().string();
  for (int again = 1; name.empty(); ++again) {
    const std::string wanted =
        stem + (again == 1 ? "" : "-" + std::to_string(again)) + std::string(kEnding);
    if (std::ranges::find(*kept, wanted, &MappingFile::name) == kept->end()) name = wanted;
  }
  std::error_code failure;
  fs::create_directories(workspace / kFolder, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot create the directory",
                        (workspace / kFolder).string());
  BIDUI_TRY(write_text_file(workspace / kFolder / name, mapping.text));
  return name;
}

}  // namespace bidui::workspace
