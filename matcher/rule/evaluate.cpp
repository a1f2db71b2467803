#include "matcher/rule/evaluate.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "matcher/rule/evaluator.h"
#include "matcher/rule/subject_test.h"

namespace bidui::rule {
namespace {

std::optional<NotEvaluated> unmet_need(const CompiledRule& rule, const View& view) {
  const auto missing = [](SourceIndex source) {
    return NotEvaluated{.compiled = 0, .source = source};
  };
  if (!view.status(rule.source).delivered) return missing(rule.source);
  for (const CompiledNeed& need : rule.needs) {
    const SourceStatus status = view.status(need.source);
    if (!status.delivered) return missing(need.source);
    const int age = view.evaluation_day() - status.as_of;
    if (!need.max_age_days || age <= *need.max_age_days) continue;
    return NotEvaluated{.compiled = 0,
                        .source = need.source,
                        .reason = NotEvaluated::Reason::kStale,
                        .age_days = age};
  }
  return std::nullopt;
}

// Whether two findings of one subject may be of one cause: of two that are each about one of
// several persons only where it is the same person.
bool may_share_cause(const Finding& a, const Finding& b) {
  return !a.each || !b.each || *a.each == *b.each;
}

// Moves the findings of one subject that another of them explains out of the way.
void suppress(const RuleSet& rules, std::vector<Finding>& findings, std::size_t first,
              std::vector<RuleCounts>& counts) {
  if (findings.size() - first < 2) return;
  std::vector<char> gone(findings.size() - first);
  for (std::size_t i = first; i < findings.size(); ++i) {
    const CompiledRule& explaining = rules.compiled()[findings[i].compiled];
    for (std::size_t j = first; j < findings.size(); ++j) {
      const std::uint16_t other = rules.compiled()[findings[j].compiled].rule;
      const auto& suppressed = explaining.suppresses;
      if (i == j || gone[i - first] != 0 || gone[j - first] != 0) continue;
      if (std::find(suppressed.begin(), suppressed.end(), other) == suppressed.end()) continue;
      if (!may_share_cause(findings[i], findings[j])) continue;
      gone[j - first] = 1;
      findings[i].explains.push_back(other);
      ++counts[findings[j].compiled].suppressed;
    }
  }
  std::size_t index = 0;
  std::erase_if(findings, [&](const Finding&) {
    const std::size_t at = index++;
    return at >= first && gone[at - first] != 0;
  });
}

}  // namespace

Plan make_plan(const RuleSet& rules, const View& view) {
  Plan plan;
  for (std::size_t i = 0; i < rules.compiled().size(); ++i) {
    const CompiledRule& compiled = rules.compiled()[i];
    const auto index = static_cast<std::uint16_t>(i);
    if (auto unmet = unmet_need(compiled, view)) {
      unmet->compiled = index;
      plan.not_evaluated.push_back(*unmet);
      continue;
    }
    const SubjectKind kind = rules.rule_of(compiled).subject_kind;
    auto group = std::find_if(plan.groups.begin(), plan.groups.end(), [&](const SubjectGroup& g) {
      return g.source == compiled.source && g.kind == kind;
    });
    if (group == plan.groups.end()) {
      group = plan.groups.insert(group, {.source = compiled.source, .kind = kind, .compiled = {}});
    }
    group->compiled.push_back(index);
  }
  std::sort(plan.groups.begin(), plan.groups.end(), [](const auto& a, const auto& b) {
    return std::pair(a.source, a.kind) < std::pair(b.source, b.kind);
  });
  return plan;
}

std::vector<SubjectRange> plan_ranges(const Plan& plan, const View& view, std::uint32_t block) {
  std::vector<SubjectRange> ranges;
  for (std::size_t i = 0; i < plan.groups.size(); ++i) {
    const SubjectGroup& group = plan.groups[i];
    const std::uint32_t count = group.kind == SubjectKind::kRecord
                                    ? view.record_count(group.source)
                                    : view.household_count(group.source);
    for (std::uint32_t begin = 0; begin < count; begin += std::min(block, count - begin)) {
      ranges.push_back({.group = static_cast<std::uint32_t>(i),
                        .begin = begin,
                        .end = begin + std::min(block, count - begin)});
    }
  }
  return ranges;
}

Evaluation evaluate(const RuleSet& rules, const Plan& plan, const View& view, SubjectRange range) {
  const SubjectGroup& group = plan.groups[range.group];
  Evaluation result;
  result.counts.resize(rules.compiled().size());
  Scratch scratch;
  RecentValues recent(view);
  std::vector<SubjectTest> tests;
  tests.reserve(group.compiled.size());
  for (const std::uint16_t index : group.compiled)
    tests.emplace_back(rules, index, view, scratch, recent);
  for (std::uint32_t subject = range.begin; subject < range.end; ++subject) {
    const std::size_t first = result.findings.size();
    for (std::size_t i = 0; i < tests.size(); ++i) {
      tests[i].run(subject, result.counts[group.compiled[i]], result.findings);
    }
    suppress(rules, result.findings, first, result.counts);
  }
  return result;
}

void merge(Evaluation& into, Evaluation more) {
  if (into.counts.size() < more.counts.size()) into.counts.resize(more.counts.size());
  for (std::size_t i = 0; i < more.counts.size(); ++i) {
    RuleCounts& sum = into.counts[i];
    const RuleCounts& part = more.counts[i];
    sum.subjects += part.subjects;
    sum.not_covered += part.not_covered;
    sum.undecided += part.undecided;
    sum.raised += part.raised;
    sum.suppressed += part.suppressed;
    sum.excepted.resize(std::max(sum.excepted.size(), part.excepted.size()));
    for (std::size_t e = 0; e < part.excepted.size(); ++e) sum.excepted[e] += part.excepted[e];
  }
  std::move(more.findings.begin(), more.findings.end(), std::back_inserter(into.findings));
}

}  // namespace bidui::rule
