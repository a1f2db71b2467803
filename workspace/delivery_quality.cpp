#include "workspace/delivery_quality.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <set>

#include "connectors/delimited/reject.h"
#include "matcher/record/features.h"
#include "matcher/rule/profile.h"
#include "matcher/schema/header.h"
#include "matcher/text/division.h"
#include "workspace/class_title.h"
#include "workspace/field_shift.h"
#include "workspace/json_member.h"
#include "workspace/quality_findings.h"
#include "workspace/row_changes.h"
#include "workspace/rule_files.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;
using namespace connectors::report;
using record::IdClass;

constexpr std::string_view kStatistics = "statistics";
constexpr std::size_t kClassesShown = 12;

json::object details_of(const std::string& details) {
  boost::system::error_code failure;
  json::value value = json::parse(details, failure);
  return failure || !value.is_object() ? json::object{} : std::move(value.as_object());
}

double share_of(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

// Of all tables of a delivery: their headers as they are compared, with how they are written.
std::map<std::string, std::string> headers_of(const json::object& details) {
  std::map<std::string, std::string> headers;
  for (const json::value& file : list_of(details, "files")) {
    for (const json::value& column : list_of(file.as_object(), "columns"))
      headers.emplace(schema::fold_value(text_of(column.as_object(), "header")),
                      text_of(column.as_object(), "header"));
    for (const json::value& header : list_of(file.as_object(), "unmapped"))
      headers.emplace(schema::fold_value(std::string_view(header.as_string())),
                      std::string(header.as_string()));
  }
  return headers;
}

bool tells_columns(const json::object& details) {
  return std::ranges::any_of(list_of(details, "files"), [](const json::value& file) {
    return file.as_object().contains("columns");
  });
}

// Counts of the files by reason; a delivery of an earlier program has them only summed up.
std::vector<QualityReason> reasons_of(const json::object& details, std::string_view member,
                                      Bilingual (*title)(const std::string&)) {
  std::map<std::string, std::uint64_t> rows;
  for (const json::value& file : list_of(details, "files")) {
    const json::value* const reasons = file.as_object().if_contains(member);
    if (reasons == nullptr || !reasons->is_object()) continue;
    for (const auto& [name, count] : reasons->as_object())
      rows[std::string(name)] += count.to_number<std::uint64_t>();
  }
  std::vector<QualityReason> all;
  for (const auto& [name, count] : rows)
    all.push_back({.id = name, .title = title(name), .rows = count});
  return all;
}

std::string with_spaces(std::string text) {
  std::ranges::replace(text, '_', ' ');
  return text;
}

Bilingual reject_title(const std::string& name) {
  for (std::size_t r = 0; r < connectors::kRejectReasons; ++r) {
    const auto reason = static_cast<connectors::RejectReason>(r);
    if (connectors::reject_reason_name(reason) == name)
      return {std::string(connectors::reject_reason_sentence(reason)), with_spaces(name)};
  }
  return {name, name};
}

Bilingual skip_title(const std::string& name) {
  for (std::size_t r = 0; r < connectors::kSkipReasons; ++r) {
    const auto reason = static_cast<connectors::SkipReason>(r);
    if (connectors::skip_reason_name(reason) == name)
      return {std::string(connectors::skip_reason_title(reason)), with_spaces(name)};
  }
  return {name, name};
}

// One delivery's report, filled piece by piece.
class QualityMaker {
 public:
  QualityMaker(const schema::Schema& schema, const store::DeliveryInfo& delivery,
               const DeliveryStatistics& statistics)
      : schema_(schema), statistics_(statistics), details_(details_of(delivery.details)) {
    report_.name = store::delivery_name(delivery);
    report_.instance = delivery.instance;
    report_.coverage = delivery.coverage;
    report_.as_of = delivery.as_of;
    report_.title = {schema.title, schema.title_en};
    report_.held = delivery.held;
    report_.files = delivery.files;
    report_.mapping = text_of(details_, "mapping");
    report_.read = delivery.rows.read;
    report_.loaded = delivery.rows.loaded;
    if (const auto* const changes = details_.if_contains("changes"))
      report_.changes = count_of(changes->as_object(), "read");
    report_.rejected = delivery.rows.rejected;
    report_.skipped = delivery.rows.skipped;
    report_.reject_reasons = reasons_of(details_, "rejected_by_reason", reject_title);
    report_.skip_reasons = reasons_of(details_, "skipped_by_reason", skip_title);
    report_.keys_repeated = count_of(details_, "repeated_keys");
    report_.keys_missing = count_of(details_, "missing_keys");
    report_.person_once = schema.person_once && schema.unit == schema::RowUnit::kPerson;
    take_persons();
    take_places();
    take_fields();
  }

  // The delivery before, and what became of its rows.
  void compare(const store::DeliveryInfo& delivery, const DeliveryStatistics& before,
               const RowChanges& changes) {
    report_.before =
        QualityBefore{.name = store::delivery_name(delivery),
                      .as_of = delivery.as_of,
                      .rows = changes.before,
                      .added = changes.added,
                      .gone = changes.gone,
                      .changed = changes.changed,
                      .rewritten = changes.rewritten,
                      .estimated = changes.looked_into != 0 &&
                                   changes.looked_into < changes.changed + changes.rewritten};
    for (std::size_t f = 0; f < report_.fields.size(); ++f)
      compare_field(before.rows, before.fields[f], statistics_.fields[f], report_.fields[f]);
    for (const FieldChanges& change : changes.fields) {
      const auto at = std::ranges::find(report_.fields, change.field, &QualityField::id);
      at->changed = change.changed;
      at->rewritten = change.rewritten;
    }
    compare_places(before);
    compare_columns(details_of(delivery.details));
  }

  QualityReport take() { return std::move(report_); }
  QualityReport& report() { return report_; }

 private:
  void take_persons() {
    const auto ids = [&](IdClass which) {
      return statistics_.id_numbers[static_cast<std::size_t>(which)];
    };
    report_.has_numbers = schema_.find_field("id_number").has_value();
    report_.ids_valid = ids(IdClass::kValid);
    report_.ids_unverified = ids(IdClass::kUnverified);
    report_.ids_invalid = ids(IdClass::kInvalid);
    report_.ids_cut = ids(IdClass::kPrefix);
    report_.ids_missing = ids(IdClass::kMissing);
    report_.numbers_repeated = statistics_.repeated_numbers;
    report_.names = statistics_.names;
    report_.names_damaged = statistics_.damaged_names;
    report_.names_placeholder = statistics_.placeholder_names;
  }

  void take_places() {
    report_.coverage_name =
        std::string(text::division_name(std::strtoull(report_.coverage.c_str(), nullptr, 10)));
    std::uint64_t placed = 0;
    for (const auto& [code, rows] : statistics_.at_level(9)) {
      report_.places.push_back(
          {.code = code, .name = std::string(text::division_name(code)), .rows = rows});
      placed += rows;
    }
    report_.villages = statistics_.at_level(12).size();
    report_.unplaced = statistics_.rows - std::min(statistics_.rows, placed);
    const std::string& coverage = report_.coverage;
    const int digits = static_cast<int>(std::min<std::size_t>(coverage.size(), 6));
    for (const auto& [code, rows] : statistics_.at_level(digits)) {
      if (std::to_string(code) != coverage.substr(0, static_cast<std::size_t>(digits)))
        report_.outside += rows;
    }
  }

  void take_fields() {
    for (std::size_t f = 0; f < schema_.fields.size(); ++f) {
      const schema::Field& field = schema_.fields[f];
      const FieldStatistics& counted = statistics_.fields[f];
      QualityField shown{.id = field.id,
                         .title = field.title,
                         .required = field.requirement != schema::Requirement::kOptional,
                         .filled = counted.filled,
                         .unreadable = counted.unreadable};
      std::uint64_t cells = 0;
      for (const auto& [name, count] : counted.classes) cells += count;
      for (const auto& [name, count] : counted.classes)
        shown.classes.push_back(
            {.id = name, .title = class_title(field, name), .share = share_of(count, cells)});
      report_.fields.push_back(std::move(shown));
    }
  }

  void compare_field(std::uint64_t rows_before, const FieldStatistics& before,
                     const FieldStatistics& now, QualityField& shown) const {
    shown.filled_before = share_of(before.filled, rows_before);
    shown.unreadable_before = share_of(before.unreadable, before.filled);
    if (before.classes.empty() && now.classes.empty()) return;
    std::uint64_t cells = 0;
    for (const auto& [name, count] : before.classes) cells += count;
    const schema::Field& field = *std::ranges::find(schema_.fields, now.field, &schema::Field::id);
    for (QualityClass& one : shown.classes) one.before = 0;
    for (const auto& [name, count] : before.classes) {
      const auto at = std::ranges::find(shown.classes, name, &QualityClass::id);
      if (at != shown.classes.end()) {
        at->before = share_of(count, cells);
      } else {
        shown.classes.push_back({.id = name,
                                 .title = class_title(field, name),
                                 .share = 0,
                                 .before = share_of(count, cells)});
      }
    }
    if (before.classes.empty() || now.classes.empty()) return;
    const ClassShift shift = class_shift(before.classes, now.classes);
    shown.index = shift.index;
    shown.chance = shift.chance;
    shown.moved = shift.largest;
  }

  void compare_places(const DeliveryStatistics& before) {
    std::map<std::uint64_t, std::uint64_t> gone = before.at_level(9);
    for (QualityPlace& place : report_.places) {
      place.before = gone[place.code];
      gone.erase(place.code);
    }
    for (const auto& [code, rows] : gone)
      report_.places.push_back(
          {.code = code, .name = std::string(text::division_name(code)), .before = rows});
    std::ranges::sort(report_.places, {}, &QualityPlace::code);
  }

  // Deliveries of an earlier program do not say which columns they had.
  void compare_columns(const json::object& before) {
    if (!tells_columns(before) || !tells_columns(details_)) return;
    const auto old = headers_of(before);
    const auto now = headers_of(details_);
    for (const auto& [folded, header] : now) {
      if (!old.contains(folded))
        report_.findings.push_back(
            {.check = "column_new",
             .text = {"列“" + header + "”是新的", "column \"" + header + "\" is new"}});
    }
    for (const auto& [folded, header] : old) {
      if (!now.contains(folded))
        report_.findings.push_back(
            {.check = "column_gone",
             .text = {"列“" + header + "”没有了", "column \"" + header + "\" is gone"}});
    }
  }

  const schema::Schema& schema_;
  const DeliveryStatistics& statistics_;
  json::object details_;
  QualityReport report_;
};

// Shown in the order of their frequency, the rest counted.
void cut_classes(QualityReport& report) {
  for (QualityField& field : report.fields) {
    std::ranges::stable_sort(field.classes, std::greater{}, [](const QualityClass& c) {
      return std::max(c.share, c.before.value_or(0));
    });
    if (field.classes.size() <= kClassesShown) continue;
    field.classes_left_out = field.classes.size() - kClassesShown;
    field.classes.resize(kClassesShown);
  }
}

// A file of another county, imported here: hardly anybody's number is of this division, and most
// are of one other. (People who came from elsewhere are few, and from many places.)
void find_other_county(const DeliveryStatistics& statistics, QualityReport& report) {
  constexpr std::uint64_t kFewNumbers = 30;
  constexpr double kHardlyAny = .2;
  constexpr double kMost = .5;
  const std::size_t digits = std::min<std::size_t>(report.coverage.size(), 6);
  std::map<std::string, std::uint64_t> regions;
  std::uint64_t all = 0;
  for (const auto& [code, rows] : statistics.id_regions) {
    regions[std::to_string(code).substr(0, digits)] += rows;
    all += rows;
  }
  if (all < kFewNumbers) return;
  const auto most =
      std::ranges::max_element(regions, {}, [](const auto& region) { return region.second; });
  const std::string here = report.coverage.substr(0, digits);
  const double here_share = share_of(regions.contains(here) ? regions.at(here) : 0, all);
  const double most_share = share_of(most->second, all);
  if (here_share >= kHardlyAny || most_share <= kMost) return;
  const std::string name(text::division_name(std::strtoull(most->first.c_str(), nullptr, 10)));
  report.findings.push_back(
      {.check = "other_county",
       .beyond = true,
       .text = {fmt::format("证件号有 {:.0f}% 是 {}{} 的，{} 的只有 {:.0f}%：是不是别的县的文件？",
                            most_share * 100, most->first, name, here, here_share * 100),
                fmt::format("{:.0f}% of the ID numbers are of {} {}, {:.0f}% of {}: is it another "
                            "county's file?",
                            most_share * 100, most->first, name, here_share * 100, here)}});
}

}  // namespace

