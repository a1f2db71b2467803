// The linkage of a run: every source against the civil registry, and the sources among each other,
// to person entities.
#pragma once

#include <memory>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/link/decision.h"
#include "matcher/link/entities.h"
#include "matcher/link/linker_stats.h"
#include "matcher/model/model.h"
#include "matcher/rule/value.h"
#include "workspace/progress.h"
#include "workspace/run_models.h"
#include "workspace/run_source.h"
#include "workspace/search_report.h"

namespace bidui::workspace {

using rule::LinkLevel;

struct KeptCandidates;  // kept_candidates.h

// A decided pair of records; numbers run through all sources (RunRecords).
struct PersonLink {
  std::uint32_t a = 0;  // a < b
  std::uint32_t b = 0;
  double weight = 0;      // log2 posterior odds, after competition
  double own_weight = 0;  // the same of this pair alone, before competition
  link::Decision decision = link::Decision::kPossible;
  std::uint32_t kinds = 0;  // bit set of the key kinds that found it; 0: found without keys
};

// How one source was linked to the spine.
struct SourceLinkage {
  std::size_t source = 0;
  model::Model model{};
  double threshold = 0;
  double expected_false_links = 0;
  double expected_matches = 0;  // by the model, in all pairs
  std::uint64_t links = 0;
  std::uint64_t possible = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t pairs_compared = 0;
  std::uint64_t greedy_components = 0;
  std::vector<std::uint64_t>
      histogram{};  // of the pairs' weights, a bin per bit from kHistogramFirst
};
inline constexpr int kHistogramFirst = -12;
inline constexpr int kHistogramBins = 72;
inline constexpr double kLowestNonLink = -10;  // weight; one in a thousand is a match
static_assert(kLowestNonLink >= link::kKeepWeight);

// The weight from which records of two sources were linked; by the sources' positions.
struct SourceThreshold {
  std::size_t left = 0;
  std::size_t right = 0;
  double weight = 0;
};

struct PersonLinkage {
  std::vector<PersonLink>
      links{};  // decided and possible, by (a, b); possible ones not within an entity
  // Pairs that were scored and are not even possible links, or lost to a rival, down to
  // kLowestNonLink; by (a, b), none within an entity.
  std::vector<PersonLink> non_links{};
  link::Entities entities{};
  std::vector<SourceLinkage> to_spine{};
  SourceLinkage among_sources{};
  std::vector<SourceThreshold> thresholds{};  // of every pair of sources that had candidate pairs
  link::LinkerStats stats{};
  std::shared_ptr<const link::FrequencyTables> tables{};  // that the linkage used
  SearchReport search{};
  std::shared_ptr<KeptCandidates> candidates{};  // to be kept for the next run
};

// The spine is the last source. Uses all threads; the same result whatever their number. `models`
// is filled where it lacks a source, or the tables. A pair of `cannot_links` is neither linked nor
// possible, nor of one entity. With the candidates of an earlier run only what changed since is
// searched, where that can be done; the result is the same.
PersonLinkage link_persons(std::span<const RunSource> sources,
                           const link::CannotLinks& cannot_links, RunModels& models,
                           const Progress& progress,
                           std::shared_ptr<KeptCandidates> kept = nullptr);

// L3: ID numbers equal and names equal or variants; else L2 (contracts §3). For records of one
// person.
LinkLevel level_between(const record::PersonFeatures& a, const record::PersonFeatures& b);

}  // namespace bidui::workspace
