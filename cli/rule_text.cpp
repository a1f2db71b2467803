#include "cli/rule_text.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <fmt/format.h>

#include "cli/console.h"
#include "cli/flag_text.h"
#include "cli/table.h"
#include "matcher/flag/transition.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

template <typename Items, typename Name>
std::string joined(const Items& items, Name name) {
  std::string text;
  for (const auto& item : items)
    text.append(text.empty() ? std::string_view{} : say("、", ", ")).append(name(item));
  return text;
}

std::string subject_kind_title(rule::SubjectKind kind) {
  return std::string(kind == rule::SubjectKind::kRecord ? say("记录", "record")
                                                        : say("户", "household"));
}

std::string need_text(const rule::Need& need) {
  if (!need.max_age_days) return need.source;
  return fmt::format(fmt::runtime(say("{}（不早于 {} 天）", "{} (at most {} days old)")),
                     need.source, *need.max_age_days);
}

std::string value_text(const rule::Parameter& parameter) {
  std::string text;
  const auto add = [&](const std::string& value) { text += (text.empty() ? "" : ", ") + value; };
  for (const double number : parameter.numbers) {
    const bool truth = parameter.type.kind == rule::ValueKind::kBoolean;
    add(truth ? (number != 0 ? "true" : "false") : fmt::format("{}", number));
  }
  for (const std::string& value : parameter.texts) add(value);
  return text;
}

std::string heading(std::string_view zh, std::string_view en) {
  return fmt::format("\n{}\n", say(zh, en));
}

// Line by line as the file has them, long ones broken at spaces.
std::string condition(const rule::ExpressionText& text, std::size_t indent) {
  std::string lines;
  for (std::string_view rest = text.text(); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t own = std::min(line.size(), line.find_first_not_of(' '));
    lines += wrapped(line.substr(own), indent + own);
  }
  return lines;
}

std::string exceptions_text(const rule::Rule& rule) {
  std::string text;
  for (const rule::Exception& exception : rule.exceptions) {
    const std::string title(say(exception.title, exception.title_en));
    text += wrapped(title + "  " + exception.id, 2) + condition(exception.when, 6);
  }
  return text;
}

std::string parameters_text(const rule::Rule& rule) {
  Table table({{"", Align::kLeft}, {"", Align::kLeft}, {"", Align::kLeft}}, 2);
  for (const rule::Parameter& parameter : rule.parameters)
    table.add({parameter.name, value_text(parameter),
               std::string(say(parameter.title, parameter.title_en))});
  return table.text();
}

json::value parameter_json(const rule::Parameter& parameter) {
  json::array values;
  for (const double number : parameter.numbers) {
    if (parameter.type.kind == rule::ValueKind::kBoolean) {
      values.emplace_back(number != 0);
    } else if (number == std::trunc(number)) {
      values.emplace_back(static_cast<std::int64_t>(number));
    } else {
      values.emplace_back(number);
    }
  }
  for (const std::string& value : parameter.texts) values.emplace_back(value);
  if (parameter.type.kind == rule::ValueKind::kList) return values;
  return values.front();
}

template <typename Titled>
json::object titled(const std::string& id, const Titled& item) {
  return {{"id", id}, {"title", item.title}, {"title_en", item.title_en}};
}

json::array texts(const std::vector<std::string>& items) {
  return json::array(items.begin(), items.end());
}

}  // namespace

std::string rule_table(const std::vector<rule::Rule>& rules) {
  Table table({{say("规则", "rule")},
               {say("名称", "title")},
               {say("级别", "severity")},
               {say("关联", "links")},
               {say("对象", "subject")},
               {say("需要", "needs")},
               {say("时限（天）", "days"), Align::kRight}});
  for (const rule::Rule& rule : rules) {
    table.add({rule.id, std::string(say(rule.title, rule.title_en)), severity_title(rule.severity),
               std::string(rule::level_name(rule.level)),
               subject_kind_title(rule.subject_kind) + " " +
                   joined(rule.subjects, [](const rule::Subject& s) { return s.source; }),
               joined(rule.needs, need_text), std::to_string(rule.deadline_days)});
  }
  return table.text();
}

