#include "workspace/pair_reasons.h"

#include <algorithm>

namespace bidui::workspace {
namespace {

// What pulled the weight down, worst first; the prior is no evidence.
std::vector<model::Summand> against(const PairEvidence& evidence) {
  constexpr double kWorthSaying = -.5;
  std::vector<model::Summand> summands;
  std::ranges::copy_if(evidence.summands, std::back_inserter(summands),
                       [](const model::Summand& s) {
                         return s.kind != model::SummandKind::kPrior && s.bits < kWorthSaying;
                       });
  std::ranges::stable_sort(summands, {}, &model::Summand::bits);
  return summands;
}

std::optional<ReasonKind> reason_of_source(const ExplainedPair& pair) {
  if (pair.left.source != pair.right.source) return std::nullopt;
  if (pair.within_spine()) return ReasonKind::kRegistryOnly;
  return pair.left_record().schema().person_once ? ReasonKind::kSameSource
                                                 : ReasonKind::kManyPerPerson;
}

void add_weight_reasons(const PairEvidence& evidence, const PairDecision& decision,
                        std::vector<Reason>& reasons) {
  const double threshold = decision.threshold.value_or(0);
  const double own = decision.via == LinkVia::kDirect ? decision.own_weight : evidence.weight;
  if (own < possible_threshold()) {
    reasons.push_back({.kind = ReasonKind::kTooLow, .summands = against(evidence)});
  } else if (!reaches(own, threshold)) {
    reasons.push_back({.kind = ReasonKind::kBelowThreshold, .summands = against(evidence)});
  }
  constexpr double kWorthSaying = .5;
  if (decision.via == LinkVia::kDirect && !reaches(decision.weight, threshold) &&
      (reaches(own, threshold) || decision.weight < own - kWorthSaying))
    reasons.push_back({.kind = ReasonKind::kRivals});
}

void add_takers(const PairDecision& decision, std::vector<Reason>& reasons) {
  for (std::size_t i = 0; i < decision.takers.size(); ++i)
    reasons.push_back({.kind = ReasonKind::kPlaceTaken, .at = i});
}

// A conflict in the source of one of the two says no more than that its place is taken.
void add_conflicts(const ExplainedPair& pair, const PairDecision& decision,
                   std::vector<Reason>& reasons) {
  const std::string& left = pair.left_record().source().instance;
  const std::string& right = pair.right_record().source().instance;
  for (std::size_t i = 0; i < decision.conflicts.size(); ++i) {
    const std::string& source = decision.conflicts[i].instance;
    if (source != left && source != right)
      reasons.push_back({.kind = ReasonKind::kVetoed, .at = i});
  }
}

}  // namespace

std::string_view reason_name(ReasonKind kind) {
  switch (kind) {
    case ReasonKind::kNothingCompared:
      return "nothing_compared";
    case ReasonKind::kNotInRun:
      return "not_in_run";
    case ReasonKind::kThroughOthers:
      return "through_others";
    case ReasonKind::kRegistryRule:
      return "registry_rule";
    case ReasonKind::kRegistryOnly:
      return "registry_only";
    case ReasonKind::kManyPerPerson:
      return "many_per_person";
    case ReasonKind::kSameSource:
      return "same_source";
    case ReasonKind::kNoSharedKey:
      return "no_shared_key";
    case ReasonKind::kKeysTooCommon:
      return "keys_too_common";
    case ReasonKind::kTooLow:
      return "too_low";
    case ReasonKind::kBelowThreshold:
      return "below_threshold";
    case ReasonKind::kRivals:
      return "rivals";
    case ReasonKind::kPlaceTaken:
      return "place_taken";
    case ReasonKind::kVetoed:
    case ReasonKind::kCannotLink:
      return "vetoed";
  }
  return "";
}

std::vector<Reason> pair_reasons(const ExplainedPair& pair, const PairEvidence& evidence,
                                 const PairKeys& keys, const PairDecision& decision) {
  std::vector<Reason> reasons;
  for (std::size_t i = 0; i < decision.constraints.size(); ++i)
    reasons.push_back({.kind = ReasonKind::kCannotLink, .at = i});
  if (decision.verdict == Verdict::kLinked) {
    if (decision.via == LinkVia::kEntity) reasons.push_back({.kind = ReasonKind::kThroughOthers});
    if (decision.via == LinkVia::kRegistry) reasons.push_back({.kind = ReasonKind::kRegistryRule});
    return reasons;
  }
  if (decision.run.empty()) {
    reasons.push_back({.kind = ReasonKind::kNothingCompared});
  } else if (decision.verdict == Verdict::kNotCompared) {
    reasons.push_back({.kind = ReasonKind::kNotInRun});
  }
  if (const auto by_source = reason_of_source(pair)) {
    reasons.push_back({.kind = *by_source});
    if (*by_source != ReasonKind::kSameSource) return reasons;
  }
  if (!keys.shared()) {
    reasons.push_back({.kind = ReasonKind::kNoSharedKey});
  } else if (!keys.meets()) {
    reasons.push_back({.kind = ReasonKind::kKeysTooCommon});
  }
  // Who fits well enough lost to somebody; who does not needs no rival.
  const bool fits = evidence.weight >= possible_threshold();
  if (fits) add_takers(decision, reasons);
  add_weight_reasons(evidence, decision, reasons);
  if (!fits) add_takers(decision, reasons);
  add_conflicts(pair, decision, reasons);
  return reasons;
}

}  // namespace bidui::workspace
