#include "workspace/export_manifest.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "matcher/base/bilingual_error.h"
#include "workspace/content_hash.h"
#include "workspace/export_rows.h"
#include "workspace/json_member.h"
#include "workspace/keyed_code.h"
#include "workspace/text_file.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view kName = "manifest.json";
constexpr std::string_view kEnding = ".manifest.json";
constexpr std::string_view kSeal = "seal";

// Of a folder: what this program writes there, by name.
std::vector<std::string> files_of(const fs::path& folder) {
  static const std::set<fs::path> kinds = {".csv", ".xlsx", ".html", ".json"};
  std::vector<std::string> names;
  for (const char* const below : {"", "csv"}) {
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder / below, failure)) {
      const std::string name = (fs::path(below) / entry.path().filename()).string();
      if (entry.is_regular_file() && kinds.contains(entry.path().extension()) &&
          !name.ends_with(kName))
        names.push_back(name);
    }
  }
  std::ranges::sort(names);
  return names;
}

Result<std::string> hash_of(const fs::path& file) {
  ContentHash hash;
  BIDUI_TRY(hash.add_file(file));
  return hash.finish();
}

Result<json::object> describe(const fs::path& folder, const std::string& name) {
  const fs::path file = folder / name;
  auto hash = hash_of(file);
  BIDUI_TRY(hash);
  const auto tables = rows_in(file);
  BIDUI_TRY(tables);
  std::error_code failure;
  json::object described{
      {"file", name}, {"bytes", fs::file_size(file, failure)}, {"sha256", std::move(*hash)}};
  std::uint64_t rows = 0;
  json::array sheets;
  for (const TableRows& table : *tables) {
    rows += table.rows;
    if (!table.sheet.empty())
      sheets.push_back(json::object{{"sheet", table.sheet}, {"rows", table.rows}});
  }
  if (!tables->empty()) described["rows"] = rows;
  if (!sheets.empty()) described["sheets"] = std::move(sheets);
  return described;
}

// Name and content of the deliveries that a run used, as its manifest has them.
Result<json::array> deliveries_of(const store::Store& store, const ExportFacts& facts) {
  json::array deliveries;
  for (const store::DeliveryInfo& d : facts.deliveries)
    deliveries.push_back(
        json::object{{"name", store::delivery_name(d)}, {"content_hash", d.content_hash}});
  if (facts.run.empty()) return deliveries;
  const auto run = store.run(facts.run);
  BIDUI_TRY(run);
  boost::system::error_code failure;
  const json::value summary = json::parse(run->manifest, failure);
  if (failure || !summary.is_object()) return deliveries;
  for (const json::value& delivery : list_of(summary.get_object(), "deliveries")) {
    const json::object& d = delivery.as_object();
    deliveries.push_back(json::object{
        {"name", text_of(d, "source") + ":" + text_of(d, "coverage") + ":" + text_of(d, "as_of")},
        {"content_hash", text_of(d, "content_hash")}});
  }
  return deliveries;
}

// Of all that the manifest says but itself.
std::string seal_of(const Workspace& workspace, json::object manifest) {
  manifest.erase(kSeal);
  return keyed_code(workspace.store().index_secret(), "export manifest", json::serialize(manifest),
                    32);
}

// One member, or file, a line: people read it.
std::string lines_of(const json::object& manifest) {
  std::string text = "{";
  for (const auto& [name, value] : manifest) {
    text += text.size() == 1 ? "\n" : ",\n";
    text += "  " + json::serialize(name) + ": ";
    if (!value.is_array() || value.get_array().empty()) {
      text += json::serialize(value);
      continue;
    }
    text += "[";
    bool first = true;
    for (const json::value& item : value.get_array()) {
      text += (first ? "\n    " : ",\n    ") + json::serialize(item);
      first = false;
    }
    text += "\n  ]";
  }
  return text + "\n}\n";
}

}  // namespace

fs::path manifest_path(const fs::path& exported) {
  std::error_code failure;
  if (fs::is_directory(exported, failure)) return exported / kName;
  fs::path path = exported;
  path += kEnding;
  return path;
}

Status write_export_manifest(const Workspace& workspace, const fs::path& exported,
                             const ExportFacts& facts) {
  std::error_code failure;
  const bool is_folder = fs::is_directory(exported, failure);
  json::array files;
  const auto names =
      is_folder ? files_of(exported) : std::vector<std::string>{exported.filename().string()};
  for (const std::string& name : names) {
    auto file = describe(is_folder ? exported : exported.parent_path(), name);
    BIDUI_TRY(file);
    files.push_back(std::move(*file));
  }
  auto deliveries = deliveries_of(workspace.store(), facts);
  BIDUI_TRY(deliveries);
  json::object manifest{{"kind", facts.kind},     {"made", facts.act.recorded},
                        {"by", facts.act.by},     {"division", workspace.config().division},
                        {"run", facts.run},       {"deliveries", std::move(*deliveries)},
                        {"masked", facts.masked}, {"files", std::move(files)}};
  manifest[kSeal] = seal_of(workspace, manifest);
  return write_text_file(manifest_path(exported), lines_of(manifest));
}

std::string_view export_fault_name(ExportFault fault) {
  switch (fault) {
    case ExportFault::kNone:
      return "none";
    case ExportFault::kMissing:
      return "missing";
    case ExportFault::kAltered:
      return "altered";
  }
  return {};
}

bool CheckedExport::holds() const {
  return sealed && std::ranges::all_of(
                       files, [](const File& file) { return file.fault == ExportFault::kNone; });
}

Result<CheckedExport> verify_export(const Workspace& workspace, const fs::path& path) {
  const fs::path manifest_file = path.string().ends_with(kName) ? path : manifest_path(path);
  std::ifstream in(manifest_file, std::ios::binary);
  if (!in)
    return bilingual_error(ErrorCode::kNotFound, "旁边没有导出清单（manifest）",
                           "there is no manifest beside it", manifest_file.string());
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure);
  if (failure || !value.is_object())
    return bilingual_error(ErrorCode::kBadInput, "导出清单已损坏", "the manifest is damaged",
                           manifest_file.string());
  const json::object& manifest = value.get_object();
  const auto* const masked = manifest.if_contains("masked");
  CheckedExport checked{.sealed = text_of(manifest, kSeal) == seal_of(workspace, manifest),
                        .kind = text_of(manifest, "kind"),
                        .run = text_of(manifest, "run"),
                        .made = text_of(manifest, "made"),
                        .masked = masked == nullptr || !masked->is_bool() || masked->get_bool()};
  for (const json::value& item : list_of(manifest, "files")) {
    if (!item.is_object()) continue;
    const json::object& file = item.get_object();
    CheckedExport::File& one = checked.files.emplace_back(
        CheckedExport::File{.name = text_of(file, "file"), .rows = count_of(file, "rows")});
    const fs::path place = manifest_file.parent_path() / one.name;
    if (!fs::is_regular_file(place, failure)) {
      one.fault = ExportFault::kMissing;
    } else if (const auto hash = hash_of(place); !hash || *hash != text_of(file, "sha256")) {
      one.fault = ExportFault::kAltered;
    }
  }
  return checked;
}

}  // namespace bidui::workspace
