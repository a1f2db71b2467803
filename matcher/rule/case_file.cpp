#include "matcher/rule/case_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

#include "matcher/rule/case_world.h"
#include "matcher/rule/evaluate.h"

namespace bidui::rule {
namespace {

// What a rule said about a world, as sorted lines that can be compared with what was expected.
struct Outcome {
  std::vector<std::string> findings;
  std::vector<std::string> excepted;
  std::vector<std::string> not_evaluated;
  std::vector<std::string> explains;
  std::uint64_t undecided = 0;
};

// The parts of a finding that an expectation mentions, so that both give the same line.
struct Mentioned {
  bool each = false;
  bool severity = false;
  bool level = false;
  bool undecided = false;
};

std::string describe(const Finding& finding, const Rule& rule, const CaseWorld& world,
                     const Mentioned& mentioned) {
  std::string line =
      finding.household ? world.name_of(*finding.household) : world.name_of(finding.record);
  if (mentioned.each && finding.each) line += " each " + world.name_of(*finding.each);
  if (mentioned.severity) line += fmt::format(" severity {}", severity_name(finding.severity));
  if (mentioned.level) line += fmt::format(" level {}", level_name(finding.level));
  if (!mentioned.undecided) return line;
  std::vector<std::string> ids;
  for (const std::uint16_t i : finding.undecided) ids.push_back(rule.exceptions[i].id);
  return line + fmt::format(" undecided [{}]", fmt::join(ids, ","));
}

Result<std::string> describe(const JsonReader& expected, Mentioned& mentioned) {
  BIDUI_TRY(expected.allow_keys({"subject", "each", "severity", "level", "undecided"}));
  const auto subject = expected.member("subject");
  if (!subject) return subject.error();
  std::string line = subject->text_or_empty();
  for (const auto& [key, flag] :
       {std::pair("each", &Mentioned::each), std::pair("severity", &Mentioned::severity),
        std::pair("level", &Mentioned::level)}) {
    if (!expected.has(key)) continue;
    mentioned.*flag = true;
    line += fmt::format(" {} {}", key, expected.member(key)->text_or_empty());
  }
  if (!expected.has("undecided")) return line;
  mentioned.undecided = true;
  const auto ids = expected.member("undecided")->texts();
  if (!ids) return ids.error();
  return line + fmt::format(" undecided [{}]", fmt::join(*ids, ","));
}

class CaseRunner {
 public:
  CaseRunner(const RuleSet& rules, std::size_t rule) : rules_(rules), rule_(rule) {}

  Result<CaseResult> run(const JsonReader& reader) {
    BIDUI_TRY(reader.allow_keys(
        {"note", "world", "expect", "excepted", "undecided", "not_evaluated", "explains"}));
    const auto note = reader.member("note");
    if (!note) return note.error();
    const auto given = reader.member("world");
    if (!given) return given.error();
    const auto world = CaseWorld::build(rules_.sources(), *given);
    if (!world) return world.error();
    Mentioned mentioned;
    const auto wanted = expected(reader, mentioned);
    if (!wanted) return wanted.error();
    const Outcome found = evaluate_world(**world, mentioned);
    return CaseResult{.place = reader.place(),
                      .note = note->text_or_empty(),
                      .failure = difference(reader, *wanted, found)};
  }

 private:
  static Status read_texts(const JsonReader& reader, std::string_view key,
                           std::vector<std::string>& target) {
    if (!reader.has(key)) return {};
    auto texts = reader.member(key)->texts();
    if (!texts) return texts.error();
    target = std::move(*texts);
    std::sort(target.begin(), target.end());
    return {};
  }

  static Result<Outcome> expected(const JsonReader& reader, Mentioned& mentioned) {
    Outcome outcome;
    if (reader.has("expect")) {
      const auto findings = reader.member("expect")->items();
      if (!findings) return findings.error();
      for (const JsonReader& finding : *findings) {
        const auto line = describe(finding, mentioned);
        if (!line) return line.error();
        outcome.findings.push_back(*line);
      }
      std::sort(outcome.findings.begin(), outcome.findings.end());
    }
    BIDUI_TRY(read_texts(reader, "excepted", outcome.excepted));
    BIDUI_TRY(read_texts(reader, "not_evaluated", outcome.not_evaluated));
    BIDUI_TRY(read_texts(reader, "explains", outcome.explains));
    if (reader.has("undecided")) {
      const auto count = reader.member("undecided")->whole_number();
      if (!count) return count.error();
      outcome.undecided = static_cast<std::uint64_t>(*count);
    }
    return outcome;
  }

