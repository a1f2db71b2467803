#include "workspace/person_linkage.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/link/entered_twice.h"
#include "workspace/candidate_reuse.h"
#include "workspace/changed_weights.h"
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

// The records of all sources but the spine.
link::RecordTable small_records(std::span<const RunSource> sources) {
  link::RecordTable records;
  std::size_t count = 0;
  for (const RunSource& source : sources.first(sources.size() - 1)) count += source.rows();
  records.reserve(count);
  for (const RunSource& source : sources.first(sources.size() - 1))
    records.persons.insert(records.persons.end(), source.features.begin(), source.features.end());
  return records;
}

// Those records with the source of each as its group. Hot keys are those of the frozen tables, and
// `later`; unless that is known keys are counted.
std::shared_ptr<link::LeftSide> small_side(std::span<const RunSource> sources,
                                           link::RecordTable records,
                                           const link::FrequencyTables* tables,
                                           std::optional<link::HotKeys> later) {
  std::vector<std::uint8_t> groups;
  groups.reserve(records.size());
  for (std::size_t s = 0; s + 1 < sources.size(); ++s)
    groups.insert(groups.end(), sources[s].rows(), static_cast<std::uint8_t>(s));
  link::LeftSideOptions options{.later = std::move(later)};
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

std::vector<std::uint32_t> all_rows(std::size_t count) {
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

// What both linkages have in common: the pairs that were kept, with those that are new.
struct UpdatedPairs {
  link::ScoredPairs scored{};
  std::vector<CandidatePair> found{};
};

UpdatedPairs updated_pairs(const link::LeftSide& side, const link::LinkerOptions& options,
                           std::span<const KeptPair> kept, link::ChangedPairs found) {
  UpdatedPairs result;
  result.scored.pairs = merged_pairs(kept, found.pairs);
  for (const auto& model : options.models) result.scored.models.push_back(*model);
  result.scored.tables = options.tables;
  result.scored.stats = {.left_records = side.size(),
                         .pairs_compared = found.compared,
                         .pairs_kept = result.scored.pairs.size(),
                         .later_refined_keys = side.census().later.refined.size(),
                         .later_cut_keys = side.census().later.cut.size()};
  result.found = std::move(found.pairs);
  return result;
}

link::ScoredPairs update_to_spine(std::span<const RunSource> sources, const link::LeftSide& side,
                                  const RunModels& models, const CandidateReuse& reuse,
                                  PersonLinkage& result) {
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
  weigh_rows(side, touched, right, options, scored.pairs);
  result.search.weighed_records = touched.size();
  scored.stats.right_records = right.size();
  return std::move(scored);
}

link::ScoredPairs update_among(const link::LeftSide& side, const link::LinkerOptions& options,
                               const CandidateReuse& reuse) {
  const model::Scorer preliminary(preliminary_model(options, side));
  auto [scored, found] = updated_pairs(
      side, options, reuse.among,
      link::search_changed_within(side, reuse.changed_left, reuse.near_left, options, preliminary));
  weigh_rows(side, reuse.weights_hold ? left_rows(found) : all_rows(side.size()),
             side.records().span(), options, scored.pairs);
  scored.stats.right_records = side.size();
  return std::move(scored);
}

void link_to_spine(std::span<const RunSource> sources, const RunRecords& records,
                   const std::shared_ptr<link::LeftSide>& side,
                   const link::CannotLinks& cannot_links, RunModels& models,
                   const CandidateReuse* reuse, const Progress& progress, PersonLinkage& result) {
  const RunSource& spine = sources.back();
  link::ScoredPairs scored = reuse == nullptr
                                 ? score_to_spine(sources, side, models, progress)
                                 : update_to_spine(sources, *side, models, *reuse, result);
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
    std::ranges::transform(decisions.non_links, std::back_inserter(result.non_links), of_spine);
  }
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
        return !link::entered_twice(records.features(pair.left), records.features(pair.right));
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
  link::ScoredPairs scored;
  if (reuse != nullptr) {
    scored = update_among(*side, options, *reuse);
  } else {
    Linker linker(side, options);
    linker.add_right(side->records().span());
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
  report(progress, {"link among sources", "rows", side->size(), side->size()});
}

// Why the candidates of an earlier run are of no use, whatever keys are hot; "" where they are.
std::string reason_for_all(std::span<const RunSource> sources, const RunModels& models,
                           const KeptCandidates& kept, const RowMatching& matching) {
  if (kept.empty()) return "first_run";
  const auto given = given_models(sources, models);
  const bool trained = std::ranges::all_of(given, [](const auto& m) { return m.has_value(); }) &&
                       models.find(kAmongSources) != nullptr;
  if (models.tables == nullptr || !trained) return "model_trained";
  if (search_basis(*models.tables) != kept.basis) return "other_tables_or_version";
  return matching.changed_too_much() ? "too_much_changed" : "";
}

// Whether the keys that were hot at the search before, and no others, are hot still: surely.
bool same_keys_are_hot(const link::FrequencyTables& tables, const link::HotKeys& later,
                       const CandidateReuse& reuse) {
  if (!(later == link::HotKeys{})) return false;  // one may have become rarer
  const auto keys_of = [](const link::RecordTable& records) {
    return [&](std::size_t row, key::KeyList& keys) {
      key::append_person_keys(records.persons[row], keys);
    };
  };
  const link::RecordTable& changed = reuse.changed_left.records;
  const link::RecordTable& near = reuse.near_left.records;
  return !link::may_be_hot(changed.size(), keys_of(changed), near.size(), keys_of(near),
                           tables.key_cap, tables.keys);
}

struct SearchPlan {
  std::shared_ptr<link::LeftSide> side{};
  std::optional<CandidateReuse> reuse{};  // nothing: search all
};

SearchPlan plan_search(std::span<const RunSource> sources, const RunModels& models,
                       KeptCandidates kept, PersonLinkage& result) {
  SearchPlan plan;
  RowMatching matching(sources, kept);
  link::RecordTable records = small_records(sources);
  std::string reason = reason_for_all(sources, models, kept, matching);
  const link::HotKeys later = kept.later;
  std::optional<link::HotKeys> known;
  if (reason.empty()) {
    const bool weights_hold = kept.weights_basis == weights_basis(models);
    plan.reuse = matching.reuse(std::move(kept));
    plan.reuse->weights_hold = weights_hold;
    plan.reuse->changed_left = link::pick_rows(records.span(), matching.changed().left);
    plan.reuse->near_left = link::near_rows(records.span(), plan.reuse->changed_left.records);
    if (same_keys_are_hot(*models.tables, later, *plan.reuse)) known = later;
  }
  plan.side = small_side(sources, std::move(records), models.tables.get(), std::move(known));
  const link::HotKeys& later_now = plan.side->census().later;
  if (reason.empty() && !(later_now == later)) reason = "hot_keys_changed";
  // After the first run what is hot is in the tables.
  if (models.tables != nullptr) result.candidates->later = later_now;
  if (!reason.empty()) plan.reuse.reset();
  result.search.reason = std::move(reason);
  if (plan.reuse) {
    result.search.incremental = true;
    result.search.changed_records = plan.reuse->changed.left.size();
    result.search.changed_in_spine = plan.reuse->changed.right.size();
    result.search.reused_pairs = plan.reuse->to_spine.size() + plan.reuse->among.size();
  }
  result.candidates->sources = std::move(matching).sources();
  return plan;
}

void link_repetitions(std::span<const RunSource> sources, const RunRecords& records,
                      const CandidateReuse* reuse, PersonLinkage& result) {
  SpineRepetitions repetitions = spine_repetitions(
      sources, records,
      reuse == nullptr
          ? all_spine_rows(sources)
          : spine_rows_to_search(sources.back(), reuse->repeated, reuse->changed.right));
  result.links.insert(result.links.end(), repetitions.links.begin(), repetitions.links.end());
  result.candidates->repeated = std::move(repetitions.rows);
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

// By (a, b), the heavier first. O(links + records): most have few links.
void sort_by_records(std::vector<PersonLink>& links, std::uint32_t records) {
  std::vector<std::uint32_t> begins(records + std::size_t{1});
  for (const PersonLink& l : links) ++begins[l.a + std::size_t{1}];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<PersonLink> ordered(links.size());
  for (const PersonLink& l : links) ordered[begins[l.a]++] = l;
  for (auto begin = ordered.begin(); begin != ordered.end();) {
    const auto end = std::find_if(begin, ordered.end(),
                                  [a = begin->a](const PersonLink& l) { return l.a != a; });
    std::sort(begin, end, [](const PersonLink& x, const PersonLink& y) {
      return x.b != y.b ? x.b < y.b : x.weight > y.weight;
    });
    begin = end;
  }
  links = std::move(ordered);
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
  const auto [side, reuse] =
      plan_search(sources, models, kept == nullptr ? KeptCandidates{} : std::move(*kept), result);
  if (!reuse) side->build_index();
  const CandidateReuse* const given = reuse ? &*reuse : nullptr;
  link_to_spine(sources, records, side, cannot_links, models, given, progress, result);
  link_among_sources(sources, records, side, cannot_links, models, given, progress, result);
  result.candidates->basis = search_basis(*result.tables);
  result.candidates->weights_basis = weights_basis(models);
  link_repetitions(sources, records, given, result);
  std::erase_if(result.links, [&](const PersonLink& l) { return cannot_links.contains(l.a, l.b); });
  result.entities = entities_of(sources, records, result.links, cannot_links);
  // What turned out to be one person is no longer only possible, and a link that was not followed
  // is.
  for (PersonLink& l : result.links) {
    const bool together = result.entities.entity_of(l.a) == result.entities.entity_of(l.b);
    l.decision = together ? Decision::kLink : Decision::kPossible;
  }
  sort_by_records(result.links, records.count());
  std::erase_if(result.non_links, [&](const PersonLink& l) {
    return result.entities.entity_of(l.a) == result.entities.entity_of(l.b);
  });
  sort_by_records(result.non_links, records.count());
  return result;
}

}  // namespace bidui::workspace
