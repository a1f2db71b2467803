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

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view kConfigName = "bidui.json";
constexpr std::string_view kStoreName = "store";

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
  Result<std::unique_ptr<KnownSources>> sources = KnownSources::read(directory);
  BIDUI_TRY(sources);
  Workspace workspace;
  workspace.directory_ = directory;
  workspace.config_ = config;
  workspace.store_ = std::make_shared<store::Store>(std::move(*store));
  workspace.sources_ = std::move(*sources);
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
  Result<std::unique_ptr<KnownSources>> sources = KnownSources::read(directory);
  BIDUI_TRY(sources);
  Workspace workspace;
  workspace.directory_ = directory;
  workspace.config_ = std::move(*config);
  workspace.store_ = std::make_shared<store::Store>(std::move(*store));
  workspace.sources_ = std::move(*sources);
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
  return sources_->text(source_of_instance(source));
}

Status Workspace::declare_source(std::string_view text, const std::string& place) {
  return sources_->declare(text, place, [&](const std::string& source) {
    const auto is_of = [&](const store::DeliveryInfo& d) { return d.source == source; };
    return std::ranges::any_of(store_->deliveries(), is_of) ||
           std::ranges::any_of(store_->held_deliveries(), is_of);
  });
}

Result<const schema::Schema*> Workspace::schema_of(std::string_view source) const {
  return find_schema(sources_->schemas(), source);
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
