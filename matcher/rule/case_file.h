// Case files beside rules: small worlds and what the rule must say about each.
#pragma once

#include <string>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/rule_set.h"

namespace bidui::rule {

struct CaseResult {
  std::string place;  // "FILE:LINE:COLUMN" of the case
  std::string note;   // what the case shows
  Bilingual failure;  // empty: it holds
};

// The file is {"cases": [{"note": …, "world": {…}, "expect": […], …}, …]}:
//   "expect":        findings of this rule, each {"subject": "poverty:H1"} and, where it matters,
//                    "each": "civil:c3", "severity": "H", "level": "L2", "undecided": [exception
//                    ids]
//   "excepted":      ids of the exceptions that held, each once per time
//   "undecided":     how many conditions stayed unknown (0 where left out)
//   "not_evaluated": sources that the rule misses, each once (not compared where left out)
//   "explains":      rules that a finding of this one suppressed
// All rules of the set are evaluated; findings of others do not matter. Errors: a file that has not
// this form. A case that does not hold is a result, not an error.
Result<std::vector<CaseResult>> run_cases(const RuleSet& rules, const std::string& rule_id,
                                          const NamedText& file);

}  // namespace bidui::rule
