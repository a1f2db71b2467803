// Findings to flags: keys, evidence as JSON, identity.
#pragma once

#include "matcher/flag/flag.h"
#include "matcher/rule/evaluate.h"

namespace bidui::flag {

// The evidence object:
//   "rule_version": 1,
//   "each": "civil:R17"                        where the flag is about one of several
//   "shown": [{"title": "危房", "records": [{"record": "housing:W1", "level": "L2",
//              "fields": [{"field": "grade", "title": "危房等级", "value": "D"}]}]},
//             {"title": "脱贫年度", "value": "2016"}],
//   "exceptions_tested": [ids that do not hold], "exceptions_undecided": [{"id", "title"}],
//   "visit": [{"id", "title"}],                what no source can decide
//   "explains": [rule ids]                     suppressed in favour of this flag
// Values come masked from View::display(); missing ones are left out. Dates of deliveries, weights
// and anything else that changes without the contradiction changing stay out of it, so that the
// same contradiction keeps its hash.
Flag make_flag(const rule::Finding& finding, const rule::RuleSet& rules, const rule::View& view);

// "each" of such an evidence object, "" where it has none. Reads no further than it.
std::string each_of(std::string_view evidence);

}  // namespace bidui::flag
