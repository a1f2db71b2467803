#include "workspace/known_sources.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/schema_parse.h"
#include "workspace/builtin_data.h"
#include "workspace/text_file.h"
#include "workspace/workspace.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFolder = "sources";

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

Result<std::unique_ptr<KnownSources>> KnownSources::read(const fs::path& workspace) {
  Result<std::vector<schema::Schema>> schemas = builtin_schemas();
  BIDUI_TRY(schemas);
  std::vector<fs::path> paths;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(workspace / kFolder, failure)) {
    if (entry.path().extension() == ".json" && entry.is_regular_file())
      paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  auto edition = std::make_unique<Edition>();
  edition->schemas = std::move(*schemas);
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    Result<schema::Schema> schema = schema::parse_schema(text, path.string());
    BIDUI_TRY(schema);
    if (find_schema(edition->schemas, schema->source))
      return source_taken(schema->source, path.string());
    edition->own_texts.emplace_back(schema->source, std::move(text));
    edition->schemas.push_back(std::move(*schema));
  }
  std::unique_ptr<KnownSources> known(new KnownSources(workspace));
  known->editions_.push_back(std::move(edition));
  return known;
}

const KnownSources::Edition& KnownSources::newest() const {
  const std::scoped_lock lock(mutex_);
  return *editions_.back();
}

std::span<const schema::Schema> KnownSources::schemas() const { return newest().schemas; }

std::string_view KnownSources::text(std::string_view source) const {
  for (const auto& [own, text] : newest().own_texts) {
    if (own == source) return text;
  }
  return *builtin_file("sources/" + std::string(source) + ".json");
}

Result<std::unique_ptr<KnownSources::NextEdition>> KnownSources::prepare(
    std::string_view text, const std::string& place) const {
  Result<schema::Schema> schema = schema::parse_schema(text, place);
  BIDUI_TRY(schema);
  auto next = std::make_unique<NextEdition>();
  next->edition = *editions_.back();
  next->source = schema->source;
  std::vector<OwnText>& texts = next->edition.own_texts;
  const auto known =
      std::ranges::find(next->edition.schemas, schema->source, &schema::Schema::source);
  if (known == next->edition.schemas.end()) {
    texts.emplace_back(schema->source, std::string(text));
    next->edition.schemas.push_back(std::move(*schema));
    return next;
  }
  const auto own = std::ranges::find(texts, schema->source, &OwnText::first);
  if (own == texts.end()) return source_taken(schema->source, place);
  if (own->second == text) return std::unique_ptr<NextEdition>();
  next->replaces = true;
  next->only_adds = only_adds_fields(*known, *schema);
  own->second = std::string(text);
  *known = std::move(*schema);
  return next;
}

Status KnownSources::adopt(std::unique_ptr<NextEdition> next, std::string_view text) {
  std::error_code failure;
  fs::create_directories(workspace_ / kFolder, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot create the directory",
                        (workspace_ / kFolder).string());
  BIDUI_TRY(write_text_file(workspace_ / kFolder / (next->source + ".json"), text));
  editions_.push_back(std::make_unique<const Edition>(std::move(next->edition)));
  return {};
}

Error KnownSources::in_use(const std::string& source, const std::string& place) {
  return bilingual_error(
      ErrorCode::kConflict,
      "来源“" + source +
          "”已按原来的声明导入过数据：新声明只能在末尾增加字段；要改别的，先撤回这些数据",
      "source \"" + source +
          "\" has deliveries by its earlier declaration: a new one may only add fields at the end; "
          "withdraw them to change anything else",
      place);
}

Result<std::vector<schema::Schema>> known_schemas(const fs::path& workspace) {
  if (workspace.empty()) return builtin_schemas();
  const auto known = KnownSources::read(workspace);
  BIDUI_TRY(known);
  const auto schemas = (*known)->schemas();
  return std::vector<schema::Schema>(schemas.begin(), schemas.end());
}

}  // namespace bidui::workspace
