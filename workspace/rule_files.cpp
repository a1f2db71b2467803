#include "workspace/rule_files.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "matcher/base/bilingual_error.h"
#include "workspace/builtin_data.h"
#include "workspace/json_member.h"
#include "workspace/run_artefacts.h"
#include "workspace/workspace.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kCases = "rules/cases/";
constexpr std::string_view kProfiles = "profiles/";
constexpr std::string_view kDefaultProfile = "default";

std::optional<rule::NamedText> shipped_profile(std::string_view name) {
  const std::string path = std::string(kProfiles) + std::string(name) + ".json";
  const auto text = builtin_file(path);
  if (!text) return std::nullopt;
  return rule::NamedText{path, std::string(*text)};
}

std::string shipped_profile_names() {
  std::string names;
  for (const std::string_view path : list_builtin_files(kProfiles))
    names += (names.empty() ? "" : ", ") + std::filesystem::path(path).stem().string();
  return names;
}

// Those with which the newest run was evaluated; the shipped ones before the first, or where it was
// made before runs kept theirs.
Result<RuleFiles> files_in_force(const store::Store& store) {
  const Result<std::vector<store::RunInfo>> runs = store.runs();
  BIDUI_TRY(runs);
  if (!runs->empty()) {
    const Result<std::string> kept = store.read_artefact(runs->back().id, kRuleFilesArtefact);
    if (kept) return decode_rule_files(*kept);
    if (kept.error().code != ErrorCode::kNotFound) return kept.error();
  }
  return RuleFiles{.rules = shipped_rules(), .profile = {*shipped_profile(kDefaultProfile)}};
}

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

std::vector<std::string> named_instances(std::span<const rule::NamedText> files,
                                         std::span<const schema::Schema> schemas) {
  constexpr std::string_view kQuotes = "\"'";
  std::set<std::string> names;
  for (const rule::NamedText& file : files) {
    const std::string_view text = file.text;
    for (std::size_t at = text.find('@'); at != std::string_view::npos;
         at = text.find('@', at + 1)) {
      const std::size_t begin = text.find_last_of(kQuotes, at) + 1;  // 0 where there is none
      const std::size_t end = text.find_first_of(kQuotes, at);
      if (begin == 0 || end == std::string_view::npos) continue;
      const std::string_view name = text.substr(begin, end - begin);
      const bool known = std::ranges::any_of(schemas, [&](const schema::Schema& schema) {
        return schema.source == source_of_instance(name);
      });
      if (known && end > at + 1) names.emplace(name);
    }
  }
  return {names.begin(), names.end()};
}

Result<std::vector<rule::SourceType>> known_source_types(std::span<const rule::NamedText> files) {
  const Result<std::vector<schema::Schema>> schemas = builtin_schemas();
  BIDUI_TRY(schemas);
  std::vector<rule::SourceType> types;
  for (const schema::Schema& schema : *schemas)
    types.push_back(rule::source_type(schema.source, schema));
  for (const std::string& instance : named_instances(files, *schemas)) {
    const Result<const schema::Schema*> schema = find_schema(*schemas, instance);
    BIDUI_TRY(schema);
    types.push_back(rule::source_type(instance, **schema));
  }
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

Result<std::vector<rule::NamedText>> read_rule_directory(const std::filesystem::path& directory) {
  std::error_code failure;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory, failure)) {
    if (entry.path().extension() == ".json" && entry.is_regular_file())
      paths.push_back(entry.path());
  }
  if (failure)
    return bilingual_error(ErrorCode::kNotFound, "没有这个规则目录", "no such directory of rules",
                           directory.string());
  std::ranges::sort(paths);
  std::vector<rule::NamedText> files;
  for (const std::filesystem::path& path : paths) {
    auto file = read_rule_file(path);
    BIDUI_TRY(file);
    files.push_back(std::move(*file));
  }
  return files;
}

Result<std::vector<rule::NamedText>> own_rules(const RuleChoice& choice) {
  if (!choice.rules.empty()) return read_rule_directory(choice.rules);
  if (choice.workspace.empty()) return std::vector<rule::NamedText>{};
  const std::filesystem::path folder = choice.workspace / "rules";
  std::error_code failure;
  if (!std::filesystem::is_directory(folder, failure)) return std::vector<rule::NamedText>{};
  return read_rule_directory(folder);
}

