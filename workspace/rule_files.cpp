#include "workspace/rule_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "matcher/base/bilingual_error.h"
#include "workspace/builtin_data.h"
#include "workspace/workspace.h"

namespace bidui::workspace {
namespace {

constexpr std::string_view kCases = "rules/cases/";

}  // namespace

std::vector<rule::NamedText> shipped_rules() {
  std::vector<rule::NamedText> files;
  for (const std::string_view path : list_builtin_files("rules/")) {
    if (!path.starts_with(kCases))
      files.push_back({std::string(path), std::string(*builtin_file(path))});
  }
  return files;
}

std::optional<rule::NamedText> shipped_cases(std::string_view rule_id) {
  const std::string path = std::string(kCases) + std::string(rule_id) + ".json";
  const auto text = builtin_file(path);
  if (!text) return std::nullopt;
  return rule::NamedText{path, std::string(*text)};
}

Result<std::vector<rule::SourceType>> known_source_types() {
  const Result<std::vector<schema::Schema>> schemas = builtin_schemas();
  BIDUI_TRY(schemas);
  std::vector<rule::SourceType> types;
  for (const schema::Schema& schema : *schemas)
    types.push_back(rule::source_type(schema.source, schema));
  return types;
}

Result<rule::NamedText> read_rule_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return errno_error("无法打开规则文件", "cannot open the rule file", path.string());
  if (std::filesystem::is_directory(path))
    return bilingual_error(ErrorCode::kNotFound, "这是目录，请给出规则文件",
                           "this is a directory; name a rule file", path.string());
  return rule::NamedText{path.string(), {std::istreambuf_iterator<char>(in), {}}};
}

std::filesystem::path case_file_of(const std::filesystem::path& rule_file) {
  return rule_file.parent_path() / "cases" / rule_file.filename();
}

Result<rule::RuleSet> load_rules_with(std::vector<rule::NamedText> own,
                                      const std::optional<rule::NamedText>& profile) {
  std::set<std::string> ids;
  for (const rule::NamedText& file : own) {
    const Result<rule::Rule> rule = rule::parse_rule(file);
    BIDUI_TRY(rule);
    ids.insert(rule->id);
  }
  for (rule::NamedText& file : shipped_rules()) {
    const std::string id = std::filesystem::path(file.name).stem().string();
    if (!ids.contains(id)) own.push_back(std::move(file));
  }
  Result<std::vector<rule::SourceType>> types = known_source_types();
  BIDUI_TRY(types);
  return rule::load_rules(std::move(*types), own, profile);
}

}  // namespace bidui::workspace
