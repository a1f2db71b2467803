#include "workspace/run_output.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "connectors/delimited/csv_writer.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/model/scorer.h"
#include "matcher/text/reference.h"
#include "workspace/error_summary.h"
#include "workspace/text_file.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;
using connectors::CsvWriter;

Status write_links(const CompareReport& run, const std::filesystem::path& path) {
  const RunWorld& world = *run.world;
  Result<CsvWriter> csv = CsvWriter::create(path, {.neutralise_formulas = false});
  BIDUI_TRY(csv);
  constexpr std::array<std::string_view, 9> kHeader = {"left_source", "left_key", "right_source",
                                                       "right_key",   "weight",   "probability",
                                                       "decision",    "level",    "via"};
  csv->row(kHeader);
  for (const RunLink& row : run.links) {
    const std::size_t left_source = world.records->source_of(row.a);
    const std::size_t right_source = world.records->source_of(row.b);
    std::string_view left = world.key(row.a);
    std::string_view right = world.key(row.b);
    if (left_source == right_source && right < left) std::swap(left, right);  // in any row order
    csv->plain(world.sources[left_source].instance);
    csv->plain(left);
    csv->plain(world.sources[right_source].instance);
    csv->plain(right);
    csv->plain(fmt::format("{:.3f}", row.weight));
    csv->plain(fmt::format("{:.6f}", model::probability_of(row.weight)));
    csv->plain(row.level == LinkLevel::kL1 ? "possible" : "link");
    csv->plain(rule::level_name(row.level));
    csv->plain(row.direct ? "direct" : "entity");
    csv->end_row();
  }
  return csv->close();
}

Status write_households(const RunWorld& world, const std::filesystem::path& path) {
  Result<CsvWriter> csv = CsvWriter::create(path, {.neutralise_formulas = false});
  BIDUI_TRY(csv);
  constexpr std::array<std::string_view, 8> kHeader = {
      "left_source", "left_household", "right_source", "right_household",
      "shared",      "left_size",      "right_size",   "level"};
  csv->row(kHeader);
  const auto key = [&](std::size_t s, std::uint32_t h) {
    return world.view->household_key({static_cast<rule::SourceIndex>(s), h});
  };
  for (std::size_t s = 0; s < world.sources.size(); ++s) {
    for (std::uint32_t h = 0; h < world.households->count(s); ++h) {
      for (std::size_t other = s + 1; other < world.sources.size(); ++other) {
        for (const RunHouseholds::Shared& shared : world.households->linked(s, h, other)) {
          csv->plain(world.sources[s].instance);
          csv->plain(key(s, h));
          csv->plain(world.sources[other].instance);
          csv->plain(key(other, shared.link.household.household));
          csv->plain(std::to_string(shared.shared));
          csv->plain(std::to_string(world.households->members(s, h).size()));
          csv->plain(std::to_string(
              world.households->members(other, shared.link.household.household).size()));
          csv->plain(rule::level_name(shared.link.level));
          csv->end_row();
        }
      }
    }
  }
  return csv->close();
}

Status write_flags(const std::vector<FlagState>& flags, const std::filesystem::path& path) {
  Result<CsvWriter> csv = CsvWriter::create(path, {.neutralise_formulas = false});
  BIDUI_TRY(csv);
  constexpr std::array<std::string_view, 10> kHeader = {
      "flag_id", "rule",     "source", "subject",  "subject_kind",
      "status",  "severity", "level",  "division", "evidence"};
  csv->row(kHeader);
  for (const FlagState& state : flags) {
    const flag::Flag& f = state.flag;
    csv->plain(f.flag_id);
    csv->plain(f.rule);
    csv->plain(f.source);
    csv->plain(f.subject);
    csv->plain(flag::subject_kind_name(f.subject_kind));
    csv->plain(flag::status_name(f.status));
    csv->plain(rule::severity_name(f.severity));
    csv->plain(rule::level_name(f.level));
    csv->plain(f.division);
    csv->plain(f.evidence);
    csv->end_row();
  }
  return csv->close();
}

json::array deliveries_json(const RunWorld& world) {
  json::array deliveries;
  for (const RunSource& source : world.sources) {
    for (const store::DeliveryInfo& d : source.deliveries) {
      deliveries.push_back(json::object{{"source", d.instance},
                                        {"coverage", d.coverage},
                                        {"as_of", d.as_of},
                                        {"content_hash", d.content_hash},
                                        {"schema_hash", d.schema_hash},
                                        {"read", d.rows.read},
                                        {"loaded", d.rows.loaded},
                                        {"rejected", d.rows.rejected},
                                        {"skipped", d.rows.skipped}});
    }
  }
  return deliveries;
}

json::array thresholds_json(const RunWorld& world) {
  json::array result;
  for (const SourceThreshold& t : world.linkage.thresholds) {
    result.push_back(json::object{{"left", world.sources[t.left].instance},
                                  {"right", world.sources[t.right].instance},
                                  {"weight", t.weight}});
  }
  return result;
}

