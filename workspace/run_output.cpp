#include "workspace/run_output.h"

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

#include "connectors/delimited/csv_writer.h"
#include "matcher/model/scorer.h"
#include "matcher/text/reference.h"
#include "workspace/error_summary.h"
#include "workspace/keys_json.h"
#include "workspace/text_file.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;
using connectors::CsvWriter;

// A number with so many decimals, in place.
class FixedNumber {
 public:
  std::string_view write(double value, int decimals) {
    const auto end = std::to_chars(text_.data(), text_.data() + text_.size(), value,
                                   std::chars_format::fixed, decimals);
    return {text_.data(), static_cast<std::size_t>(end.ptr - text_.data())};
  }

 private:
  std::array<char, 400> text_{};  // the widest double has 309 digits before the point
};

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

json::object cannot_links_json(const RunConstraints& constraints) {
  return {{"count", constraints.count},
          {"not_found", constraints.not_found},
          {"hash", fmt::format("{:016x}", constraints.hash)}};
}

json::object lineage_json(const Lineage& lineage) {
  json::object counts{{"merged", 0}, {"split", 0}, {"moved", 0}, {"renamed", 0}};
  for (const LineageRow& row : lineage.rows) {
    json::value& count = counts.at(entity_change_name(row.change));
    count = count.as_int64() + 1;
  }
  return counts;
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
        {"undecided", r.undecided}, {"suppressed", r.suppressed}, {"not_covered", r.not_covered},
        {"settled", r.settled}};
    if (!r.not_evaluated.empty()) {
      rule["not_evaluated"] = r.not_evaluated.zh;
      rule["not_evaluated_en"] = r.not_evaluated.en;
    }
    result.push_back(rule);
  }
  return result;
}

json::object dispositions_json(const SettledFlags& flags) {
  return {{"settled", flags.settled},
          {"reopened", flags.reopened},
          {"closed", flags.closed},
          {"gone_in_hand", flags.gone_in_hand}};
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

json::object model_json(const CompareReport& run) {
  return {{"hash", models_hash(run.models)},
          {"tables", fmt::format("{:016x}", link::tables_hash(*run.world->linkage.tables))}};
}

// Which county's values the rules had; its text is kept with the run ("rule_files").
json::value profile_json(const RuleFiles& files) {
  const Result<rule::Profile> profile = rule::Profile::parse(files.profile);
  if (!profile || files.profile.empty()) return nullptr;
  return json::object{{"name", profile->name()},
                      {"title", profile->title()},
                      {"file", files.profile.back().name},
                      {"hash", fmt::format("{:016x}", profile->content_hash())}};
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
      {"since", run.since.empty() ? json::value(nullptr) : json::value(run.since)},
      {"program_version", kProgramVersion},
      {"deliveries", deliveries_json(world)},
      {"reference_hash", fmt::format("{:016x}", text::reference_hash())},
      {"rules_hash", fmt::format("{:016x}", world.rules->content_hash())},
      {"calibration",
       run.calibration ? json::parse(calibration_json(*run.calibration)) : json::value(nullptr)},
      {"model", model_json(run)},
      {"profile", profile_json(world.rule_files)},
      {"cannot_links", cannot_links_json(world.constraints)},
      {"entities", world.linkage.entities.count()},
      {"lineage", lineage_json(run.lineage)},
      {"pairs_compared", world.linkage.stats.pairs_compared},
      {"search", search_json(world.linkage.search)},
      {"keys", keys_json(world.linkage.stats)},
      // Hot now, but not when the frequency tables were counted.
      {"keys_hot_since_training", json::object{{"refined", world.linkage.stats.later_refined_keys},
                                               {"cut", world.linkage.stats.later_cut_keys}}},
      {"links", link_counts_json(world)},
      {"thresholds", thresholds_json(world)},
      {"error_sheet", error_summary(world, run.errors, run.calibration.has_value())},
      {"dispositions", dispositions_json(run.settled)},
      {"rules", rules_json(run.rules)}});
}

Status write_links(const CompareReport& run) {
  const RunWorld& world = *run.world;
  Result<CsvWriter> csv =
      CsvWriter::create(run.directory / "links.csv", {.neutralise_formulas = false});
  BIDUI_TRY(csv);
  constexpr std::array<std::string_view, 9> kHeader = {"left_source", "left_key", "right_source",
                                                       "right_key",   "weight",   "probability",
                                                       "decision",    "level",    "via"};
  csv->row(kHeader);
  FixedNumber weight;
  FixedNumber probability;
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
    csv->plain(weight.write(row.weight, 3));
    csv->plain(probability.write(model::probability_of(row.weight), 6));
    csv->plain(row.level == LinkLevel::kL1 ? "possible" : "link");
    csv->plain(rule::level_name(row.level));
    csv->plain(row.direct ? "direct" : "entity");
    csv->end_row();
  }
  return csv->close();
}

Status write_households(const CompareReport& run) {
  const RunWorld& world = *run.world;
  Result<CsvWriter> csv =
      CsvWriter::create(run.directory / "households.csv", {.neutralise_formulas = false});
  BIDUI_TRY(csv);
  constexpr std::array<std::string_view, 8> kHeader = {
      "left_source", "left_household", "right_source", "right_household",
      "shared",      "left_size",      "right_size",   "level"};
  csv->row(kHeader);
  const auto key = [&](std::size_t s, std::uint32_t h) {
    return world.view->household_key({static_cast<rule::SourceIndex>(s), h});
  };
  for (std::size_t s = 0; s + 1 < world.sources.size(); ++s) {
    for (std::uint32_t h = 0; h < world.households->count(s); ++h) {
      const std::string_view own = key(s, h);
      const std::string own_size = std::to_string(world.households->members(s, h).size());
      for (std::size_t other = s + 1; other < world.sources.size(); ++other) {
        const auto linked = world.households->linked(s, h, other);
        const auto shared = world.households->shared(s, h, other);
        for (std::size_t i = 0; i < linked.size(); ++i) {
          const std::uint32_t theirs = linked[i].household.household;
          csv->plain(world.sources[s].instance);
          csv->plain(own);
          csv->plain(world.sources[other].instance);
          csv->plain(key(other, theirs));
          csv->plain(std::to_string(shared[i]));
          csv->plain(own_size);
          csv->plain(std::to_string(world.households->members(other, theirs).size()));
          csv->plain(rule::level_name(linked[i].level));
          csv->end_row();
        }
      }
    }
  }
  return csv->close();
}

Status write_flags(const CompareReport& run) {
  Result<CsvWriter> csv =
      CsvWriter::create(run.directory / "flags.csv", {.neutralise_formulas = false});
  BIDUI_TRY(csv);
  constexpr std::array<std::string_view, 10> kHeader = {
      "flag_id", "rule",     "source", "subject",  "subject_kind",
      "status",  "severity", "level",  "division", "evidence"};
  csv->row(kHeader);
  for (const FlagState& state : run.flags) {
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

Status write_manifests(const CompareReport& run) {
  BIDUI_TRY(write_text_file(run.directory / "model.json", models_json(run.models) + "\n"));
  BIDUI_TRY(write_text_file(run.directory / "lineage.csv", lineage_csv(run.lineage)));
  return write_text_file(run.directory / "summary.json", run.summary + "\n");
}

}  // namespace bidui::workspace
