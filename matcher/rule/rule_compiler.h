// One rule for one subject source: every name resolved, every type checked.
#pragma once

#include <vector>

#include "matcher/rule/rule_set.h"

namespace bidui::rule {

// `rules[rule]` for `subject`, which is one of its subjects. `rules` is searched for suppressed
// rules. Errors: kBadInput with the expression's place, or a sentence that names the key.
Result<CompiledRule> compile_rule(const std::vector<Rule>& rules, std::size_t rule,
                                  const Subject& subject, const std::vector<SourceType>& sources);

}  // namespace bidui::rule
