#include "workspace/workspace.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <fstream>
#include <iterator>
#include <system_error>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/schema_parse.h"
#include "workspace/builtin_data.h"
#include "workspace/text_file.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view kConfigName = "bidui.json";
constexpr std::string_view kStoreName = "store";
constexpr std::string_view kSourcesName = "sources";

Status write_config(const fs::path& directory, const WorkspaceConfig& config) {
  std::ofstream file(directory / kConfigName, std::ios::binary | std::ios::trunc);
  file << json::serialize(json::object{{"format", 1}, {"division", config.division}}) << "\n";
  file.close();
  if (!file)
    return errno_error("无法写入配置文件", "cannot write the configuration", directory.string());
  return {};
}

Result<WorkspaceConfig> read_config(const fs::path& directory) {
  const fs::path path = directory / kConfigName;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return bilingual_error(ErrorCode::kNotFound, "这里没有工作区；先运行 bidui init -w DIR",
                           "no workspace here; make one with: bidui init -w DIR",
                           directory.string());
  }
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure);
  const json::object* const object = failure ? nullptr : value.if_object();
  const json::value* const division = object != nullptr ? object->if_contains("division") : nullptr;
  if (division == nullptr || !division->is_string()) {
    return bilingual_error(ErrorCode::kBadInput, "工作区的配置文件已损坏；请用备份恢复",
                           "the workspace's configuration is damaged; restore a backup",
                           path.string());
  }
  return WorkspaceConfig{.division = std::string(division->as_string())};
}

Error source_taken(const std::string& source, std::string place) {
  return bilingual_error(
      ErrorCode::kConflict, "来源“" + source + "”已经有了，不能再声明；请换一个名称",
      "source \"" + source + "\" is there already; give another name", std::move(place));
}

// Whether records stored by `before` read the same by `after`: fields may only be added behind.
bool only_adds_fields(const schema::Schema& before, const schema::Schema& after) {
  if (after.fields.size() < before.fields.size() || before.key != after.key ||
      before.household != after.household || before.unit != after.unit)
    return false;
  for (std::size_t f = 0; f < before.fields.size(); ++f) {
    if (before.fields[f].id != after.fields[f].id || before.fields[f].type != after.fields[f].type)
      return false;
  }
  return true;
}

}  // namespace

std::string_view source_of_instance(std::string_view instance) {
  return instance.substr(0, instance.find('@'));
}

Result<std::vector<schema::Schema>> builtin_schemas() {
  std::vector<schema::Schema> schemas;
  for (const std::string_view path : list_builtin_files("sources/")) {
    Result<schema::Schema> schema = schema::parse_schema(*builtin_file(path), path);
    BIDUI_TRY(schema);
    schemas.push_back(std::move(*schema));
  }
  return schemas;
}

Result<std::vector<schema::Schema>> known_schemas(
    const fs::path& workspace, std::vector<std::pair<std::string, std::string>>* own_texts) {
  Result<std::vector<schema::Schema>> schemas = builtin_schemas();
  BIDUI_TRY(schemas);
  std::vector<fs::path> paths;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(workspace / kSourcesName, failure)) {
    if (entry.path().extension() == ".json" && entry.is_regular_file())
      paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    Result<schema::Schema> schema = schema::parse_schema(text, path.string());
    BIDUI_TRY(schema);
    if (find_schema(*schemas, schema->source)) return source_taken(schema->source, path.string());
    if (own_texts != nullptr) own_texts->emplace_back(schema->source, std::move(text));
    schemas->push_back(std::move(*schema));
  }
  return schemas;
}