std::string rule_page(const rule::Rule& rule) {
  std::string page = fmt::format("{}  {}\n", rule.id, say(rule.title, rule.title_en));
  page += fmt::format(
      fmt::runtime(say("级别 {}  关联 {} 以上  宽限 {} 天  核查时限 {} 天\n",
                       "severity {}  links of {} or better  {} days of grace  to be checked in {} "
                       "days\n")),
      severity_title(rule.severity), rule::level_name(rule.level), rule.grace_days,
      rule.deadline_days);
  page += wrapped(rule.touches == rule::Touches::kEntitlement
                      ? say("影响待遇或资格：核实后先告知本人，再作决定",
                            "touches an entitlement: the household is told before a decision")
                      : say("只涉及数据质量：可直接决定更正，不得作不利决定",
                            "on data quality: may be corrected at once, never decided against "
                            "the household"),
                  0);
  page += heading("对象", "Subject");
  for (const rule::Subject& subject : rule.subjects) {
    page += fmt::format("  {} {}\n", subject_kind_title(rule.subject_kind), subject.source);
    if (subject.where) page += condition(*subject.where, 6);
  }
  if (!rule.needs.empty())
    page += fmt::format("  {}{}\n", say("没有就不评的来源：", "not evaluated without: "),
                        joined(rule.needs, need_text));
  if (!rule.parameters.empty())
    page += heading("参数（县配置可改）", "Parameters (a county profile may change them)") +
            parameters_text(rule);
  if (!rule.definitions.empty()) page += heading("其中", "Where");
  for (const rule::Definition& definition : rule.definitions)
    page += fmt::format("  {} =\n", definition.name) + condition(definition.text, 6);
  if (rule.each)
    page += heading("各立一案", "A flag for each") + fmt::format("  {} :\n", rule.each->name) +
            condition(rule.each->in, 6);
  page += heading("立案条件", "Condition") + condition(rule.when, 2);
  if (!rule.exceptions.empty())
    page += heading("合理例外（成立即不立案）", "Exceptions (no flag where one holds)") +
            exceptions_text(rule);
  if (!rule.visit.empty()) page += heading("须入户核实", "Only a visit can settle");
  for (const rule::VisitQuestion& question : rule.visit)
    page += wrapped(say(question.title, question.title_en), 2);
  page += heading("依据", "Basis");
  for (const Bilingual& basis : rule.basis) page += wrapped(say(basis.zh, basis.en), 2);
  if (!rule.suppresses.empty())
    page +=
        fmt::format("\n{}{}\n", say("由本条解释、不另立案：", "explains, in place of flags of: "),
                    joined(rule.suppresses, [](const std::string& id) { return id; }));
  return page;
}

std::string profile_file(const rule::RuleSet& rules, const rule::Profile& profile) {
  std::string text = fmt::format("{{\n  \"name\": {},\n  \"title\": {},\n  \"title_en\": {},\n",
                                 json::serialize(json::string(profile.name())),
                                 json::serialize(json::string(profile.title())),
                                 json::serialize(json::string(profile.title_en())));
  text += fmt::format("  \"contest_days\": {},\n  \"rules\": {{",
                      profile.contest_days().value_or(flag::kContestDays));
  std::string_view separator = "\n";
  const auto add = [&](const std::string& id, const json::object& values) {
    text += fmt::format("{}    \"{}\": {}", separator, id, json::serialize(values));
    separator = ",\n";
  };
  for (const rule::Rule& rule : rules.rules()) {
    json::object values{{"grace_days", rule.grace_days}, {"deadline_days", rule.deadline_days}};
    json::object parameters;
    for (const rule::Parameter& parameter : rule.parameters)
      parameters[parameter.name] = parameter_json(parameter);
    if (!parameters.empty()) values["parameters"] = std::move(parameters);
    add(rule.id, values);
  }
  for (const rule::Rule& rule : rules.switched_off()) add(rule.id, {{"enabled", false}});
  return text + "\n  }\n}\n";
}

json::object rule_json(const rule::Rule& rule) {
  json::array subjects, needs, exceptions, visit, parameters;
  for (const rule::Subject& subject : rule.subjects)
    subjects.push_back(json::string(subject.source));
  for (const rule::Need& need : rule.needs) needs.push_back(json::string(need.source));
  for (const rule::Exception& exception : rule.exceptions)
    exceptions.push_back(titled(exception.id, exception));
  for (const rule::VisitQuestion& question : rule.visit)
    visit.push_back(titled(question.id, question));
  for (const rule::Parameter& parameter : rule.parameters)
    parameters.push_back(json::object{{"name", parameter.name},
                                      {"title", parameter.title},
                                      {"title_en", parameter.title_en},
                                      {"value", value_text(parameter)}});
  json::array basis, basis_en;
  for (const Bilingual& words : rule.basis) {
    basis.push_back(json::string(words.zh));
    basis_en.push_back(json::string(words.en));
  }
  return {
      {"id", rule.id},
      {"version", rule.version},
      {"title", rule.title},
      {"title_en", rule.title_en},
      {"severity", rule::severity_name(rule.severity)},
      {"level", rule::level_name(rule.level)},
      {"touches", rule::touches_name(rule.touches)},
      {"subject_kind", rule.subject_kind == rule::SubjectKind::kRecord ? "record" : "household"},
      {"subjects", std::move(subjects)},
      {"needs", std::move(needs)},
      {"grace_days", rule.grace_days},
      {"deadline_days", rule.deadline_days},
      {"parameters", std::move(parameters)},
      {"exceptions", std::move(exceptions)},
      {"visit", std::move(visit)},
      {"basis", std::move(basis)},
      {"basis_en", std::move(basis_en)},
      {"suppresses", texts(rule.suppresses)}};
}

}  // namespace bidui::cli
