#include "workspace/adjustment_rules.h"

#include <algorithm>
#include <optional>

#include "matcher/base/bilingual_error.h"
#include "workspace/builtin_data.h"

namespace bidui::workspace {
namespace {

using connectors::report::AdjustmentKind;

std::vector<std::string> parts(std::string_view text, char between) {
  std::vector<std::string> found;
  for (;;) {
    const std::size_t at = text.find(between);
    found.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return found;
    text.remove_prefix(at + 1);
  }
}

std::optional<AdjustmentKind> parse_kind(std::string_view word) {
  if (word == "add") return AdjustmentKind::kAdd;
  if (word == "remove") return AdjustmentKind::kRemove;
  if (word == "correct") return AdjustmentKind::kCorrect;
  return std::nullopt;
}

}  // namespace

Result<std::vector<AdjustmentRule>> parse_adjustment_rules(std::string_view text) {
  std::vector<AdjustmentRule> rules;
  const std::vector<std::string> lines = parts(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty() || lines[i].starts_with('#')) continue;
    const std::vector<std::string> cells = parts(lines[i], '\t');
    const auto kind = cells.size() == 4 ? parse_kind(cells[1]) : std::nullopt;
    if (!kind)
      return bilingual_error(ErrorCode::kBadInput, "须有四列：规则、add|remove|correct、来源、字段",
                             "four columns: rule, add|remove|correct, source, fields",
                             "adjustments.tsv:" + std::to_string(i + 1));
    AdjustmentRule rule{.rule = cells[0], .kind = *kind};
    if (cells[2] != "-") rule.source = cells[2];
    for (const std::string& field : parts(cells[3], ',')) {
      if (field == "-") continue;
      const std::size_t equals = field.find('=');
      rule.fields.emplace_back(field.substr(0, equals), field.substr(equals + 1));
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

const std::vector<AdjustmentRule>& adjustment_rules() {
  static const std::vector<AdjustmentRule> kRules = [] {
    auto rules = parse_adjustment_rules(builtin_file("adjustments.tsv").value_or(""));
    return rules ? std::move(*rules) : std::vector<AdjustmentRule>{};
  }();
  return kRules;
}

AdjustmentRule adjustment_rule(std::string_view rule) {
  const auto at = std::ranges::find(adjustment_rules(), rule, &AdjustmentRule::rule);
  return at == adjustment_rules().end() ? AdjustmentRule{.rule = std::string(rule)} : *at;
}

}  // namespace bidui::workspace
