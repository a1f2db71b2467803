#include "matcher/rule/rule_set.h"

#include <algorithm>
#include <utility>

#include "matcher/base/hash.h"
#include "matcher/rule/rule_compiler.h"

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

}  // namespace

std::uint64_t RuleSet::content_hash() const {
  std::uint64_t hash = 0;
  for (const Rule& rule : rules_) hash = hash_combine(hash, rule.content_hash);
  return hash;
}

Result<RuleSet> load_rules(std::vector<SourceType> sources, std::span<const NamedText> files,
                           const Profile& profile) {
  auto rules = parse_rules(files);
  if (!rules) return rules.error();
  RuleSet set;
  BIDUI_TRY(profile.apply(*rules, set.switched_off_));
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
