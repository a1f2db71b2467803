#include "workspace/error_summary.h"

#include <algorithm>
#include <boost/json.hpp>

#include "matcher/link/error_rates.h"
#include "workspace/number_json.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kAssumptions =
    "Estimated by the linkage model itself, without reviewed pairs: agreement on different fields "
    "is "
    "taken as independent given match, relatives or strangers. missed_rate_at_least counts what "
    "the probabilities of scored pairs leave and what capture-recapture says of the keys (a lower "
    "bound: kinds of keys are not independent). The figures at_most are where chance alone may "
    "take the rates if the model is right, and of missed_rate_at_most what the model's share of "
    "matches in all pairs leaves, whichever is more; estimated_missed_rate is the middle of the "
    "two. None is a bound of the truth, which lies outside at times (docs/errors.md).";

link::ErrorRates rates_of(const ErrorGroup& group) {
  return link::expected_rates(group.tally, group.expected_matches);
}

json::object linkage_json(const RunWorld& world, const SourceLinkage& linkage,
                          const ErrorGroup& group) {
  const link::ErrorRates rates = rates_of(group);
  const double at_most = rates.missed_at_most.value_or(rates.missed_rate.value);
  return json::object{{"source", world.sources[linkage.source].instance},
                      {"records", world.sources[linkage.source].rows()},
                      {"links", linkage.links},
                      {"possible", linkage.possible},
                      {"duplicates", linkage.duplicates},
                      {"threshold", linkage.threshold},
                      {"estimated_false_link_rate", rates.false_rate.value},
                      {"false_link_rate_at_most", optional_json(rates.false_at_most)},
                      {"estimated_missed_rate", (rates.missed_rate.value + at_most) / 2},
                      {"missed_rate_at_least", rates.missed_rate.value},
                      {"missed_rate_at_most", optional_json(rates.missed_at_most)},
                      {"unlinkable", group.tally.unlinkable},
                      {"model_converged", linkage.model.converged},
                      {"model_iterations", linkage.model.iterations},
                      {"greedy_components", linkage.greedy_components}};
}

// Links by the groups of keys that found them: "number+place".
json::object captured_json(const link::ErrorTally& tally) {
  constexpr std::array<std::string_view, model::kCaptureGroups> kNames = {"number", "birth",
                                                                          "place"};
  json::object counts;
  for (std::size_t set = 1; set < model::CaptureCounts{}.size(); ++set) {
    std::string name;
    for (std::size_t g = 0; g < kNames.size(); ++g) {
      if ((set >> g & 1U) != 0) name += (name.empty() ? "" : "+") + std::string(kNames[g]);
    }
    double found = 0;
    for (const model::CaptureCounts& captured : tally.captured) found += captured[set];
    counts[name] = found;
  }
  return counts;
}

json::array groups_json(const ErrorSheet& sheet) {
  json::array groups;
  for (const ErrorGroup& group : sheet.groups) {
    const link::ErrorRates rates = rates_of(group);
    groups.push_back(json::object{{"dimension", dimension_name(group.name.dimension)},
                                  {"group", group.name.name},
                                  {"title", group.name.title},
                                  {"records", group.tally.records},
                                  {"linked", group.tally.linked},
                                  {"unlinkable", group.tally.unlinkable},
                                  {"links", rates.links},
                                  {"false_links", rates.false_links.value},
                                  {"missed_pairs", rates.missed_pairs.value},
                                  {"missed_by_keys", estimate_json(rates.missed_by_keys)},
                                  {"false_link_rate", rates.false_rate.value},
                                  {"false_link_rate_at_most", optional_json(rates.false_at_most)},
                                  {"missed_rate_at_least", rates.missed_rate.value},
                                  {"missed_rate_at_most", optional_json(rates.missed_at_most)},
                                  {"captured", captured_json(group.tally)}});
  }
  return groups;
}

}  // namespace

json::object error_summary(const RunWorld& world, const ErrorSheet& sheet, bool calibrated) {
  json::array linkage;
  for (const SourceLinkage& l : world.linkage.to_spine) {
    const ErrorGroup* const group =
        sheet.find_sources(world.sources[l.source].instance, world.sources[world.spine()].instance);
    if (group != nullptr) linkage.push_back(linkage_json(world, l, *group));
  }
  return json::object{{"basis", calibrated ? "model with calibrated weights" : "model"},
                      {"assumptions", kAssumptions},
                      {"to_civil", linkage},
                      {"groups", groups_json(sheet)}};
}

}  // namespace bidui::workspace
