#include <boost/json.hpp>

#include "cli/import_summary.h"
#include "cli/table_notes_text.h"
#include "workspace/quality_json.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using workspace::ImportedFile;
using workspace::ImportReport;

json::object rows_json(const connectors::RowCounts& rows) {
  json::object skipped;
  for (std::size_t r = 0; r < rows.by_skip_reason.size(); ++r) {
    if (rows.by_skip_reason[r] != 0)
      skipped[connectors::skip_reason_name(static_cast<connectors::SkipReason>(r))] =
          rows.by_skip_reason[r];
  }
  json::object rejected;
  for (std::size_t r = 0; r < rows.by_reject_reason.size(); ++r) {
    if (rows.by_reject_reason[r] != 0)
      rejected[connectors::reject_reason_name(static_cast<connectors::RejectReason>(r))] =
          rows.by_reject_reason[r];
  }
  return {{"read", rows.read},
          {"loaded", rows.loaded},
          {"rejected", rows.rejected},
          {"skipped", rows.skipped},
          {"filled_cells", rows.filled_cells},
          {"skipped_by_reason", std::move(skipped)},
          {"rejected_by_reason", std::move(rejected)}};
}

std::uint64_t scale_of(const workspace::MappedField& column) {
  std::uint64_t scale = 1;
  for (int zero = 0; zero < column.zeros; ++zero) scale *= 10;
  return scale;
}

std::string_view kind_name(connectors::TableKind kind) {
  switch (kind) {
    case connectors::TableKind::kText:
      return "text";
    case connectors::TableKind::kWorkbook:
      return "workbook";
    case connectors::TableKind::kHtml:
      return "html";
    case connectors::TableKind::kDatabase:
      return "database";
  }
  return "";
}

json::object file_json(const ImportedFile& file) {
  json::array columns;
  for (const workspace::MappedField& column : file.columns) {
    columns.push_back(json::object{{"header", column.header},
                                   {"field", column.field},
                                   {"loose", column.loose},
                                   {"scale", scale_of(column)}});
  }
  json::array ambiguous;
  for (const workspace::AmbiguousField& field : file.ambiguous) {
    ambiguous.push_back(
        json::object{{"field", field.field},
                     {"chosen", field.chosen},
                     {"rejected", json::array(field.rejected.begin(), field.rejected.end())}});
  }
  return {{"name", file.name},
          {"encoding", file.encoding},
          {"bom", file.bom},
          {"delimiter", std::string(1, file.delimiter)},
          {"header_row", file.header_row},
          {"kind", kind_name(file.kind)},
          {"rows", rows_json(file.rows)},
          {"notes", table_notes_json(file.notes)},
          {"columns", std::move(columns)},
          {"ambiguous", std::move(ambiguous)},
          {"mapping", file.mapping},
          {"columns_added", json::array(file.change.added.begin(), file.change.added.end())},
          {"columns_gone", json::array(file.change.gone.begin(), file.change.gone.end())},
          {"likelier_source",
           file.likelier_source.empty() ? json::value(nullptr) : json::value(file.likelier_source)},
          {"unmapped", json::array(file.unmapped.begin(), file.unmapped.end())}};
}

json::array rejects_json(const ImportReport& report) {
  json::array rejects;
  for (const connectors::Reject& reject : report.rejects) {
    rejects.push_back(json::object{{"file", reject.file},
                                   {"row", reject.row},
                                   {"field", reject.field},
                                   {"reason", connectors::reject_reason_name(reject.reason)},
                                   {"value", reject.masked_value}});
  }
  return rejects;
}

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value changes_json(const workspace::ChangesMade& changes) {
  if (changes.base.empty()) return nullptr;
  return json::object{{"base", changes.base},
                      {"added", changes.added},
                      {"changed", changes.changed},
                      {"deleted", changes.deleted}};
}

}  // namespace

std::string import_json(const ImportReport& report) {
  json::array files;
  for (const ImportedFile& file : report.files) files.push_back(file_json(file));
  json::object repairs;
  for (std::size_t r = 0; r < report.repairs.size(); ++r)
    repairs[record::repair_name(static_cast<record::Repair>(r))] = report.repairs[r];
  const store::DeliveryInfo& delivery = report.delivery;
  return json::serialize(json::object{
             {"delivery", static_cast<std::uint32_t>(delivery.id)},
             {"source", delivery.source},
             {"instance", delivery.instance},
             {"coverage", delivery.coverage},
             {"as_of", delivery.as_of},
             {"content_hash", delivery.content_hash},
             {"records", delivery.record_count},
             {"already", report.already},
             {"same_file", or_null(report.same_file)},
             {"changes", changes_json(report.changes)},
             {"files", std::move(files)},
             {"left_out", left_out_json(report.left_out)},
             {"repairs", std::move(repairs)},
             {"missing_keys", report.missing_keys},
             {"repeated_keys", report.repeated_keys},
             {"rejects", rejects_json(report)},
             {"held", report.quality.held},
             {"quality", report.already ? json::value(nullptr)
                                        : json::value(workspace::quality_json(report.quality))},
             {"seconds", report.seconds}}) +
         "\n";
}

}  // namespace bidui::cli
