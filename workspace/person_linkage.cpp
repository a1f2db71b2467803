#include "workspace/person_linkage.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "workspace/changed_weights.h"
#include "workspace/link_among_sources.h"
#include "workspace/link_to_spine.h"
#include "workspace/run_records.h"
#include "workspace/search_plan.h"
#include "workspace/spine_repetitions.h"

namespace bidui::workspace {
namespace {

using link::Decision;

void link_repetitions(std::span<const RunSource> sources, const RunRecords& records,
                      const SearchPlan& plan, PersonLinkage& result) {
  const RunSource& spine = sources.back();
  SpineRepetitions repetitions = spine_repetitions(
      sources, records,
      plan.reuse ? spine_rows_to_search(spine, plan.reuse->repeated, plan.reuse->changed.right)
                 : all_rows(spine.rows()));
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

// By (a, b), the heavier first. O(links + the last a): most records have few links.
void sort_by_records(std::vector<PersonLink>& links) {
  std::uint32_t end_of_a = 0;
  for (const PersonLink& l : links) end_of_a = std::max(end_of_a, l.a + 1);
  std::vector<std::uint32_t> begins(end_of_a + std::size_t{1});
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
  const SearchPlan plan =
      plan_search(sources, models, kept == nullptr ? KeptCandidates{} : std::move(*kept), result);
  if (!plan.reuse) plan.side->build_index();
  link_to_spine(sources, records, plan, cannot_links, models, progress, result);
  link_among_sources(sources, records, plan, cannot_links, models, progress, result);
  result.candidates->basis = search_basis(*result.tables);
  result.candidates->weights_basis = weights_basis(models);
  link_repetitions(sources, records, plan, result);
  std::erase_if(result.links, [&](const PersonLink& l) { return cannot_links.contains(l.a, l.b); });
  result.entities = entities_of(sources, records, result.links, cannot_links);
  // What turned out to be one person is no longer only possible, and a link that was not followed
  // is.
  for (PersonLink& l : result.links) {
    const bool together = result.entities.entity_of(l.a) == result.entities.entity_of(l.b);
    l.decision = together ? Decision::kLink : Decision::kPossible;
  }
  sort_by_records(result.links);
  std::erase_if(result.non_links, [&](const PersonLink& l) {
    return result.entities.entity_of(l.a) == result.entities.entity_of(l.b);
  });
  sort_by_records(result.non_links);
  return result;
}

}  // namespace bidui::workspace