Result<std::vector<rule::NamedText>> profile_layers(const RuleChoice& choice) {
  std::vector<rule::NamedText> layers = {*shipped_profile(kDefaultProfile)};
  std::filesystem::path own;
  if (!choice.profile.empty()) {
    if (auto shipped = shipped_profile(choice.profile)) {
      if (choice.profile != kDefaultProfile) layers.push_back(std::move(*shipped));
      return layers;
    }
    own = choice.profile;
  } else if (!choice.workspace.empty()) {
    own = choice.workspace / "profile.json";
    std::error_code failure;
    if (!std::filesystem::exists(own, failure)) return layers;
  }
  if (own.empty()) return layers;
  auto file = read_rule_file(own);
  if (!file) {
    const std::string names = shipped_profile_names();
    return bilingual_error(
        ErrorCode::kNotFound, "没有这个县配置：请给出文件，或自带配置的名称（" + names + "）",
        "no such profile: name a file, or one that ships (" + names + ")", own.string());
  }
  layers.push_back(std::move(*file));
  return layers;
}

Result<RuleFiles> rule_files(std::vector<rule::NamedText> own,
                             std::vector<rule::NamedText> profile) {
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
  return RuleFiles{.rules = std::move(own), .profile = std::move(profile)};
}

Result<RuleFiles> rule_files(const RuleChoice& choice) {
  auto own = own_rules(choice);
  BIDUI_TRY(own);
  auto profile = profile_layers(choice);
  BIDUI_TRY(profile);
  return rule_files(std::move(*own), std::move(*profile));
}

Result<rule::RuleSet> load_rule_set(std::vector<rule::SourceType> sources, const RuleFiles& files) {
  const Result<rule::Profile> profile = rule::Profile::parse(files.profile);
  BIDUI_TRY(profile);
  return rule::load_rules(std::move(sources), files.rules, *profile);
}

std::string encode_rule_files(const RuleFiles& files) {
  const auto list = [](const std::vector<rule::NamedText>& texts) {
    json::array all;
    for (const rule::NamedText& text : texts)
      all.push_back(json::object{{"name", text.name}, {"text", text.text}});
    return all;
  };
  return json::serialize(
      json::object{{"rules", list(files.rules)}, {"profile", list(files.profile)}});
}

Result<RuleFiles> decode_rule_files(std::string_view text) {
  const auto damaged = [] { return damaged_error("比对所用的规则", "the rules of a run"); };
  boost::system::error_code failure;
  const json::value root = json::parse(text, failure);
  if (failure || !root.is_object()) return damaged();
  RuleFiles files;
  for (const auto& [key, target] :
       {std::pair("rules", &files.rules), std::pair("profile", &files.profile)}) {
    const json::value* const all = root.get_object().if_contains(key);
    if (all == nullptr || !all->is_array()) return damaged();
    for (const json::value& one : all->get_array()) {
      const json::object* const object = one.if_object();
      if (object == nullptr) return damaged();
      target->push_back({text_of(*object, "name"), text_of(*object, "text")});
    }
  }
  return files;
}

Result<rule::Profile> profile_in_force(const store::Store& store) {
  const Result<RuleFiles> files = files_in_force(store);
  BIDUI_TRY(files);
  return rule::Profile::parse(files->profile);
}

namespace {

Result<std::vector<rule::Rule>> rules_in(const RuleFiles& files) {
  const Result<rule::Profile> profile = rule::Profile::parse(files.profile);
  BIDUI_TRY(profile);
  std::vector<rule::Rule> rules;
  for (const rule::NamedText& file : files.rules) {
    Result<rule::Rule> rule = rule::parse_rule(file);
    BIDUI_TRY(rule);
    rules.push_back(std::move(*rule));
  }
  std::vector<rule::Rule> switched_off;
  BIDUI_TRY(profile->apply(rules, switched_off));
  std::ranges::move(switched_off, std::back_inserter(rules));
  return rules;
}

}  // namespace

Result<std::vector<rule::Rule>> rules_in_force(const store::Store& store) {
  const Result<RuleFiles> files = files_in_force(store);
  BIDUI_TRY(files);
  return rules_in(*files);
}

Result<std::vector<rule::Rule>> rules_of_run(const store::Store& store, std::string_view run_id) {
  const Result<std::string> kept = store.read_artefact(run_id, kRuleFilesArtefact);
  if (!kept && kept.error().code == ErrorCode::kNotFound) return std::vector<rule::Rule>{};
  BIDUI_TRY(kept);
  const Result<RuleFiles> files = decode_rule_files(*kept);
  BIDUI_TRY(files);
  return rules_in(*files);
}

}  // namespace bidui::workspace