  Outcome evaluate_world(const CaseWorld& world, const Mentioned& mentioned) const {
    const Plan plan = make_plan(rules_, world);
    Evaluation all;
    for (const SubjectRange& range : plan_ranges(plan, world, 100)) {
      merge(all, evaluate(rules_, plan, world, range));
    }
    Outcome outcome;
    add_findings(all, world, mentioned, outcome);
    add_counts(all, outcome);
    for (const NotEvaluated& missed : plan.not_evaluated) {
      if (rules_.compiled()[missed.compiled].rule != rule_) continue;
      outcome.not_evaluated.push_back(rules_.sources()[missed.source].name);
    }
    for (auto* lines :
         {&outcome.findings, &outcome.excepted, &outcome.not_evaluated, &outcome.explains}) {
      std::sort(lines->begin(), lines->end());
    }
    auto& missed = outcome.not_evaluated;
    missed.erase(std::unique(missed.begin(), missed.end()), missed.end());
    return outcome;
  }

  void add_findings(const Evaluation& all, const CaseWorld& world, const Mentioned& mentioned,
                    Outcome& outcome) const {
    for (const Finding& finding : all.findings) {
      if (rules_.compiled()[finding.compiled].rule != rule_) continue;
      outcome.findings.push_back(describe(finding, rules_.rules()[rule_], world, mentioned));
      for (const std::uint16_t other : finding.explains) {
        outcome.explains.push_back(rules_.rules()[other].id);
      }
    }
  }

  void add_counts(const Evaluation& all, Outcome& outcome) const {
    for (std::size_t i = 0; i < all.counts.size(); ++i) {
      if (rules_.compiled()[i].rule != rule_) continue;
      outcome.undecided += all.counts[i].undecided;
      for (std::size_t e = 0; e < all.counts[i].excepted.size(); ++e) {
        outcome.excepted.insert(outcome.excepted.end(), all.counts[i].excepted[e],
                                rules_.rules()[rule_].exceptions[e].id);
      }
    }
  }

  static Bilingual difference(const JsonReader& reader, const Outcome& wanted,
                              const Outcome& found) {
    const auto differ = [](const Bilingual& what, const std::string& a, const std::string& b) {
      if (a == b) return Bilingual{};
      return Bilingual{fmt::format("{}：应为 {}，实为 {}。", what.zh, a, b),
                       fmt::format("{}: wanted {}, found {}. ", what.en, a, b)};
    };
    const auto list = [](const std::vector<std::string>& lines) {
      return fmt::format("[{}]", fmt::join(lines, "; "));
    };
    Bilingual text = differ({"疑点", "findings"}, list(wanted.findings), list(found.findings)) +
                     differ({"例外", "excepted"}, list(wanted.excepted), list(found.excepted));
    if (reader.has("not_evaluated"))
      text = text + differ({"未评估", "not evaluated"}, list(wanted.not_evaluated),
                           list(found.not_evaluated));
    text = text + differ({"由它说明", "explains"}, list(wanted.explains), list(found.explains)) +
           differ({"无法判断", "undecided"}, std::to_string(wanted.undecided),
                  std::to_string(found.undecided));
    return text;
  }

  const RuleSet& rules_;
  std::size_t rule_;
};

}  // namespace

Result<std::vector<CaseResult>> run_cases(const RuleSet& rules, const std::string& rule_id,
                                          const NamedText& file) {
  const auto rule = std::find_if(rules.rules().begin(), rules.rules().end(),
                                 [&rule_id](const Rule& r) { return r.id == rule_id; });
  if (rule == rules.rules().end()) {
    return bilingual_error(ErrorCode::kNotFound, "没有规则 " + rule_id,
                           "there is no rule " + rule_id, file.name);
  }
  const auto json = parse_json_file(file.name, file.text);
  if (!json) return json.error();
  const auto cases = JsonReader(**json).member("cases");
  if (!cases) return cases.error();
  const auto items = cases->items();
  if (!items) return items.error();
  CaseRunner runner(rules, static_cast<std::size_t>(rule - rules.rules().begin()));
  std::vector<CaseResult> results;
  for (const JsonReader& item : *items) {
    auto result = runner.run(item);
    if (!result) return result.error();
    results.push_back(std::move(*result));
  }
  return results;
}

}  // namespace bidui::rule
