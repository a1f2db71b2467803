#include "workspace/import.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <fmt/format.h>
#include <future>
#include <iterator>
#include <optional>
#include <set>

#include "matcher/base/bilingual_error.h"
#include "workspace/apply_changes.h"
#include "workspace/as_of.h"
#include "workspace/content_hash.h"
#include "workspace/databases.h"
#include "workspace/delivery_quality.h"
#include "workspace/import_file.h"
#include "workspace/json_member.h"
#include "workspace/same_content.h"

namespace bidui::workspace {
namespace {

constexpr std::size_t kStoredRejects = 10'000;  // the rest is in rejects.csv only

// Unreadable files count nothing here; opening them says what is wrong.
std::uint64_t size_of(std::span<const std::filesystem::path> files) {
  std::uint64_t bytes = 0;
  for (const auto& file : files) {
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    if (!failure) bytes += size;
  }
  return bytes;
}

namespace json = boost::json;

// Rows by reason, those that there are.
template <typename Reason, std::size_t kReasons>
json::object reasons(const std::array<std::uint64_t, kReasons>& rows,
                     std::string_view (*name)(Reason)) {
  json::object object;
  for (std::size_t r = 0; r < kReasons; ++r) {
    if (rows[r] != 0) object[name(static_cast<Reason>(r))] = rows[r];
  }
  return object;
}

// "a.json、b.json": of the mappings that were used.
std::string mapping_names(const ImportReport& report) {
  std::set<std::string> names;
  for (const ImportedFile& file : report.files) {
    if (!file.mapping.empty()) names.insert(file.mapping);
  }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "、") + name;
  return text;
}

// The tables of a delivery that was changed, as they name its records' columns: without counts.
json::array files_of_base(const std::string& details) {
  boost::system::error_code failure;
  const json::value value = json::parse(details, failure);
  json::array files;
  if (failure || !value.is_object()) return files;
  for (const json::value& file : list_of(value.get_object(), "files")) {
    json::object kept;
    for (const char* const member : {"name", "encoding", "header_row", "columns", "unmapped"}) {
      if (const auto* const found = file.get_object().if_contains(member)) kept[member] = *found;
    }
    files.push_back(std::move(kept));
  }
  return files;
}

// `base`: what the changes were made in, if it is a list of changes; `hash`: of that list.
std::string details_json(const ImportReport& report, const store::DeliveryInfo* base,
                         const std::string& hash) {
  json::array files = base == nullptr ? json::array() : files_of_base(base->details);
  for (const ImportedFile& file : report.files) {
    json::array unmapped(file.unmapped.begin(), file.unmapped.end());
    json::array scaled;
    for (const MappedField& column : file.columns) {
      if (column.zeros != 0)
        scaled.push_back(json::object{{"field", column.field}, {"zeros", column.zeros}});
    }
    json::array columns;
    for (const MappedField& column : file.columns)
      columns.push_back(json::object{{"header", column.header}, {"field", column.field}});
    files.push_back(json::object{
        {"name", file.name},
        {"encoding", file.encoding},
        {"header_row", file.header_row},
        {"read", file.rows.read},
        {"loaded", file.rows.loaded},
        {"rejected", file.rows.rejected},
        {"skipped", file.rows.skipped},
        {"rejected_by_reason", reasons(file.rows.by_reject_reason, connectors::reject_reason_name)},
        {"skipped_by_reason", reasons(file.rows.by_skip_reason, connectors::skip_reason_name)},
        {"columns", columns},
        {"scaled", scaled},
        {"unmapped", unmapped}});
  }
  json::object repairs;
  for (std::size_t r = 0; r < report.repairs.size(); ++r) {
    if (report.repairs[r] != 0)
      repairs[record::repair_name(static_cast<record::Repair>(r))] = report.repairs[r];
  }
  json::array rejects;
  for (const connectors::Reject& reject : report.rejects) {
    if (rejects.size() == kStoredRejects) break;
    rejects.push_back(json::object{{"file", reject.file},
                                   {"row", reject.row},
                                   {"field", reject.field},
                                   {"reason", connectors::reject_reason_name(reject.reason)},
                                   {"value", reject.masked_value}});
  }
  json::object details{{"files", files},
                       {"repairs", repairs},
                       {"rejects", rejects},
                       {"mapping", mapping_names(report)},
                       {"repeated_keys", report.repeated_keys},
                       {"missing_keys", report.missing_keys}};
  if (base != nullptr)
    details["changes"] = json::object{{"base", report.changes.base},
                                      {"base_hash", base->content_hash},
                                      {"content_hash", hash},
                                      {"read", report.changes.read},
                                      {"added", report.changes.added},
                                      {"changed", report.changes.changed},
                                      {"deleted", report.changes.deleted}};
  return json::serialize(details);
}

// "housing@county": what stands behind @ becomes part of the records' names.
Status check_instance(std::string_view instance) {
  const std::size_t at = instance.find('@');
  if (at == std::string_view::npos) return {};
  const std::string_view name = instance.substr(at + 1);
  if (!name.empty() && name.find_first_of("@:/ \t") == std::string_view::npos) return {};
  return bilingual_error(
      ErrorCode::kInvalidArgument,
      "--source 写作 来源 或 来源@名称（如 housing@county），名称不能空，也不能有 @ : / 和空格",
      "--source is SOURCE or SOURCE@NAME (such as housing@county); the name is "
      "not empty and has no @, :, / or space",
      std::string(instance));
}

Status check_coverage(const std::string& coverage) {
  const bool digits = coverage.find_first_not_of("0123456789") == std::string::npos;
  if (digits && coverage.size() >= 2 && coverage.size() <= 12) return {};
  if (coverage.empty())
    return bilingual_error(
        ErrorCode::kInvalidArgument, "工作区没有区划代码：请用 --coverage 给出这些文件覆盖的区划",
        "the workspace has no division: name the one that the files cover with --coverage");
  return bilingual_error(ErrorCode::kInvalidArgument, "--coverage 须是 2 到 12 位数字的区划代码",
                         "--coverage must be a division code of 2 to 12 digits", coverage);
}

Result<std::string> hash_of_files(const std::vector<std::filesystem::path>& files) {
  ContentHash hash;
  for (const auto& file : files) BIDUI_TRY(hash.add_file(file));
  return hash.finish();
}

// All that is known of a delivery before its files are read.
Result<store::DeliveryInfo> describe_delivery(const Workspace& workspace,
                                              const ImportOptions& options) {
  BIDUI_TRY(check_instance(options.instance));
  BIDUI_TRY(check_as_of(options.as_of));
  store::DeliveryInfo info;
  info.source = std::string(source_of_instance(options.instance));
  info.instance = options.instance;
  info.coverage = options.coverage.empty() ? workspace.config().division : options.coverage;
  BIDUI_TRY(check_coverage(info.coverage));
  info.as_of = options.as_of;
  info.held = true;  // until it was looked at
  info.feature_stride = sizeof(record::PersonFeatures);
  info.feature_version = record::kFeatureVersion;
  for (const auto& file : options.files) info.files.push_back(file.filename().string());
  return info;
}

void add_counts(const ImportReport& report, store::RowCounts& rows) {
  for (const ImportedFile& file : report.files) {
    rows.read += file.rows.read;
    rows.loaded += file.rows.loaded;
    rows.rejected += file.rows.rejected;
    rows.skipped += file.rows.skipped;
  }
}

// A list of nobody would say that everybody has left it, and all their flags with them.
Status check_not_empty(const ImportReport& report, const store::RowCounts& rows) {
  if (rows.loaded > 0) return {};
  if (!report.changes.base.empty() && report.rejects.empty())
    return bilingual_error(ErrorCode::kBadInput, "文件里没有变动，所以没有导入",
                           "the file has no changes, not imported", report.files.front().name);
  std::string zh = fmt::format("没有可用的行（读到 {} 行，退回 {}，跳过 {}），所以没有导入：",
                               rows.read, rows.rejected, rows.skipped);
  std::string en =
      fmt::format("no usable row ({} read, {} rejected, {} skipped), not imported: ", rows.read,
                  rows.rejected, rows.skipped);
  if (report.rejects.empty()) {
    zh += "空名单会被当作人人都已离开。请检查文件；要收回以前的数据用 bidui deliveries withdraw";
    en +=
        "an empty list would mean that everybody has left. Check the file; to take back an earlier "
        "delivery: bidui deliveries withdraw";
    return bilingual_error(ErrorCode::kBadInput, std::move(zh), std::move(en),
                           report.files.front().name);
  }
  const connectors::Reject& first = report.rejects.front();
  const std::string place_zh = first.field.empty() ? "" : "“" + first.field + "”";
  const std::string place_en = first.field.empty() ? "" : " \"" + first.field + "\"";
  zh += fmt::format("首先是第 {} 行{}，{}", first.row, place_zh,
                    connectors::reject_reason_sentence(first.reason));
  en += fmt::format("the first is row {}{}: {}", first.row, place_en,
                    connectors::reject_reason_name(first.reason));
  return bilingual_error(ErrorCode::kBadInput, std::move(zh), std::move(en), first.file);
}

Error nobody_left(const std::string& base) {
  return bilingual_error(ErrorCode::kBadInput, "变动以后名单里一行也没有了，所以没有导入",
                         "after the changes nobody is left on the list, not imported", base);
}

// The mapping of the command line, and those that the workspace keeps.
struct Mappings {
  std::optional<MappingFile> given{};
  std::vector<MappingFile> kept{};

