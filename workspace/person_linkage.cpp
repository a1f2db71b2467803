#include "workspace/person_linkage.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <tbb/parallel_sort.h>

#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "workspace/candidate_reuse.h"
#include "workspace/entered_twice.h"
#include "workspace/run_records.h"
#include "workspace/spine_repetitions.h"

namespace bidui::workspace {
namespace {

using link::CandidatePair;
using link::Decision;
using link::Linker;

constexpr std::size_t kChunk = 65536;  // rows of the spine that are streamed at a time

link::Assignment assignment_of(const schema::Schema& schema) {
  return schema.person_once ? link::Assignment::kOneToOne : link::Assignment::kOneToMany;
}

// The records of all sources but the spine, with the source of each as its group. Their keys are
// counted; hot ones are those of the frozen tables, and what is hot beside.
std::shared_ptr<link::LeftSide> small_side(std::span<const RunSource> sources,
                                           const link::FrequencyTables* tables) {
  link::RecordTable records;
  std::vector<std::uint8_t> groups;
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    const auto& features = sources[s].features;
    records.persons.insert(records.persons.end(), features.begin(), features.end());
    groups.insert(groups.end(), features.size(), static_cast<std::uint8_t>(s));
  }
  link::LeftSideOptions options;
  if (tables != nullptr) {
    options.key_cap = tables->key_cap;
    options.hot = tables->keys;
  }
  return std::make_shared<link::LeftSide>(std::move(records), std::move(groups),
                                          std::move(options));
}

PersonLink person_link(const link::Link& l, std::span<const CandidatePair> pairs,
                       std::uint32_t right) {
  return {l.left, right, l.weight, pairs[l.pair].weight, l.decision, pairs[l.pair].kinds};
}

std::vector<std::uint64_t> histogram_of(std::span<const CandidatePair> pairs) {
  std::vector<std::uint64_t> bins(kHistogramBins);
  for (const CandidatePair& pair : pairs) {
    const int bin = static_cast<int>(std::floor(pair.weight)) - kHistogramFirst;
    ++bins[static_cast<std::size_t>(std::clamp(bin, 0, kHistogramBins - 1))];
  }
  return bins;
}

std::vector<TrainingDelivery> training_deliveries(std::span<const RunSource> sources) {
  std::vector<TrainingDelivery> deliveries;
  for (const RunSource& source : sources) {
    for (const store::DeliveryInfo& d : source.deliveries)
      deliveries.push_back({d.instance, d.coverage, d.as_of, d.content_hash, d.record_count});
  }
  return deliveries;
}

// A new source's model was trained on its own deliveries and the spine's.
std::vector<TrainingDelivery> training_deliveries(std::span<const RunSource> sources,
                                                  std::size_t source) {
  std::vector<TrainingDelivery> deliveries = training_deliveries(sources.subspan(source, 1));
  const std::vector<TrainingDelivery> spine = training_deliveries(sources.last(1));
  deliveries.insert(deliveries.end(), spine.begin(), spine.end());
  return deliveries;
}

void keep_models(const link::ScoredPairs& scored, std::span<const RunSource> sources,
                 RunModels& models) {
  for (std::size_t s = 0; s < scored.models.size(); ++s) {
    if (sources[s].rows() == 0 || models.find(sources[s].instance) != nullptr) continue;
    models.models.push_back(
        {sources[s].instance, scored.models[s], training_deliveries(sources, s)});
  }
  // Without a source beside the spine nothing is trained yet, and nothing frozen.
  if (models.tables == nullptr && !models.empty()) {
    models.tables = scored.tables;
    models.counted_on = training_deliveries(sources);
  }
}

// Of each source its model; none where it has records and no model yet: train one.
std::vector<std::optional<model::Model>> given_models(std::span<const RunSource> sources,
                                                      const RunModels& models) {
  std::vector<std::optional<model::Model>> given;
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    const model::Model* const model = models.find(sources[s].instance);
    if (model != nullptr) {
      given.emplace_back(*model);
    } else if (sources[s].rows() == 0) {
      given.emplace_back(model::Model{});
    } else {
      given.emplace_back(std::nullopt);
    }
  }
  return given;
}

