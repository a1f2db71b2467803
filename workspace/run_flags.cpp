#include "workspace/run_flags.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>
#include <unordered_map>

#include "matcher/flag/make_flag.h"

namespace bidui::workspace {
namespace {

constexpr std::uint32_t kSubjectBlock = 2000;

rule::Evaluation evaluate_all(const RunWorld& world, const rule::Plan& plan,
                              const Progress& progress) {
  const std::vector<rule::SubjectRange> ranges =
      rule::plan_ranges(plan, *world.view, kSubjectBlock);
  std::vector<rule::Evaluation> parts(ranges.size());
  report(progress, {"rules", "rows", 0, ranges.size()});
  tbb::parallel_for(std::size_t{0}, ranges.size(), [&](std::size_t i) {
    parts[i] = rule::evaluate(*world.rules, plan, *world.view, ranges[i]);
  });
  rule::Evaluation all;
  for (rule::Evaluation& part : parts) rule::merge(all, std::move(part));
  return all;
}

std::string household_of(const RunWorld& world, const rule::Finding& finding) {
  const auto household =
      finding.household ? finding.household : world.view->household(finding.record);
  if (!household) return {};
  return world.sources[household->source].instance + ":" +
         std::string(world.view->household_key(*household));
}

std::vector<FlagState> flags_of(const RunWorld& world, const rule::Evaluation& evaluation) {
  std::vector<FlagState> states(evaluation.findings.size());
  tbb::parallel_for(std::size_t{0}, states.size(), [&](std::size_t i) {
    const rule::Finding& finding = evaluation.findings[i];
    states[i] = {.flag = flag::make_flag(finding, *world.rules, *world.view),
                 .household = household_of(world, finding)};
  });
  tbb::parallel_sort(states, [](const FlagState& x, const FlagState& y) {
    return flag::ranks_before(x.flag, y.flag);
  });
  return states;
}

// Of a source that was never delivered, while lists of its kind were: rules look at the one that
// they name, else one house in two lists would be flagged twice.
Bilingual other_lists(const RunWorld& world, const RunSource& source) {
  Bilingual names;
  for (const RunSource& other : world.sources) {
    if (other.schema == source.schema && other.delivered())
      names.add_item(other.instance, other.instance);
  }
  if (names.empty()) return {};
  return {
      fmt::format("；已导入的 {} 是另一清单，这条规则只看 {}", names.zh, source.instance),
      fmt::format("; {} is another list, the rule looks at {} alone", names.en, source.instance)};
}

Bilingual reason_of(const RunWorld& world, const rule::NotEvaluated& not_evaluated) {
  const RunSource& source = world.sources[not_evaluated.source];
  switch (not_evaluated.reason) {
    case rule::NotEvaluated::Reason::kNotDelivered:
      return Bilingual{fmt::format("没有{}（{}）的数据", source.schema->title, source.instance),
                       "no delivery of " + source.instance} +
             other_lists(world, source);
    case rule::NotEvaluated::Reason::kStale:
      return {fmt::format("{}（{}）的数据已过 {} 天，太旧", source.schema->title, source.instance,
                          not_evaluated.age_days),
              fmt::format("the delivery of {} is {} days old, too old", source.instance,
                          not_evaluated.age_days)};
  }
  return {};
}

}  // namespace

RaisedFlags raise_flags(const RunWorld& world, const Progress& progress) {
  RaisedFlags raised{.plan = rule::make_plan(*world.rules, *world.view)};
  raised.evaluation = evaluate_all(world, raised.plan, progress);
  raised.flags = flags_of(world, raised.evaluation);
  return raised;
}

std::vector<flag::Skipped> skipped_rules(const RunWorld& world, const rule::Plan& plan,
                                         const std::vector<FlagState>& previous) {
  using RuleAndSource = std::pair<std::string_view, std::string_view>;
  std::set<RuleAndSource> evaluated;
  for (const rule::SubjectGroup& group : plan.groups) {
    for (const std::uint16_t c : group.compiled) {
      const rule::CompiledRule& compiled = world.rules->compiled()[c];
      evaluated.emplace(world.rules->rule_of(compiled).id, world.sources[compiled.source].instance);
    }
  }
  std::set<RuleAndSource> skipped;
  for (const FlagState& state : previous) {
    const RuleAndSource of_flag(state.flag.rule, state.flag.source);
    if (!evaluated.contains(of_flag)) skipped.insert(of_flag);
  }
  std::vector<flag::Skipped> result;
  for (const auto& [rule, source] : skipped)
    result.push_back({std::string(rule), std::string(source)});
  return result;
}

std::vector<RuleOutcome> rule_outcomes(const RunWorld& world, const RaisedFlags& raised) {
  std::vector<RuleOutcome> result;
  for (const rule::Rule& rule : world.rules->rules()) {
    result.push_back({.rule = rule.id,
                      .title = rule.title,
                      .title_en = rule.title_en,
                      .severity = std::string(rule::severity_name(rule.severity))});
  }
  for (const rule::Rule& rule : world.rules->switched_off()) {
    result.push_back(
        {.rule = rule.id,
         .title = rule.title,
         .title_en = rule.title_en,
         .severity = std::string(rule::severity_name(rule.severity)),
         .not_evaluated = {"县配置停用，已有的疑点保持原样",
                           "switched off by the profile; its flags stay as they are"}});
  }
  for (std::size_t c = 0; c < raised.evaluation.counts.size(); ++c) {
    const rule::RuleCounts& counts = raised.evaluation.counts[c];
    RuleOutcome& outcome = result[world.rules->compiled()[c].rule];
    outcome.subjects += counts.subjects;
    outcome.undecided += counts.undecided;
    outcome.not_covered += counts.not_covered;
    outcome.suppressed += counts.suppressed;
    for (const std::uint64_t excepted : counts.excepted) outcome.excepted += excepted;
  }
  for (const rule::NotEvaluated& n : raised.plan.not_evaluated) {
    RuleOutcome& outcome = result[world.rules->compiled()[n.compiled].rule];
    const Bilingual reason = reason_of(world, n);
    Bilingual& all = outcome.not_evaluated;
    if (all.zh.find(reason.zh) != std::string::npos) continue;
    all = all + (all.empty() ? reason : Bilingual{"；", "; "} + reason);
  }
  std::unordered_map<std::string_view, RuleOutcome*> by_rule;
  for (RuleOutcome& outcome : result) by_rule.emplace(outcome.rule, &outcome);
  for (const FlagState& state : raised.flags) {
    const auto at = by_rule.find(state.flag.rule);
    if (at == by_rule.end()) continue;
    ++at->second->by_status[static_cast<std::size_t>(state.flag.status)];
    if (is_raised_but_settled(state)) ++at->second->settled;
  }
  return result;
}

}  // namespace bidui::workspace
