#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/invocation.h"
#include "cli/link_text.h"
#include "cli/phases_json.h"
#include "cli/table_notes_text.h"
#include "connectors/delimited/reject.h"
#include "workspace/keys_json.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using workspace::ColumnReport;
using workspace::LinkFilesReport;

json::array columns_json(const LinkFilesReport& report) {
  json::array columns;
  for (const ColumnReport& column : report.columns) {
    columns.push_back(json::object{{"left", column.left_header},
                                   {"right", column.right_header},
                                   {"kind", schema::kind_name(column.kind)},
                                   {"used", column.used},
                                   {"reason", column.reason_en}});
  }
  return columns;
}

json::array rejects_json(const std::vector<connectors::Reject>& rejects) {
  json::array list;
  for (const connectors::Reject& r : rejects) {
    list.push_back(json::object{{"file", r.file},
                                {"row", r.row},
                                {"field", r.field},
                                {"reason", connectors::reject_reason_name(r.reason)}});
  }
  return list;
}

json::array tables_json(const workspace::TablesRead& read) {
  json::array tables;
  for (const workspace::TableRead& table : read.tables)
    tables.push_back(json::object{{"name", table.name}, {"notes", table_notes_json(table.notes)}});
  return tables;
}

json::object side_json(const std::string& key, std::uint64_t rows,
                       const std::vector<connectors::Reject>& rejects, std::uint64_t duplicates,
                       const workspace::TablesRead& read) {
  return {{"key", key.empty() ? json::value(nullptr) : json::value(key)},
          {"rows", rows},
          {"tables", tables_json(read)},
          {"left_out", left_out_json(read.left_out)},
          {"rejects", rejects_json(rejects)},
          {"duplicates", duplicates}};
}

}  // namespace

void print_link_json(const LinkFilesReport& report, bool two_files) {
  const link::Decisions& d = report.decisions;
  json::object object{{"left", side_json(report.left_key, report.left_rows, report.left_rejects,
                                         d.left_duplicates, report.left_tables)},
                      {"columns", columns_json(report)},
                      {"cannot_links", json::object{{"count", report.cannot_links},
                                                    {"not_found", report.cannot_links_not_found}}},
                      {"pairs_compared", report.stats.pairs_compared},
                      {"pairs_kept", report.stats.pairs_kept},
                      {"links", d.link_count},
                      {"possible", d.possible_count},
                      {"threshold", d.threshold},
                      {"expected_false_links", d.expected_false_links},
                      {"converged", report.model.converged},
                      {"greedy_components", d.greedy_components},
                      {"keys", workspace::keys_json(report.stats)},
                      {"phases", phases_json(report.phases)}};
  if (two_files)
    object["right"] = side_json(report.right_key, report.right_rows, report.right_rejects,
                                d.right_duplicates, report.right_tables);
  fmt::print(output(), "{}\n", json::serialize(object));
}

}  // namespace bidui::cli