// The pairs whose left row lies in [first, last); pairs are sorted by left row.
std::span<const CandidatePair> pairs_between(const std::vector<CandidatePair>& pairs,
                                             std::uint32_t first, std::uint32_t last) {
  const auto begin = std::ranges::lower_bound(pairs, first, {}, &CandidatePair::left);
  const auto end = std::ranges::lower_bound(pairs, last, {}, &CandidatePair::left);
  return {begin, end};
}

// Reused pairs and those found now; by (left, right).
std::vector<CandidatePair> merged_pairs(std::span<const KeptPair> kept,
                                        std::span<const CandidatePair> found) {
  const auto by_rows = [](const CandidatePair& a, const CandidatePair& b) {
    return a.left != b.left ? a.left < b.left : a.right < b.right;
  };
  std::vector<CandidatePair> pairs(kept.size());
  std::ranges::transform(kept, pairs.begin(), candidate_pair);
  if (!std::ranges::is_sorted(pairs, by_rows))
    tbb::parallel_sort(pairs.begin(), pairs.end(), by_rows);
  pairs.insert(pairs.end(), found.begin(), found.end());
  std::inplace_merge(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(kept.size()),
                     pairs.end(), by_rows);
  return pairs;
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
                                 const CandidateReuse* reuse, const Progress& progress) {
  const RunSource& spine = sources.back();
  const link::RecordSpan right{.persons = spine.features};
  const link::LinkerOptions options = spine_options(sources, models);
  Linker linker(side, options);
  std::uint64_t compared = 0;
  if (reuse != nullptr) {
    const link::ChangedPairs found =
        link::search_changed(*side, right, reuse->changed, options, linker.preliminary());
    compared = found.compared;
    linker.add_pairs(merged_pairs(reuse->to_spine, found.pairs));
    linker.add_searched_right(right);
    report(progress, {"link", "rows", spine.rows(), spine.rows()});
  }
  for (std::size_t row = 0; reuse == nullptr && row < spine.rows(); row += kChunk) {
    const std::size_t rows = std::min<std::size_t>(spine.rows() - row, kChunk);
    linker.add_right({.persons = right.persons.subspan(row, rows)});
    report(progress, {"link", "rows", row + rows, spine.rows()});
  }
  link::ScoredPairs scored = linker.finish();
  scored.stats.pairs_compared += compared;
  keep_models(scored, sources, models);
  return scored;
}

void link_to_spine(std::span<const RunSource> sources, const RunRecords& records,
                   const std::shared_ptr<link::LeftSide>& side,
                   const link::CannotLinks& cannot_links, RunModels& models,
                   const CandidateReuse* reuse, const Progress& progress, PersonLinkage& result) {
  const RunSource& spine = sources.back();
  link::ScoredPairs scored = score_to_spine(sources, side, models, reuse, progress);
  result.stats = scored.stats;
  result.tables = scored.tables;
  result.candidates->to_spine = kept_pairs(scored.pairs);
  link::drop_cannot_links(scored.pairs, cannot_links, records.number(sources.size() - 1, 0));
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    if (sources[s].rows() == 0) continue;
    const std::uint32_t first = records.number(s, 0);
    const auto pairs = pairs_between(scored.pairs, first, first + sources[s].rows());
    const link::Decisions decisions =
        link::decide(pairs, {.assignment = assignment_of(*sources[s].schema),
                             .lowest_non_link = kLowestNonLink,
                             .calibration = models.calibration});
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
    std::ranges::transform(decisions.non_links, std::back_inserter(result.non_links), of_spine);
  }
}

