#include "workspace/make_report_data.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "matcher/text/division.h"
#include "workspace/compare.h"
#include "workspace/place_names.h"
#include "workspace/report_errors.h"
#include "workspace/report_flags.h"
#include "workspace/report_sources.h"
#include "workspace/run_output.h"

namespace bidui::workspace {
namespace {

namespace report = connectors::report;

constexpr std::size_t kPossibleLimit = 20'000;  // what people could ever review

std::string title_of(const RunWorld& world, std::string_view source) {
  for (const RunSource& s : world.sources) {
    if (s.schema->source == source) return s.schema->title;
  }
  return std::string(source);
}

template <typename Items, typename Text>
std::string listed(const Items& items, const Text& text) {
  std::string list;
  for (const auto& item : items) {
    if (!list.empty()) list += "、";
    list += text(item);
  }
  return list;
}

// What the rule looks at, what it needs and what it leaves out, in a sentence.
std::string definition_of(const RunWorld& world, const rule::Rule& rule) {
  std::vector<std::string> subjects;
  for (const rule::Subject& subject : rule.subjects) subjects.push_back(subject.source);
  const auto source = [&](const std::string& name) { return title_of(world, name); };
  std::string text = fmt::format("对象：{}的{}", listed(subjects, source),
                                 rule.subject_kind == rule::SubjectKind::kRecord ? "记录" : "户");
  if (!rule.needs.empty()) {
    text += "；对照：" + listed(rule.needs, [&](const rule::Need& need) {
              return title_of(world, need.source);
            });
  }
  if (rule.grace_days > 0) text += fmt::format("；宽限 {} 天", rule.grace_days);
  if (!rule.exceptions.empty()) {
    text +=
        "；不算疑点：" + listed(rule.exceptions, [](const rule::Exception& e) { return e.title; });
  }
  return text + "。";
}

void add_rules(const CompareReport& run, report::ReportData& data) {
  for (const rule::Rule& rule : run.world->rules->rules()) {
    report::RuleRow row{.id = rule.id,
                        .title = rule.title,
                        .severity = rule.severity,
                        .definition = definition_of(*run.world, rule)};
    const auto outcome = std::ranges::find(run.rules, rule.id, &RuleOutcome::rule);
    if (outcome != run.rules.end() && !outcome->not_evaluated.empty()) {
      if (outcome->subjects == 0) {
        row.not_evaluated = outcome->not_evaluated.zh;
      } else {
        data.notes.push_back(
            fmt::format("{}：部分未评估（{}）。", rule.title, outcome->not_evaluated.zh));
      }
    }
    data.rules.push_back(std::move(row));
  }
  std::ranges::stable_sort(data.rules, std::ranges::greater{}, &report::RuleRow::severity);
}

// Households of the poverty registry by township; the county's townships without any in a note.
void add_townships(const RunWorld& world, std::uint32_t county, report::ReportData& data) {
  std::map<std::string, report::TownshipRow> towns;  // by code, then those without
  for (std::size_t i = 0; i < text::township_count(county); ++i) {
    const text::Division town = text::township(county, i);
    const std::string code = std::to_string(town.code);
    towns[code] = {.division = code, .name = std::string(town.name)};
  }
  for (std::size_t s = 0; s < world.sources.size(); ++s) {
    if (world.sources[s].schema->source != "poverty") continue;
    for (std::uint32_t h = 0; h < world.households->count(s); ++h) {
      const rule::RecordRef first = world.households->members(s, h).front();
      const PlaceNames place = place_names(world, first);
      if (place.township.empty()) continue;
      const rule::Value division = world.view->fact(first, rule::Fact::kDivision);
      const std::string code = division.is_unknown() ? "" : std::string(division.text.substr(0, 9));
      const bool known = !code.empty() && !code.ends_with("000");
      report::TownshipRow& town = towns[known ? code : "~" + place.township];
      if (town.name.empty()) town = {.division = known ? code : "", .name = place.township};
      ++town.households;
    }
  }
  std::string empty;
  for (auto& [code, town] : towns) {
    if (town.households != 0) {
      data.townships.push_back(std::move(town));
      continue;
    }
    empty += (empty.empty() ? "" : "、") + town.name;
  }
  if (!empty.empty() && !data.townships.empty())
    data.notes.push_back("以下乡镇在建档立卡数据中没有一户，请核对数据是否完整：" + empty + "。");
}

}  // namespace

report::ReportData make_report_data(const CompareReport& run, std::uint32_t county) {
  report::ReportData data{.run_id = run.run_id,
                          .evaluation_date = run.evaluation_date,
                          .program_version = std::string(kProgramVersion)};
  data.county_name = text::division_name(county);
  data.county_division = county == 0 ? "" : std::to_string(county);
  add_sources(*run.world, data);
  add_links(run, data);
  add_errors(run, data);
  add_rules(run, data);
  add_townships(*run.world, county, data);
  data.flags = report_flags(run);
  if (run.settled.settled != 0)
    data.notes.push_back(fmt::format(
        "另有 {} 个疑点已由人工排除或销号，未列入（flags.csv 中仍有）。", run.settled.settled));
  data.possible = report_possible_links(*run.world, kPossibleLimit);
  data.possible_total = static_cast<std::uint64_t>(std::ranges::count(
      run.world->linkage.links, link::Decision::kPossible, &PersonLink::decision));
  return data;
}

}  // namespace bidui::workspace