Result<rule::QualityLimits> quality_limits(const Workspace& workspace) {
  const auto layers = profile_layers({.workspace = workspace.directory()});
  BIDUI_TRY(layers);
  const auto profile = rule::Profile::parse(*layers);
  BIDUI_TRY(profile);
  return profile->quality();
}

std::optional<store::DeliveryInfo> delivery_before(const store::Store& store,
                                                   const store::DeliveryInfo& delivery) {
  std::optional<store::DeliveryInfo> before;
  for (store::DeliveryInfo& other : store.deliveries()) {
    if (other.instance != delivery.instance || other.coverage != delivery.coverage ||
        other.id == delivery.id || other.as_of > delivery.as_of)
      continue;
    if (!before || before->as_of < other.as_of) before = std::move(other);
  }
  return before;
}

Result<DeliveryStatistics> delivery_statistics(const store::Store& store,
                                               const schema::Schema& schema,
                                               const store::DeliveryInfo& delivery) {
  const json::object details = details_of(delivery.details);
  if (const json::value* const kept = details.if_contains(kStatistics);
      kept != nullptr && kept->is_object()) {
    if (auto statistics = statistics_from_json(kept->as_object(), schema)) return *statistics;
  }
  return measure_delivery(store, schema, delivery);
}

Result<QualityReport> delivery_quality(const Workspace& workspace,
                                       const store::DeliveryInfo& delivery,
                                       const rule::QualityLimits& limits,
                                       const Progress& progress) {
  const auto schema = workspace.schema_of(delivery.instance);
  BIDUI_TRY(schema);
  const store::Store& store = workspace.store();
  report(progress, {"check", "rows", 0, delivery.record_count});
  const auto statistics = delivery_statistics(store, **schema, delivery);
  BIDUI_TRY(statistics);
  QualityMaker maker(**schema, delivery, *statistics);
  if (const auto before = delivery_before(store, delivery)) {
    const auto statistics_before = delivery_statistics(store, **schema, *before);
    BIDUI_TRY(statistics_before);
    const auto changes = compare_rows(store, **schema, *before, delivery);
    BIDUI_TRY(changes);
    maker.compare(*before, *statistics_before, *changes);
  }
  report(progress, {"check", "rows", delivery.record_count, delivery.record_count});
  find_other_county(*statistics, maker.report());
  find_faults(limits, maker.report());
  cut_classes(maker.report());
  return maker.take();
}

std::string details_with(const std::string& details, const DeliveryStatistics& statistics) {
  json::object object = details_of(details);
  object[kStatistics] = statistics_json(statistics);
  return json::serialize(object);
}

}  // namespace bidui::workspace
