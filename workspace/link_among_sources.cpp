#include "workspace/link_among_sources.h"

#include <algorithm>
#include <tbb/parallel_for.h>

#include "matcher/link/entered_twice.h"
#include "workspace/changed_weights.h"
#include "workspace/linked_pairs.h"
#include "workspace/source_models.h"
#include "workspace/updated_pairs.h"

namespace bidui::workspace {
namespace {

using link::CandidatePair;
using link::Linker;

link::ScoredPairs update_among(const link::LeftSide& side, const link::LinkerOptions& options,
                               const CandidateReuse& reuse) {
  const model::Scorer preliminary(preliminary_model(options, side));
  auto [scored, found] = updated_pairs(
      side, options, reuse.among,
      link::search_changed_within(side, reuse.changed_left, reuse.near_left, options, preliminary));
  weigh_rows(side, reuse.weights_hold ? left_rows(found) : all_rows(side.size()),
             side.records().span(), {}, options, scored.pairs);
  scored.stats.right_records = side.size();
  return std::move(scored);
}

// Whether a pair of one source may be one person: entered twice where each has one row; where a
// person has several (houses, vehicles), only by number and name, for who is in no other source has
// nothing else that brings his rows together.
bool same_within(const schema::Schema& schema, const RunRecords& records,
                 const CandidatePair& pair) {
  if (!schema.person_once) return link::same_number_and_name(pair);
  return link::entered_twice(records.features(pair.left), records.features(pair.right));
}

void decide_among(std::span<const RunSource> sources, const RunRecords& records,
                  const std::vector<CandidatePair>& pairs, const model::Calibration& calibration,
                  PersonLinkage& result) {
  const std::size_t count = sources.size() - 1;
  std::vector<std::vector<CandidatePair>> by_sources(count * count);
  std::vector<link::Decisions> decided(count * count);
  for (const CandidatePair& pair : pairs) {
    by_sources[records.source_of(pair.left) * count + records.source_of(pair.right)].push_back(
        pair);
  }
  std::vector<char> had_pairs(by_sources.size());
  std::ranges::transform(by_sources, had_pairs.begin(),
                         [](const auto& own) { return own.empty() ? 0 : 1; });
  tbb::parallel_for(std::size_t{0}, by_sources.size(), [&](std::size_t i) {
    const std::size_t l = i / count;
    const std::size_t r = i % count;
    if (l == r)
      std::erase_if(by_sources[i], [&](const CandidatePair& pair) {
        return !same_within(*sources[l].schema, records, pair);
      });
    link::DecisionOptions options;
    const bool once = sources[l].schema->person_once && sources[r].schema->person_once;
    options.lowest_non_link = kLowestNonLink;
    options.calibration = calibration;
    options.assignment =
        l == r || !once ? link::Assignment::kManyToMany : link::Assignment::kOneToOne;
    const link::FeaturesOf features = [&](std::uint32_t record) {
      return &records.features(record);
    };
    decided[i] = link::decide(by_sources[i], options, {features, features});
  });
  for (std::size_t l = 0; l < count; ++l) {
    for (std::size_t r = l; r < count; ++r) {
      const std::vector<CandidatePair>& own = by_sources[l * count + r];
      const link::Decisions& decisions = decided[l * count + r];
      if (had_pairs[l * count + r] == 0) continue;
      result.among_sources.links += decisions.link_count;
      result.among_sources.possible += decisions.possible_count;
      result.among_sources.expected_false_links += decisions.expected_false_links;
      result.thresholds.push_back({l, r, decisions.threshold});
      for (const link::Link& d : decisions.links)
        result.links.push_back(person_link(d, own, d.right));
      for (const link::Link& d : decisions.non_links)
        result.non_links.push_back(person_link(d, own, d.right));
    }
  }
}

}  // namespace

void link_among_sources(std::span<const RunSource> sources, const RunRecords& records,
                        const SearchPlan& plan, const link::CannotLinks& cannot_links,
                        RunModels& models, const Progress& progress, PersonLinkage& result) {
  const link::LeftSide& side = *plan.side;
  if (side.size() == 0) return;
  report(progress, {"link among sources", "rows", 0, side.size()});
  link::LinkerOptions options;
  options.one_table = true;
  options.expected_right = static_cast<double>(side.size());
  options.tables = models.tables;
  const model::Model* const kept = models.find(kAmongSources);
  if (kept != nullptr) options.models = {*kept};
  link::ScoredPairs scored;
  if (plan.reuse) {
    scored = update_among(side, options, *plan.reuse);
  } else {
    Linker linker(plan.side, options);
    linker.add_right(side.records().span());
    scored = linker.finish();
  }
  result.candidates->among = kept_pairs(scored.pairs);
  link::drop_cannot_links(scored.pairs, cannot_links);
  if (kept == nullptr) {
    models.models.push_back({std::string(kAmongSources), scored.models.front(),
                             training_deliveries(sources.first(sources.size() - 1))});
  }
  result.among_sources.model = scored.models.front();
  result.among_sources.pairs_compared = scored.stats.pairs_compared;
  result.among_sources.histogram = histogram_of(scored.pairs);
  decide_among(sources, records, scored.pairs, models.calibration, result);
  report(progress, {"link among sources", "rows", side.size(), side.size()});
}

}  // namespace bidui::workspace