Result<Workspace> Workspace::create(const fs::path& directory, const WorkspaceConfig& config,
                                    const fs::path& key_file) {
  std::error_code failure;
  if (fs::exists(directory, failure) && !fs::is_empty(directory, failure)) {
    const bool is_workspace = fs::exists(directory / kConfigName, failure);
    return bilingual_error(ErrorCode::kConflict,
                           is_workspace ? "这里已经有工作区，可以直接使用；要另建请换一个目录"
                                        : "目录不是空的；请换一个目录",
                           is_workspace
                               ? "there is a workspace here already; use it, or name another"
                               : "the directory is not empty; name another",
                           directory.string());
  }
  fs::create_directories(directory / "reports", failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot create the directory", directory.string());
  Result<store::Store> store = store::Store::create(
      directory / kStoreName, key_file.empty() ? store::default_key_file(directory) : key_file);
  BIDUI_TRY(store);
  BIDUI_TRY(write_config(directory, config));
  Result<std::vector<schema::Schema>> schemas = builtin_schemas();
  BIDUI_TRY(schemas);
  Workspace workspace;
  workspace.directory_ = directory;
  workspace.config_ = config;
  workspace.store_ = std::make_unique<store::Store>(std::move(*store));
  workspace.schemas_ = std::make_unique<std::vector<schema::Schema>>(std::move(*schemas));
  return workspace;
}

Result<Workspace> Workspace::open(const fs::path& directory, store::Access access,
                                  const fs::path& key_file) {
  Result<WorkspaceConfig> config = read_config(directory);
  BIDUI_TRY(config);
  Result<store::Store> store =
      store::Store::open(directory / kStoreName, access,
                         key_file.empty() ? store::default_key_file(directory) : key_file);
  BIDUI_TRY(store);
  Workspace workspace;
  Result<std::vector<schema::Schema>> schemas = known_schemas(directory, &workspace.own_texts_);
  BIDUI_TRY(schemas);
  workspace.directory_ = directory;
  workspace.config_ = std::move(*config);
  workspace.store_ = std::make_unique<store::Store>(std::move(*store));
  workspace.schemas_ = std::make_unique<std::vector<schema::Schema>>(std::move(*schemas));
  return workspace;
}

std::uint32_t Workspace::county_code() const {
  std::uint32_t code = 0;
  std::from_chars(config_.division.data(),
                  config_.division.data() + std::min<std::size_t>(config_.division.size(), 6),
                  code);
  return code;
}

std::string_view Workspace::schema_text(std::string_view source) const {
  const std::string_view name = source_of_instance(source);
  for (const auto& [own, text] : own_texts_) {
    if (own == name) return text;
  }
  return *builtin_file("sources/" + std::string(name) + ".json");
}

Status Workspace::declare_source(std::string_view text, const std::string& place) {
  Result<schema::Schema> schema = schema::parse_schema(text, place);
  BIDUI_TRY(schema);
  const auto own =
      std::ranges::find(own_texts_, schema->source, &std::pair<std::string, std::string>::first);
  if (own == own_texts_.end() && schema_of(schema->source))
    return source_taken(schema->source, place);
  if (own != own_texts_.end()) {
    if (own->second == text) return {};
    const auto delivered = [&](const store::DeliveryInfo& d) { return d.source == schema->source; };
    const bool used = std::ranges::any_of(store_->deliveries(), delivered) ||
                      std::ranges::any_of(store_->held_deliveries(), delivered);
    if (used && !only_adds_fields(**schema_of(schema->source), *schema))
      return bilingual_error(
          ErrorCode::kConflict,
          "来源“" + schema->source +
              "”已按原来的声明导入过数据：新声明只能在末尾增加字段；要改别的，先撤回这些数据",
          "source \"" + schema->source +
              "\" has deliveries by its earlier declaration: a new one may only add fields at the "
              "end; withdraw them to change anything else",
          place);
  }
  std::error_code failure;
  fs::create_directories(directory_ / kSourcesName, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot create the directory",
                        (directory_ / kSourcesName).string());
  BIDUI_TRY(write_text_file(directory_ / kSourcesName / (schema->source + ".json"), text));
  if (own != own_texts_.end()) {
    own->second = std::string(text);
    *std::ranges::find(*schemas_, schema->source, &schema::Schema::source) = std::move(*schema);
  } else {
    own_texts_.emplace_back(schema->source, std::string(text));
    schemas_->push_back(std::move(*schema));
  }
  return {};
}

Result<const schema::Schema*> Workspace::schema_of(std::string_view source) const {
  return find_schema(*schemas_, source);
}

Result<const schema::Schema*> find_schema(std::span<const schema::Schema> schemas,
                                          std::string_view source) {
  std::string known_zh;
  std::string known_en;
  for (const schema::Schema& schema : schemas) {
    if (schema.source == source_of_instance(source)) return &schema;
    known_zh += (known_zh.empty() ? "" : "、") + schema.source;
    known_en += (known_en.empty() ? "" : ", ") + schema.source;
  }
  const std::string name(source);
  return bilingual_error(ErrorCode::kNotFound, "没有来源“" + name + "”；现有：" + known_zh,
                         "unknown source \"" + name + "\"; known are: " + known_en);
}

}  // namespace bidui::workspace
