#include "matcher/rule/rule_set.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "matcher/base/hash.h"
#include "matcher/rule/rule_compiler.h"
#include "matcher/rule/suggest.h"

namespace bidui::rule {
namespace {

Result<std::vector<Rule>> parse_rules(std::span<const NamedText> files) {
  std::vector<Rule> rules;
  for (const NamedText& file : files) {
    auto rule = parse_rule(file);
    if (!rule) return rule.error();
    const auto same = std::find_if(rules.begin(), rules.end(),
                                   [&rule](const Rule& r) { return r.id == rule->id; });
    if (same != rules.end()) {
      return bilingual_error(ErrorCode::kBadInput, "两个文件都有规则 " + rule->id,
                             "two files declare the rule " + rule->id, file.name);
    }
    rules.push_back(std::move(*rule));
  }
  std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
  return rules;
}

Result<bool> is_enabled(const JsonReader& entry) {
  if (!entry.has("enabled")) return true;
  return entry.member("enabled")->flag();
}

Status apply_profile_file(std::vector<Rule>& rules, const NamedText& profile) {
  const auto json = parse_json_file(profile.name, profile.text);
  if (!json) return json.error();
  const JsonReader root(**json);
  if (!root.has("rules")) return {};
  const auto entries = root.member("rules")->members();
  if (!entries) return entries.error();
  for (const auto& [id, entry] : *entries) {
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [&id = id](const Rule& r) { return r.id == id; });
    if (rule == rules.end()) {
      std::vector<std::string> ids;
      for (const Rule& known : rules) ids.push_back(known.id);
      return entry.error(
          Bilingual{fmt::format("没有规则“{}”", id), fmt::format("there is no rule '{}'", id)} +
          suggestion(id, ids));
    }
    BIDUI_TRY(apply_profile(*rule, entry));
    const auto enabled = is_enabled(entry);
    if (!enabled) return enabled.error();
    if (!*enabled) rules.erase(rule);
  }
  return {};
}

}  // namespace

std::uint64_t RuleSet::content_hash() const {
  std::uint64_t hash = 0;
  for (const Rule& rule : rules_) hash = hash_combine(hash, rule.content_hash);
  return hash;
}

Result<RuleSet> load_rules(std::vector<SourceType> sources, std::span<const NamedText> files,
                           const std::optional<NamedText>& profile) {
  auto rules = parse_rules(files);
  if (!rules) return rules.error();
  if (profile) BIDUI_TRY(apply_profile_file(*rules, *profile));
  RuleSet set;
  set.sources_ = std::make_unique<const std::vector<SourceType>>(std::move(sources));
  set.rules_ = std::move(*rules);
  for (std::size_t i = 0; i < set.rules_.size(); ++i) {
    for (const Subject& subject : set.rules_[i].subjects) {
      auto compiled = compile_rule(set.rules_, i, subject, *set.sources_);
      if (!compiled) return compiled.error().with_context(set.rules_[i].id);
      set.compiled_.push_back(std::move(*compiled));
    }
  }
  return set;
}

}  // namespace bidui::rule