json::object keys_json(const link::LinkerStats& stats) {
  json::object keys;
  for (std::size_t k = 0; k < stats.keys.size(); ++k) {
    const link::KeyKindCounts& counts = stats.keys[k];
    if (counts.keys == 0) continue;
    keys[key::key_kind_name(static_cast<key::KeyKind>(k))] = json::object{
        {"keys", counts.keys}, {"refined", counts.refined_keys}, {"cut", counts.cut_keys}};
  }
  return keys;
}

json::object search_json(const SearchReport& search) {
  if (!search.incremental) return {{"mode", "full"}, {"reason", search.reason}};
  return {{"mode", "incremental"},
          {"changed_records", search.changed_records},
          {"changed_in_civil", search.changed_in_spine},
          {"reused_pairs", search.reused_pairs}};
}

json::array rules_json(const std::vector<RuleOutcome>& rules) {
  json::array result;
  for (const RuleOutcome& r : rules) {
    json::object by_status;
    for (std::size_t s = 0; s < r.by_status.size(); ++s) {
      by_status[flag::status_name(static_cast<flag::Status>(s))] = r.by_status[s];
    }
    json::object rule{
        {"rule", r.rule},           {"title", r.title},           {"severity", r.severity},
        {"flags", by_status},       {"subjects", r.subjects},     {"excepted", r.excepted},
        {"undecided", r.undecided}, {"suppressed", r.suppressed}, {"not_covered", r.not_covered}};
    if (!r.not_evaluated.empty()) rule["not_evaluated"] = r.not_evaluated;
    result.push_back(rule);
  }
  return result;
}

json::array link_counts_json(const RunWorld& world) {
  json::array result;
  for (const LinkCounts& c : count_links(world)) {
    result.push_back(json::object{{"left", world.sources[c.left].instance},
                                  {"right", world.sources[c.right].instance},
                                  {"records", c.records},
                                  {"l3", c.l3},
                                  {"l2", c.l2},
                                  {"possible", c.possible},
                                  {"unlinked", c.unlinked}});
  }
  return result;
}

}  // namespace

std::vector<LinkCounts> count_links(const RunWorld& world) {
  std::vector<LinkCounts> result;
  for (std::size_t left = 0; left < world.sources.size(); ++left) {
    for (std::size_t right = left + 1; right < world.sources.size(); ++right) {
      if (world.sources[left].rows() == 0 || world.sources[right].rows() == 0) continue;
      LinkCounts counts{.left = left, .right = right, .records = world.sources[left].rows()};
      for (std::uint32_t row = 0; row < world.sources[left].rows(); ++row) {
        const auto links = world.links->links(world.records->number(left, row),
                                              static_cast<rule::SourceIndex>(right));
        const LinkLevel best = links.empty() ? LinkLevel::kNone : links.front().level;
        ++(best == LinkLevel::kL3   ? counts.l3
           : best == LinkLevel::kL2 ? counts.l2
           : best == LinkLevel::kL1 ? counts.possible
                                    : counts.unlinked);
      }
      result.push_back(counts);
    }
  }
  return result;
}

std::string summary_json(const CompareReport& run) {
  const RunWorld& world = *run.world;
  return json::serialize(json::object{
      {"run", run.run_id},
      {"evaluation_date", run.evaluation_date},
      {"program_version", kProgramVersion},
      {"deliveries", deliveries_json(world)},
      {"reference_hash", fmt::format("{:016x}", text::reference_hash())},
      {"rules_hash", fmt::format("{:016x}", world.rules->content_hash())},
      {"calibration",
       run.calibration ? json::parse(calibration_json(*run.calibration)) : json::value(nullptr)},
      {"model",
       json::object{{"hash", models_hash(run.models)},
                    {"tables", fmt::format("{:016x}", link::tables_hash(*world.linkage.tables))}}},
      {"profile", nullptr},
      {"cannot_links", json::array()},
      {"entities", world.linkage.entities.count()},
      {"pairs_compared", world.linkage.stats.pairs_compared},
      {"search", search_json(world.linkage.search)},
      {"keys", keys_json(world.linkage.stats)},
      // Hot now, but not when the frequency tables were counted.
      {"keys_hot_since_training", json::object{{"refined", world.linkage.stats.later_refined_keys},
                                               {"cut", world.linkage.stats.later_cut_keys}}},
      {"links", link_counts_json(world)},
      {"thresholds", thresholds_json(world)},
      {"error_sheet", error_summary(world, run.errors)},
      {"rules", rules_json(run.rules)}});
}

Status write_run_files(const CompareReport& run) {
  BIDUI_TRY(write_links(run, run.directory / "links.csv"));
  BIDUI_TRY(write_households(*run.world, run.directory / "households.csv"));
  BIDUI_TRY(write_flags(run.flags, run.directory / "flags.csv"));
  BIDUI_TRY(write_text_file(run.directory / "model.json", models_json(run.models) + "\n"));
  return write_text_file(run.directory / "summary.json", run.summary + "\n");
}

}  // namespace bidui::workspace
