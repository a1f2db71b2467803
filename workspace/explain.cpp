#include "workspace/explain.h"

#include <algorithm>
#include <cmath>

#include "matcher/base/bilingual_error.h"
#include "workspace/pair_constraints.h"

namespace bidui::workspace {
namespace {

using model::Summand;
using model::SummandKind;

// What the run added to the pair's own evidence, so that the sum is the weight in links.csv.
std::vector<Summand> run_summands(const PairEvidence& evidence, const PairDecision& decision) {
  constexpr double kRounding = 5e-4;  // weights are kept as 32-bit numbers
  std::vector<Summand> summands;
  const auto add = [&](SummandKind kind, double bits) {
    if (std::abs(bits) > kRounding) summands.push_back({.kind = kind, .bits = bits});
  };
  switch (decision.via) {
    case LinkVia::kNothing:
      break;
    case LinkVia::kDirect:
      add(decision.current ? SummandKind::kHousehold : SummandKind::kSinceChanged,
          decision.own_weight - evidence.weight);
      add(SummandKind::kRivals, decision.weight - decision.own_weight);
      break;
    case LinkVia::kEntity:
      add(SummandKind::kOthers, decision.weight - evidence.weight);
      break;
    case LinkVia::kRegistry:
      add(SummandKind::kRegistry, decision.weight - evidence.weight);
      break;
  }
  return summands;
}

// Or perhaps.
bool is_one_person(Verdict verdict) {
  return verdict == Verdict::kLinked || verdict == Verdict::kPossible;
}

}  // namespace

Result<Explanation> explain_pair(const ExplainedPair& pair) {
  const Result<PairScorer> scorer = PairScorer::open(pair);
  BIDUI_TRY(scorer);
  Result<PairEvidence> weighed = pair_evidence(pair, *scorer);
  BIDUI_TRY(weighed);
  PairEvidence& evidence = *weighed;
  Result<std::vector<Rival>> rivals = pair_rivals(pair, *scorer, evidence.weight);
  BIDUI_TRY(rivals);
  Result<PairKeys> keys = pair_keys(pair);
  BIDUI_TRY(keys);
  Result<PairDecision> decision = pair_decision(pair);
  BIDUI_TRY(decision);
  Result<std::vector<Constraint>> constraints = pair_constraints(pair);
  BIDUI_TRY(constraints);
  decision->constraints = std::move(*constraints);
  // Whose record it is already needs no mention as a rival.
  std::erase_if(*rivals, [&](const Rival& r) {
    return std::ranges::find(decision->takers, r.record, &PlaceTaker::record) !=
           decision->takers.end();
  });
  Explanation e{.left = explained_record(pair.left_record()),
                .right = explained_record(pair.right_record()),
                .name_places = different_places_of_names(pair.first(), pair.second()),
                .id_places = different_places_of_ids(pair.first(), pair.second())};
  const record::PersonFeatures& left = pair.left_record().features();
  const record::PersonFeatures& right = pair.right_record().features();
  e.id_finding = compare::id_finding(left, right, is_one_person(decision->verdict));
  if (e.id_finding == compare::IdFinding::kTwoNumbers)
    e.id_alteration = compare::id_alteration(left, right);
  e.reasons = pair_reasons(pair, evidence, *keys, *decision);
  e.summands = evidence.summands;
  for (const Summand& added : run_summands(evidence, *decision)) e.summands.push_back(added);
  e.weight = model::sum_of(e.summands);
  e.probability = model::probability_of(e.weight);
  e.evidence = std::move(evidence);
  e.rivals = std::move(*rivals);
  e.keys = std::move(*keys);
  e.decision = std::move(*decision);
  return e;
}

Result<Explanation> explain(const Workspace& workspace, std::string_view left,
                            std::string_view right) {
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  const Result<RecordPlace> a = reader->find_record(left);
  BIDUI_TRY(a);
  const Result<RecordPlace> b = reader->find_record(right);
  BIDUI_TRY(b);
  if (*a == *b) {
    return bilingual_error(ErrorCode::kInvalidArgument, "两条记录是同一条",
                           "the two records are the same one");
  }
  const Result<std::optional<KeptRun>> run = KeptRun::newest(workspace.store());
  BIDUI_TRY(run);
  return explain_pair({.workspace = &workspace,
                       .reader = &*reader,
                       .run = *run ? &**run : nullptr,
                       .left = *a,
                       .right = *b});
}

}  // namespace bidui::workspace
