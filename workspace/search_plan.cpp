#include "workspace/search_plan.h"

#include <algorithm>

#include "workspace/changed_weights.h"
#include "workspace/source_models.h"

namespace bidui::workspace {
namespace {

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

// Why the candidates of an earlier run are of no use, whatever keys are hot; "" where they are.
std::string reason_for_all(std::span<const RunSource> sources, const RunModels& models,
                           const KeptCandidates& kept) {
  if (kept.empty()) return "first_run";
  const auto given = given_models(sources, models);
  const bool trained = std::ranges::all_of(given, [](const auto& m) { return m.has_value(); }) &&
                       models.find(kAmongSources) != nullptr;
  if (models.tables == nullptr || !trained) return "model_trained";
  return search_basis(*models.tables) == kept.basis ? "" : "other_tables_or_version";
}

// Whether the keys that were hot at the search before, and no others, are hot still: surely.
bool same_keys_are_hot(const link::FrequencyTables& tables, const link::HotKeys& later,
                       const CandidateReuse& reuse) {
  if (!(later == link::HotKeys{})) return false;  // one may have become rarer
  const link::RecordTable& changed = reuse.changed_left.records;
  const auto keys_of_changed = [&](std::size_t row, key::KeyList& keys) {
    key::append_person_keys(changed.persons[row], keys);
  };
  const link::NearRows& near = reuse.near_left;
  return !link::may_be_hot(changed.size(), keys_of_changed, near.picked.rows.size(), near.keys_of(),
                           tables.key_cap, tables.keys);
}

}  // namespace

SearchPlan plan_search(std::span<const RunSource> sources, const RunModels& models,
                       KeptCandidates kept, PersonLinkage& result) {
  SearchPlan plan;
  std::string reason = reason_for_all(sources, models, kept);
  if (!reason.empty()) kept = {};  // whose rows may be hashed otherwise
  RowMatching matching(sources, kept);
  if (reason.empty() && matching.changed_too_much()) reason = "too_much_changed";
  link::RecordTable records = small_records(sources);
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

}  // namespace bidui::workspace