void decide_among(std::span<const RunSource> sources, const RunRecords& records,
                  const std::vector<CandidatePair>& pairs, const model::Calibration& calibration,
                  PersonLinkage& result) {
  const std::size_t count = sources.size() - 1;
  std::vector<std::vector<CandidatePair>> by_sources(count * count);
  for (const CandidatePair& pair : pairs) {
    by_sources[records.source_of(pair.left) * count + records.source_of(pair.right)].push_back(
        pair);
  }
  for (std::size_t l = 0; l < count; ++l) {
    for (std::size_t r = l; r < count; ++r) {
      std::vector<CandidatePair>& own = by_sources[l * count + r];
      if (own.empty()) continue;
      if (l == r)
        std::erase_if(own, [&](const CandidatePair& pair) {
          return !may_be_entered_twice(pair, records.features(pair.left),
                                       records.features(pair.right));
        });
      link::DecisionOptions options;
      const bool once = sources[l].schema->person_once && sources[r].schema->person_once;
      options.lowest_non_link = kLowestNonLink;
      options.calibration = calibration;
      options.assignment =
          l == r || !once ? link::Assignment::kManyToMany : link::Assignment::kOneToOne;
      const link::Decisions decisions = link::decide(own, options);
      result.among_sources.links += decisions.link_count;
      result.among_sources.possible += decisions.possible_count;
      result.among_sources.expected_false_links += decisions.expected_false_links;
      result.thresholds.push_back({l, r, decisions.threshold});
      if (l == r && !sources[l].schema->person_once) continue;
      for (const link::Link& d : decisions.links)
        result.links.push_back(person_link(d, own, d.right));
      for (const link::Link& d : decisions.non_links)
        result.non_links.push_back(person_link(d, own, d.right));
    }
  }
}

void link_among_sources(std::span<const RunSource> sources, const RunRecords& records,
                        const std::shared_ptr<link::LeftSide>& side,
                        const link::CannotLinks& cannot_links, RunModels& models,
                        const CandidateReuse* reuse, const Progress& progress,
                        PersonLinkage& result) {
  if (side->size() == 0) return;
  report(progress, {"link among sources", "rows", 0, side->size()});
  link::LinkerOptions options;
  options.one_table = true;
  options.expected_right = static_cast<double>(side->size());
  options.tables = models.tables;
  const model::Model* const kept = models.find(kAmongSources);
  if (kept != nullptr) options.models = {*kept};
  Linker linker(side, options);
  std::uint64_t compared = 0;
  if (reuse != nullptr) {
    const link::ChangedPairs found =
        link::search_changed_within(*side, reuse->changed.left, options, linker.preliminary());
    compared = found.compared;
    linker.add_pairs(merged_pairs(reuse->among, found.pairs));
    linker.add_searched_right(side->records().span());
  } else {
    linker.add_right(side->records().span());
  }
  link::ScoredPairs scored = linker.finish();
  result.candidates->among = kept_pairs(scored.pairs);
  link::drop_cannot_links(scored.pairs, cannot_links);
  if (kept == nullptr) {
    models.models.push_back({std::string(kAmongSources), scored.models.front(),
                             training_deliveries(sources.first(sources.size() - 1))});
  }
  result.among_sources.model = scored.models.front();
  result.among_sources.pairs_compared = scored.stats.pairs_compared + compared;
  result.among_sources.histogram = histogram_of(scored.pairs);
  decide_among(sources, records, scored.pairs, models.calibration, result);
  report(progress, {"link among sources", "rows", side->size(), side->size()});
}

// Why the candidates of an earlier run are of no use; "" where they are.
std::string reason_for_all(std::span<const RunSource> sources, const RunModels& models,
                           const link::LeftSide& side, const KeptCandidates& kept,
                           const RowMatching& matching) {
  if (kept.empty()) return "first_run";
  const auto given = given_models(sources, models);
  const bool trained = std::ranges::all_of(given, [](const auto& m) { return m.has_value(); }) &&
                       models.find(kAmongSources) != nullptr;
  if (models.tables == nullptr || !trained) return "model_trained";
  if (search_basis(*models.tables) != kept.basis) return "other_tables_or_version";
  if (!(side.census().later == kept.later)) return "hot_keys_changed";
  return matching.changed_too_much() ? "too_much_changed" : "";
}

