// Sections on what the rules found, and the flags as data for the page's script.
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <tuple>
#include <unordered_map>

#include "connectors/report/html_chart.h"
#include "connectors/report/html_section.h"
#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

// Text that occurs in many flags is written once per rule and named by its number.
class TextTable {
 public:
  std::size_t number(std::string_view text) {
    const auto [it, added] = numbers_.try_emplace(std::string(text), numbers_.size());
    if (added) {
      if (!json_.empty()) json_ += ',';
      json_ += json_string(text);
    }
    return it->second;
  }
  const std::string& json() const { return json_; }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::string json_;
};

std::string rule_name(const RuleRow& rule) {
  return html(rule.title.empty() ? rule.id : rule.title);
}

// The texts' numbers are taken one by one, in a fixed order: the same report gives the same bytes.
void append_evidence(std::string& out, const PageContext& page, const EvidenceLine& line,
                     TextTable& texts) {
  const std::size_t label = texts.number(line.label);
  const std::size_t left = texts.number(source_title(page.data, line.left_source));
  const std::size_t right = texts.number(source_title(page.data, line.right_source));
  fmt::format_to(std::back_inserter(out), "[{},{},{},{},{},{}]", label, left,
                 json_string(line.left_value), right, json_string(line.right_value),
                 line.differs ? 1 : 0);
}

// [flag, severity, status, level, township, village, household, names, subject, visit, basis,
// deadline, evidence]; page.js reads it.
void append_flag(std::string& out, const PageContext& page, const FlagRow& flag, TextTable& texts) {
  const std::size_t township = texts.number(flag.township);
  const std::size_t village = texts.number(flag.village);
  const std::size_t visit = texts.number(flag.visit);
  const std::size_t basis = texts.number(flag.basis);
  const std::size_t deadline = texts.number(flag.deadline);
  fmt::format_to(std::back_inserter(out), "[{},{},{},{},{},{},{},{},{},{},{},{},[",
                 json_string(flag.flag_id), gravity(flag.severity), static_cast<int>(flag.status),
                 static_cast<int>(flag.level), township, village, json_string(flag.household_no),
                 json_string(flag.names), json_string(flag.subject_source + ":" + flag.subject_key),
                 visit, basis, deadline);
  for (std::size_t i = 0; i < flag.evidence.size(); ++i) {
    if (i > 0) out += ',';
    append_evidence(out, page, flag.evidence[i], texts);
  }
  out += "]]";
}

// The most serious flags on the best links first; those gone last; else by place.
std::vector<const FlagRow*> best_flags(const RuleTally& counts, std::size_t limit) {
  std::vector<const FlagRow*> flags = counts.flags;
  std::stable_sort(flags.begin(), flags.end(), [](const FlagRow* a, const FlagRow* b) {
    const auto key = [](const FlagRow* flag) {
      return std::tuple(flag->status == FlagStatus::kGone, gravity(flag->severity),
                        -static_cast<int>(flag->level));
    };
    return key(a) < key(b);
  });
  if (flags.size() > limit) flags.resize(limit);
  return flags;
}

std::string flag_data(const PageContext& page, const RuleTally& counts) {
  TextTable texts;
  std::string rows;
  for (const FlagRow* flag : best_flags(counts, page.flags_per_rule)) {
    if (!rows.empty()) rows += ",\n";
    append_flag(rows, page, *flag, texts);
  }
  return fmt::format(R"({{"texts":[{}],"rows":[{}]}})", texts.json(), rows);
}

std::string status_counts(const PageContext& page, const RuleTally& counts) {
  std::string out;
  for (std::size_t i = 0; i < kStatuses; ++i) {
    if (counts.by_status[i] == 0) continue;
    out += fmt::format(R"(<span class="t{}">{} {}</span>)", i,
                       page.say(status_word(static_cast<FlagStatus>(i))),
                       grouped(counts.by_status[i]));
  }
  return out;
}

