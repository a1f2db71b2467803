// Why two records are, or are not, one person: the decision unfolded into its summands. The texts
// of it are made by explanation_text.h, so that the program, the page and the service say the same.
#pragma once

#include <string_view>
#include <vector>

#include "workspace/explained_record.h"
#include "workspace/pair_decision.h"
#include "workspace/pair_evidence.h"
#include "workspace/pair_keys.h"
#include "workspace/pair_reasons.h"

namespace bidui::workspace {

struct Explanation {
  ExplainedRecord left{};  // in the order asked for
  ExplainedRecord right{};
  std::vector<int> name_places{};  // where the names differ, from 1
  std::vector<int> id_places{};    // where the numbers differ, from 1
  // Of the two numbers; of a linked or possible pair as of one person's (id_remarks.h).
  compare::IdFinding id_finding = compare::IdFinding::kNone;
  compare::IdAlteration id_alteration{};  // from the left number to the right one; of kTwoNumbers

  PairEvidence evidence{};
  std::vector<Rival> rivals{};  // heaviest first
  PairDecision decision{};
  PairKeys keys{};
  std::vector<Reason> reasons{};  // why not, or not directly; the decisive one first

  // What adds up to `weight`: the pair's own evidence, then what the run added.
  std::vector<model::Summand> summands{};
  double weight = 0;  // as in links.csv; of a pair that is not there: the evidence alone
  double probability = 0;
};

// `left` and `right` as source:key. Errors: kNotFound, kInvalidArgument; those of the store.
Result<Explanation> explain(const Workspace& workspace, std::string_view left,
                            std::string_view right);

// The same within an open reader: for those who explain many pairs.
Result<Explanation> explain_pair(const ExplainedPair& pair);

}  // namespace bidui::workspace