// Nothing: search all.
std::optional<CandidateReuse> plan_search(std::span<const RunSource> sources,
                                          const RunModels& models, const link::LeftSide& side,
                                          KeptCandidates kept, PersonLinkage& result) {
  RowMatching matching(sources, kept);
  result.search.reason = reason_for_all(sources, models, side, kept, matching);
  // After the first run what is hot is in the tables.
  if (models.tables != nullptr) result.candidates->later = side.census().later;
  std::optional<CandidateReuse> reuse;
  if (result.search.reason.empty()) {
    reuse = matching.reuse(std::move(kept));
    result.search.incremental = true;
    result.search.changed_records = reuse->changed.left.size();
    result.search.changed_in_spine = reuse->changed.right.size();
    result.search.reused_pairs = reuse->to_spine.size() + reuse->among.size();
  }
  result.candidates->sources = std::move(matching).sources();
  return reuse;
}

link::Entities entities_of(std::span<const RunSource> sources, const RunRecords& records,
                           const std::vector<PersonLink>& links,
                           const link::CannotLinks& cannot_links) {
  std::vector<link::SourceSpan> spans;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    spans.push_back({records.number(s, 0), sources[s].rows(), sources[s].schema->person_once});
  }
  std::vector<link::RecordLink> decided;
  for (const PersonLink& l : links) {
    if (l.decision == Decision::kLink) decided.push_back({l.a, l.b, l.weight});
  }
  return link::build_entities(spans, decided, cannot_links);
}

}  // namespace

LinkLevel level_between(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const bool same_number = compare::compare_id(a, b) == compare::IdLevel::kEqual;
  const compare::NameLevel name = compare::compare_name(a, b);
  const bool same_name = name == compare::NameLevel::kExact || name == compare::NameLevel::kVariant;
  return same_number && same_name ? LinkLevel::kL3 : LinkLevel::kL2;
}

PersonLinkage link_persons(std::span<const RunSource> sources,
                           const link::CannotLinks& cannot_links, RunModels& models,
                           const Progress& progress, std::shared_ptr<KeptCandidates> kept) {
  PersonLinkage result;
  result.candidates = std::make_shared<KeptCandidates>();
  const RunRecords records(sources);
  report(progress, {"link", "rows", 0, sources.back().rows()});
  const std::shared_ptr<link::LeftSide> side = small_side(sources, models.tables.get());
  const std::optional<CandidateReuse> reuse = plan_search(
      sources, models, *side, kept == nullptr ? KeptCandidates{} : std::move(*kept), result);
  if (!reuse) side->build_index();
  const CandidateReuse* const given = reuse ? &*reuse : nullptr;
  link_to_spine(sources, records, side, cannot_links, models, given, progress, result);
  link_among_sources(sources, records, side, cannot_links, models, given, progress, result);
  result.candidates->basis = search_basis(*result.tables);
  std::ranges::copy(spine_repetitions(sources, records), std::back_inserter(result.links));
  std::erase_if(result.links, [&](const PersonLink& l) { return cannot_links.contains(l.a, l.b); });
  result.entities = entities_of(sources, records, result.links, cannot_links);
  // What turned out to be one person is no longer only possible, and a link that was not followed
  // is.
  for (PersonLink& l : result.links) {
    const bool together = result.entities.entity_of(l.a) == result.entities.entity_of(l.b);
    l.decision = together ? Decision::kLink : Decision::kPossible;
  }
  const auto by_records = [](const PersonLink& x, const PersonLink& y) {
    if (x.a != y.a) return x.a < y.a;
    return x.b != y.b ? x.b < y.b : x.weight > y.weight;
  };
  std::ranges::sort(result.links, by_records);
  std::erase_if(result.non_links, [&](const PersonLink& l) {
    return result.entities.entity_of(l.a) == result.entities.entity_of(l.b);
  });
  std::ranges::sort(result.non_links, by_records);
  return result;
}

}  // namespace bidui::workspace