std::string rule_list(const PageContext& page, const RuleRow& rule, const RuleTally& counts) {
  std::string out = fmt::format(
      R"(<details class="rule" data-rule="{0}"><summary><em class="s{1}">{2}</em><b>{3}</b> <code>{0}</code>)"
      R"(<span class="counts">{4}</span><span class="total">{5}</span></summary>)",
      html(rule.id), gravity(rule.severity), page.say(severity_word(rule.severity)),
      rule_name(rule), status_counts(page, counts), grouped(counts.current));
  if (!rule.definition.empty()) out += R"(<p class="hint">)" + html(rule.definition) + "</p>";
  if (counts.flags.size() > page.flags_per_rule) {
    out += R"(<p class="hint cap">)" +
           fmt::format(fmt::runtime(page.say(Word::kCapHint)), grouped(page.flags_per_rule)) +
           "</p>";
  }
  return out + R"(<div class="list"></div><script type="application/json">)" +
         flag_data(page, counts) + "</script></details>";
}

std::string filter_bar(const PageContext& page) {
  std::string out = fmt::format(
      R"(<div class="filter" id="filter"><input type="search" aria-label="{0}" placeholder="{0}"><select aria-label="{1}"><option value="">{2}</option>)",
      page.say(Word::kSearch), page.say(Word::kTownship), page.say(Word::kAllTownships));
  for (const TownshipTally& town : page.counts.towns) {
    if (!town.name.empty()) out += fmt::format("<option>{}</option>", html(town.name));
  }
  return out +
         fmt::format(R"(</select><button type="button">{}</button></div>)", page.say(Word::kClear));
}

}  // namespace

std::string rule_section(const PageContext& page) {
  const Tally& counts = page.counts;
  std::uint64_t longest = 0;
  for (const RuleTally& rule : counts.by_rule) longest = std::max(longest, rule.current);
  std::string out = fmt::format(R"(<h2>{}<span class="legend">)", page.say(Word::kFlagsByRule));
  for (std::size_t i = 0; i < kSeverities; ++i) {
    out += fmt::format(R"(<i class="s{}"></i>{})", i, page.say(severity_word(severity_at(i))));
  }
  out += R"(</span></h2><table class="bars"><tbody>)";
  for (std::size_t i = 0; i < counts.rules.size(); ++i) {
    if (!counts.rules[i].not_evaluated.empty()) continue;
    fmt::format_to(
        std::back_inserter(out),
        R"(<tr><th title="{}"><a href="#flags" data-rule="{}">{}</a></th><td class="wide">{}</td><td class="n">{}</td></tr>)",
        html(counts.rules[i].definition), html(counts.rules[i].id), rule_name(counts.rules[i]),
        severity_bar(counts.by_rule[i].by_severity, longest, page.locale),
        grouped(counts.by_rule[i].current));
  }
  return out + "</tbody></table>";
}

std::string not_evaluated_section(const PageContext& page) {
  std::string rows;
  for (const RuleRow& rule : page.counts.rules) {
    if (rule.not_evaluated.empty()) continue;
    fmt::format_to(std::back_inserter(rows), "<li><b>{}</b> <code>{}</code> {}</li>",
                   rule_name(rule), html(rule.id), html(rule.not_evaluated));
  }
  if (rows.empty()) return {};
  return fmt::format(R"(<div class="skipped"><h3>{}</h3><ul>{}</ul></div>)",
                     page.say(Word::kNotEvaluatedRules), rows);
}

std::string flag_section(const PageContext& page) {
  std::string out =
      fmt::format(R"(<h2>{}</h2><p class="hint">{}</p><noscript><p class="hint">{}</p></noscript>)",
                  page.say(Word::kFlagLists), page.say(Word::kFlagHint), page.say(Word::kNoScript));
  out += filter_bar(page);
  for (std::size_t i = 0; i < page.counts.rules.size(); ++i) {
    if (page.counts.by_rule[i].flags.empty()) continue;
    out += rule_list(page, page.counts.rules[i], page.counts.by_rule[i]);
  }
  return out;
}

}  // namespace bidui::connectors::report