  // Declares the source that the given one declares.
  static Result<Mappings> read(Workspace& workspace, const ImportOptions& options) {
    Mappings mappings;
    if (options.mapping.empty()) {
      auto kept = kept_mappings(workspace.directory());
      BIDUI_TRY(kept);
      mappings.kept = std::move(*kept);
      return mappings;
    }
    auto given = read_mapping(options.mapping);
    BIDUI_TRY(given);
    if (!given->schema.empty() && given->is_for(options.instance))
      BIDUI_TRY(workspace.declare_source(given->schema, given->name));
    mappings.given = std::move(*given);
    return mappings;
  }

  const MappingFile* find(std::string_view name) const {
    if (given && given->name == name) return &*given;
    const auto at = std::ranges::find(kept, name, &MappingFile::name);
    return at == kept.end() ? nullptr : &*at;
  }
};

// Of what made records of the rows: the schema, and the mappings that were used.
std::string schema_hash_of(const Workspace& workspace, const std::string& source,
                           const Mappings& mappings, const ImportReport& report) {
  ContentHash hash;
  hash.add(workspace.schema_text(source));
  std::set<std::string> used;
  for (const ImportedFile& file : report.files) {
    const MappingFile* const mapping = mappings.find(file.mapping);
    if (mapping != nullptr && used.insert(mapping->name).second) hash.add(mapping->text);
  }
  return hash.finish();
}

// Where the delivery comes from, if not from files.
struct Database {
  connectors::DatabaseConnection connection;
  connectors::DatabaseSelection selection;
};

Result<std::optional<Database>> database_of(const Workspace& workspace,
                                            const ImportOptions& options) {
  if (!options.database) return std::optional<Database>{};
  const DatabaseInput& input = *options.database;
  connectors::DatabaseSelection selection{.table = input.table};
  if (input.table.empty()) {
    auto query = read_query(input.query);
    BIDUI_TRY(query);
    selection = std::move(*query);
  }
  auto connection = find_database(workspace.directory(), input.name);
  BIDUI_TRY(connection);
  return std::optional(
      Database{.connection = std::move(*connection), .selection = std::move(selection)});
}

// What the delivery is like; it counts from here on, unless it is held.
Status look_at(Workspace& workspace, const ImportOptions& options, const Progress& progress,
               ImportReport& report) {
  store::DeliveryInfo& delivery = report.delivery;
  const auto limits = quality_limits(workspace);
  BIDUI_TRY(limits);
  const auto schema = workspace.schema_of(delivery.instance);
  BIDUI_TRY(schema);
  const auto statistics = delivery_statistics(workspace.store(), **schema, delivery);
  BIDUI_TRY(statistics);
  delivery.details = details_with(delivery.details, *statistics);
  BIDUI_TRY(workspace.store().set_details(delivery.id, delivery.details));
  auto quality = delivery_quality(workspace, delivery, *limits, progress);
  BIDUI_TRY(quality);
  report.quality = std::move(*quality);
  const bool refuse = options.strict || limits->refuse;
  if (options.hold || (refuse && report.quality.beyond())) return {};
  BIDUI_TRY(workspace.store().release(delivery.id, options.replace || options.again
                                                       ? store::SameDelivery::kReplace
                                                       : store::SameDelivery::kRefuse));
  report.quality.held = delivery.held = false;
  return {};
}

// Whether what would read the delivery is what read it: the schema, the mappings, the program.
bool reads_the_same(const Workspace& workspace, const Mappings& mappings,
                    const store::DeliveryInfo& before) {
  if (before.feature_version != record::kFeatureVersion) return false;
  ContentHash hash;
  hash.add(workspace.schema_text(before.source));
  boost::system::error_code failure;
  const json::value details = json::parse(before.details, failure);
  if (failure || !details.is_object()) return false;
  const std::string used = text_of(details.get_object(), "mapping");
  if (mappings.given && mappings.given->name != used) return false;
  if (const MappingFile* const mapping = mappings.find(used)) hash.add(mapping->text);
  return hash.finish() == before.schema_hash;
}

// The same file, imported before for the same date: its delivery.
std::optional<store::DeliveryInfo> imported_already(const Workspace& workspace,
                                                    const ImportOptions& options,
                                                    const Mappings& mappings,
                                                    const store::DeliveryInfo& info,
                                                    const std::string& hash) {
  if (options.again) return std::nullopt;
  for (const store::DeliveryInfo& before : workspace.store().deliveries()) {
    if (store::delivery_name(before) != store::delivery_name(info)) continue;
    if (delivered_hash(before) != hash) continue;
    if (options.replace && !reads_the_same(workspace, mappings, before)) continue;
    return before;
  }
  return std::nullopt;
}

bool has_delivery_of(const store::Store& store, const store::DeliveryInfo& info) {
  return std::ranges::any_of(store.deliveries(), [&](const store::DeliveryInfo& other) {
    return store::delivery_name(other) == store::delivery_name(info);
  });
}

// Of a list made by changes: what it was made from.
std::string hash_of_changed(const store::DeliveryInfo& base, const std::string& changes) {
  ContentHash hash;
  hash.add(base.content_hash);
  hash.add(changes);
  return hash.finish();
}

}  // namespace

