// Which entry the flags of a rule ask for: to add, to remove or to correct, where, and which fields
// (schemas/adjustments.tsv).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/report/flag_ledger_data.h"
#include "matcher/base/result.h"

namespace bidui::workspace {

struct AdjustmentRule {
  std::string rule{};
  connectors::report::AdjustmentKind kind = connectors::report::AdjustmentKind::kCorrect;
  std::string source{};  // in which it is entered, "" = the subject's own
  // Of kCorrect: the field, and what the other sources call it; empty: those that both have.
  std::vector<std::pair<std::string, std::string>> fields{};
};

// kBadInput, with the line, where the text is no such table.
Result<std::vector<AdjustmentRule>> parse_adjustment_rules(std::string_view text);

// Those that ship with the program; a mistake in them is ours, and a test's to find.
const std::vector<AdjustmentRule>& adjustment_rules();

// Of a rule that is not in the table: correct, in the subject's own source.
AdjustmentRule adjustment_rule(std::string_view rule);

}  // namespace bidui::workspace
