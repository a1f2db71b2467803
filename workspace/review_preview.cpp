#include "workspace/review_preview.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "matcher/link/decision.h"
#include "workspace/error_sheet.h"
#include "workspace/review_pairs.h"
#include "workspace/run_artefacts.h"

namespace bidui::workspace {
namespace {

// The rivals that lost to a link do not count as possible, before as after: their weights are what
// competition left.
ChangedPairs decide_again(const std::vector<PopulationPair>& pairs,
                          const model::Calibration& line) {
  const link::DecisionOptions options;
  const double lowest = model::weight_of(options.possible_probability);
  std::unordered_set<std::uint32_t> taken;  // left records that keep a link
  const auto threshold_of = [&](const model::Calibration& weigh) {
    std::vector<double> weights;
    for (const PopulationPair& pair : pairs) weights.push_back(weigh(pair.weight));
    return link::find_threshold(std::move(weights), options.false_link_rate);
  };
  const double before = threshold_of({});
  const double after = threshold_of(line);
  ChangedPairs changed;
  const auto count = [&](const PopulationPair& pair, bool linked) {
    const double weight = line(pair.weight);
    changed.links += pair.linked ? 1 : 0;
    changed.links_lost += pair.linked && !linked ? 1 : 0;
    changed.links_gained += !pair.linked && linked ? 1 : 0;
    changed.possible += !pair.linked && pair.weight >= lowest ? 1 : 0;
    changed.possible_after += !linked && weight >= lowest ? 1 : 0;
  };
  for (const PopulationPair& pair : pairs) {
    if (!pair.linked) continue;
    // Below the threshold before: implied by other links.
    const bool stays = line(pair.weight) >= after || pair.weight < before;
    if (stays) taken.insert(pair.left);
    count(pair, stays);
  }
  for (const PopulationPair& pair : pairs) {
    if (pair.linked) continue;
    const bool joins =
        line(pair.weight) >= after && pair.weight < before && taken.insert(pair.left).second;
    count(pair, joins);
  }
  return changed;
}

}  // namespace

Result<std::vector<ChangedPairs>> preview_calibration(const store::Store& store,
                                                      const KeptCalibration& calibration) {
  const Result<std::vector<PopulationPair>> pairs = load_pairs(store, calibration.run);
  BIDUI_TRY(pairs);
  const Result<std::string> bytes = store.read_artefact(calibration.run, kErrorSheetArtefact);
  BIDUI_TRY(bytes);
  const Result<ErrorSheet> sheet = decode_error_sheet(*bytes);
  BIDUI_TRY(sheet);
  std::map<std::string, std::vector<PopulationPair>> by_sources;
  for (const PopulationPair& pair : *pairs)
    by_sources[sheet->relations[pair.relation]].push_back(pair);
  std::vector<ChangedPairs> result;
  for (const ErrorGroup& group : sheet->groups) {
    if (group.name.dimension != Dimension::kSources || is_within_source(group.name)) continue;
    const auto found = by_sources.find(group.name.name);
    if (found == by_sources.end()) continue;
    ChangedPairs changed = decide_again(found->second, calibration.line);
    changed.title = group.name.title;
    changed.name = group.name.name;
    result.push_back(std::move(changed));
  }
  return result;
}

}  // namespace bidui::workspace