Result<ImportReport> import_delivery(Workspace& workspace, const ImportOptions& options,
                                     const Progress& progress) {
  const auto began = std::chrono::steady_clock::now();
  const auto mappings = Mappings::read(workspace, options);
  BIDUI_TRY(mappings);
  const Result<const schema::Schema*> schema = workspace.schema_of(options.instance);
  BIDUI_TRY(schema);
  Result<store::DeliveryInfo> info = describe_delivery(workspace, options);
  BIDUI_TRY(info);
  const auto mapper = ColumnMapper::make(**schema, mappings->given ? &*mappings->given : nullptr,
                                         mappings->kept, options.instance);
  BIDUI_TRY(mapper);
  const auto database = database_of(workspace, options);
  BIDUI_TRY(database);
  ImportReport report;
  std::shared_future<Result<std::string>> content_hash =
      std::async(std::launch::async, [files = options.files] { return hash_of_files(files); });
  if (!options.database && has_delivery_of(workspace.store(), *info) && content_hash.get()) {
    if (auto before = imported_already(workspace, options, *mappings, *info, *content_hash.get())) {
      report.delivery = std::move(*before);
      report.already = true;
      return report;
    }
  }
  std::optional<store::DeliveryInfo> base;
  if (options.changes) {
    auto found = delivery_to_change(workspace.store(), *info);
    BIDUI_TRY(found);
    base = std::move(*found);
    report.changes.base = store::delivery_name(*base);
  }
  using store::SameDelivery;
  const auto same =
      options.replace || options.again ? SameDelivery::kReplace : SameDelivery::kRefuse;
  Result<store::DeliveryWriter> writer =
      workspace.store().begin_delivery(*info, {.same_delivery = same});
  BIDUI_TRY(writer);

  const IndexKeys index_keys(workspace.store().index_secret());
  const BatchBuilder builder(**schema, workspace.county_code(), index_keys);
  DeliverySink sink(*writer, **schema, index_keys, report);
  ContentHash database_hash;
  ChangeRows changes(**schema);
  const auto first_file = static_cast<std::uint32_t>(base ? base->files.size() : 0);
  const ImportContext context{.schema = **schema,
                              .mapper = *mapper,
                              .schemas = workspace.schemas(),
                              .builder = builder,
                              .sink = sink,
                              .progress = progress,
                              .total_bytes = size_of(options.files),
                              .content_hash = options.database ? &database_hash : nullptr,
                              .changes = base ? &changes : nullptr,
                              .rejects = &report.rejects};
  if (database->has_value()) {
    auto table =
        import_database(context, (*database)->connection, (*database)->selection, first_file);
    BIDUI_TRY(table);
    report.files = std::move(table->tables);
  }
  for (std::size_t f = 0; f < options.files.size(); ++f) {
    Result<ImportedTables> file = import_file(
        context, options.files[f], first_file + static_cast<std::uint32_t>(report.files.size()),
        size_of(std::span(options.files).first(f)));
    BIDUI_TRY(file);
    std::ranges::move(file->tables, std::back_inserter(report.files));
    std::ranges::move(file->left_out, std::back_inserter(report.left_out));
  }
  // A record says in which of these it stands.
  info->files = base ? base->files : std::vector<std::string>();
  for (const ImportedFile& file : report.files) info->files.push_back(file.name);
  if (base)
    BIDUI_TRY(apply_changes(workspace.store(), *base, **schema, builder, changes, sink, report));
  BIDUI_TRY(sink.finish());
  BIDUI_TRY(content_hash.get());
  const std::string hash = options.database ? database_hash.finish() : *content_hash.get();
  if (options.database) {
    if (auto before = imported_already(workspace, options, *mappings, *info, hash)) {
      report.delivery = std::move(*before);
      report.already = true;
      report.rejects.clear();
      return report;  // the writer takes back what it wrote
    }
  }
  info->content_hash = base ? hash_of_changed(*base, hash) : hash;
  if (const auto other = find_same_content(workspace.store(), info->instance, info->coverage, hash);
      other && other->as_of != info->as_of)
    report.same_file = store::delivery_name(*other);
  add_counts(report, info->rows);
  BIDUI_TRY(check_not_empty(report, info->rows));
  if (base) {
    // The whole list as it is now: the rows that were not changed were loaded before.
    report.changes.read = info->rows.read;
    info->rows.loaded = sink.rows();
    info->rows.read = info->rows.loaded + info->rows.rejected + info->rows.skipped;
    if (sink.rows() == 0) return nobody_left(report.changes.base);
  }
  info->details = details_json(report, base ? &*base : nullptr, hash);
  info->schema_hash = schema_hash_of(workspace, info->source, *mappings, report);
  writer->set_info(*info);
  workspace::report(progress, {"commit", "rows", info->rows.loaded, info->rows.loaded});
  Result<store::DeliveryInfo> committed = writer->commit();
  BIDUI_TRY(committed);
  report.delivery = std::move(*committed);
  if (mappings->given) {
    auto kept = keep_mapping(workspace.directory(), *mappings->given);
    if (!kept) {
      (void)workspace.store().withdraw(report.delivery.id);
      return kept.error();
    }
    report.kept_mapping = std::move(*kept);
  }
  if (const Status looked = look_at(workspace, options, progress, report); !looked) {
    (void)workspace.store().withdraw(report.delivery.id);  // all of it or nothing
    return looked.error();
  }
  BIDUI_TRY(journal_delivery(workspace.store(), report.quality.held ? "held" : "imported",
                             report.delivery, options.act));
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return report;
}

}  // namespace bidui::workspace
