#include "workspace/link_to_spine.h"

#include <algorithm>
#include <iterator>
#include <tbb/parallel_for.h>

#include "workspace/changed_weights.h"
#include "workspace/linked_pairs.h"
#include "workspace/source_models.h"
#include "workspace/updated_pairs.h"

namespace bidui::workspace {
namespace {

using link::CandidatePair;
using link::Linker;

constexpr std::size_t kChunk = 65536;  // rows of the spine that are streamed at a time

link::Assignment assignment_of(const schema::Schema& schema) {
  return schema.person_once ? link::Assignment::kOneToOne : link::Assignment::kOneToMany;
}

// The pairs whose left row lies in [first, last); pairs are sorted by left row.
std::span<const CandidatePair> pairs_between(const std::vector<CandidatePair>& pairs,
                                             std::uint32_t first, std::uint32_t last) {
  const auto begin = std::ranges::lower_bound(pairs, first, {}, &CandidatePair::left);
  const auto end = std::ranges::lower_bound(pairs, last, {}, &CandidatePair::left);
  return {begin, end};
}

link::LinkerOptions spine_options(std::span<const RunSource> sources, const RunModels& models) {
  link::LinkerOptions options;
  options.groups = static_cast<std::uint8_t>(sources.size() - 1);
  options.expected_right = std::max<double>(sources.back().rows(), 1);
  options.models = given_models(sources, models);
  options.tables = models.tables;
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    if (!sources[s].schema->person_once) options.right_shared |= 1ULL << s;
  }
  return options;
}

link::ScoredPairs score_to_spine(std::span<const RunSource> sources,
                                 const std::shared_ptr<link::LeftSide>& side, RunModels& models,
                                 const Progress& progress) {
  const RunSource& spine = sources.back();
  const link::RecordSpan right{.persons = spine.features};
  const link::LinkerOptions options = spine_options(sources, models);
  Linker linker(side, options);
  for (std::size_t row = 0; row < spine.rows(); row += kChunk) {
    const std::size_t rows = std::min<std::size_t>(spine.rows() - row, kChunk);
    linker.add_right({.persons = right.persons.subspan(row, rows)});
    report(progress, {"link", "rows", row + rows, spine.rows()});
  }
  link::ScoredPairs scored = linker.finish();
  keep_models(scored, sources, models);
  return scored;
}

link::ScoredPairs update_to_spine(std::span<const RunSource> sources, const SearchPlan& plan,
                                  const RunModels& models, PersonLinkage& result) {
  const link::LeftSide& side = *plan.side;
  const CandidateReuse& reuse = *plan.reuse;
  const link::RecordSpan right{.persons = sources.back().features};
  const link::LinkerOptions options = spine_options(sources, models);
  const model::Scorer preliminary(preliminary_model(options, side));
  auto [scored, found] =
      updated_pairs(side, options, reuse.to_spine,
                    link::search_changed(side, right, reuse.changed, options, preliminary));
  const std::vector<std::uint32_t> touched =
      reuse.weights_hold
          ? touched_rows(result.candidates->sources, side.records().span(), reuse, found)
          : all_rows(side.size());
  weigh_rows(side, touched, right, result.candidates->sources.back().ties, options, scored.pairs);
  result.search.weighed_records = touched.size();
  scored.stats.right_records = right.size();
  return std::move(scored);
}

}  // namespace

void link_to_spine(std::span<const RunSource> sources, const RunRecords& records,
                   const SearchPlan& plan, const link::CannotLinks& cannot_links, RunModels& models,
                   const Progress& progress, PersonLinkage& result) {
  const RunSource& spine = sources.back();
  link::ScoredPairs scored = plan.reuse ? update_to_spine(sources, plan, models, result)
                                        : score_to_spine(sources, plan.side, models, progress);
  result.stats = scored.stats;
  result.tables = scored.tables;
  result.candidates->to_spine = kept_pairs(scored.pairs);
  link::drop_cannot_links(scored.pairs, cannot_links, records.number(sources.size() - 1, 0));
  std::vector<link::Decisions> all_decisions(sources.size() - 1);
  const auto pairs_of = [&](std::size_t s) {
    const std::uint32_t first = records.number(s, 0);
    return pairs_between(scored.pairs, first, first + sources[s].rows());
  };
  const link::SideFeatures features{
      .left = [&](std::uint32_t record) { return &records.features(record); },
      .right = [&](std::uint32_t row) { return &spine.features[row]; }};
  tbb::parallel_for(std::size_t{0}, all_decisions.size(), [&](std::size_t s) {
    all_decisions[s] = link::decide(pairs_of(s),
                                    {.assignment = assignment_of(*sources[s].schema),
                                     .lowest_non_link = kLowestNonLink,
                                     .calibration = models.calibration},
                                    features);
  });
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    if (sources[s].rows() == 0) continue;
    const auto pairs = pairs_of(s);
    const link::Decisions& decisions = all_decisions[s];
    SourceLinkage linkage{.source = s, .model = scored.models[s]};
    linkage.threshold = decisions.threshold;
    linkage.expected_false_links = decisions.expected_false_links;
    linkage.expected_matches = scored.models[s].match_share * sources[s].rows() * spine.rows();
    linkage.links = decisions.link_count;
    linkage.possible = decisions.possible_count;
    linkage.duplicates = decisions.left_duplicates;
    linkage.greedy_components = decisions.greedy_components;
    linkage.histogram = histogram_of(pairs);
    result.to_spine.push_back(std::move(linkage));
    result.thresholds.push_back({s, sources.size() - 1, decisions.threshold});
    const auto of_spine = [&](const link::Link& l) {
      return person_link(l, pairs, records.number(sources.size() - 1, l.right));
    };
    std::ranges::transform(decisions.links, std::back_inserter(result.links), of_spine);
    std::ranges::transform(decisions.outdone, std::back_inserter(result.links), of_spine);
    std::ranges::transform(decisions.non_links, std::back_inserter(result.non_links), of_spine);
  }
}

}  // namespace bidui::workspace
