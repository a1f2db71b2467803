#include "workspace/quality_json.h"

#include <boost/json.hpp>

namespace bidui::workspace {
namespace {

namespace json = boost::json;
using namespace connectors::report;

template <typename Value>
json::value or_null(const std::optional<Value>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object reasons_json(const std::vector<QualityReason>& reasons) {
  json::object object;
  for (const QualityReason& reason : reasons) object[reason.id] = reason.rows;
  return object;
}

json::array fields_json(const QualityReport& report) {
  json::array fields;
  for (const QualityField& field : report.fields) {
    json::array classes;
    for (const QualityClass& one : field.classes)
      classes.push_back(json::object{{"class", one.id},
                                     {"title", one.title.zh},
                                     {"share", one.share},
                                     {"share_before", or_null(one.before)}});
    fields.push_back(json::object{{"field", field.id},
                                  {"title", field.title},
                                  {"filled", field.filled},
                                  {"unreadable", field.unreadable},
                                  {"filled_share_before", or_null(field.filled_before)},
                                  {"unreadable_share_before", or_null(field.unreadable_before)},
                                  {"psi", or_null(field.index)},
                                  {"psi_by_chance", field.chance},
                                  {"moved", field.moved},
                                  {"changed", field.changed},
                                  {"rewritten", field.rewritten},
                                  {"classes", std::move(classes)},
                                  {"classes_left_out", field.classes_left_out}});
  }
  return fields;
}

json::array places_json(const QualityReport& report) {
  json::array places;
  for (const QualityPlace& place : report.places)
    places.push_back(json::object{{"code", std::to_string(place.code)},
                                  {"name", place.name},
                                  {"rows", place.rows},
                                  {"rows_before", or_null(place.before)}});
  return places;
}

json::value before_json(const QualityReport& report) {
  if (!report.before) return nullptr;
  const QualityBefore& before = *report.before;
  return json::object{{"name", before.name},           {"as_of", before.as_of},
                      {"rows", before.rows},           {"added", before.added},
                      {"gone", before.gone},           {"changed", before.changed},
                      {"rewritten", before.rewritten}, {"estimated", before.estimated}};
}

}  // namespace

json::object quality_json(const QualityReport& report) {
  json::array findings;
  for (const QualityFinding& finding : report.findings)
    findings.push_back(json::object{{"check", finding.check},
                                    {"field", finding.field},
                                    {"beyond_limit", finding.beyond},
                                    {"text", finding.text.zh},
                                    {"text_en", finding.text.en}});
  return {{"name", report.name},
          {"source", report.instance},
          {"coverage", report.coverage},
          {"as_of", report.as_of},
          {"held", report.held},
          {"mapping", report.mapping},
          {"rows",
           {{"read", report.read},
            {"loaded", report.loaded},
            {"rejected", report.rejected},
            {"skipped", report.skipped},
            {"rejected_by_reason", reasons_json(report.reject_reasons)},
            {"skipped_by_reason", reasons_json(report.skip_reasons)}}},
          {"keys", {{"repeated", report.keys_repeated}, {"missing", report.keys_missing}}},
          {"id_numbers",
           {{"valid", report.ids_valid},
            {"unverified", report.ids_unverified},
            {"invalid", report.ids_invalid},
            {"cut", report.ids_cut},
            {"missing", report.ids_missing},
            {"repeated", report.numbers_repeated}}},
          {"names",
           {{"filled", report.names},
            {"damaged", report.names_damaged},
            {"placeholder", report.names_placeholder}}},
          {"townships", places_json(report)},
          {"villages", report.villages},
          {"unplaced", report.unplaced},
          {"outside_coverage", report.outside},
          {"before", before_json(report)},
          {"fields", fields_json(report)},
          {"findings", std::move(findings)}};
}

}  // namespace bidui::workspace
