#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <iterator>
#include <numeric>
#include <optional>

#include "cli/calibration_text.h"
#include "cli/flag_text.h"
#include "cli/options.h"
#include "cli/phases_json.h"
#include "cli/rule_options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "matcher/link/error_rates.h"
#include "workspace/compare.h"
#include "workspace/local_time.h"
#include "workspace/run_output.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using workspace::CompareReport;

std::string source_title(const CompareReport& run, std::size_t source) {
  const workspace::RunSource& s = run.world->sources[source];
  return chinese() ? s.title() : s.instance;
}

std::string percent(double part, double whole) {
  return whole > 0 ? fmt::format("{:.2f}%", 100 * part / whole) : "—";
}

void print_links(const CompareReport& run) {
  Table table({{say("左", "left")},
               {say("右", "right")},
               {say("记录", "records"), Align::kRight},
               {say("确证 L3", "certain L3"), Align::kRight},
               {say("链接 L2", "linked L2"), Align::kRight},
               {say("可能 L1", "possible L1"), Align::kRight},
               {say("未链接", "unlinked"), Align::kRight},
               {say("链接率", "linked"), Align::kRight}},
              2);
  for (const workspace::LinkCounts& c : workspace::count_links(*run.world)) {
    table.add({source_title(run, c.left), source_title(run, c.right), grouped(c.records),
               grouped(c.l3), grouped(c.l2), grouped(c.possible), grouped(c.unlinked),
               percent(static_cast<double>(c.l3 + c.l2), static_cast<double>(c.records))});
  }
  fmt::print(output(), "{}\n{}", say("各来源之间的人员链接", "Links between the sources"),
             table.text());
}

// What people decided, and how persons went on since the run before.
void print_persons(const CompareReport& run) {
  const workspace::RunConstraints& constraints = run.world->constraints;
  if (constraints.count != 0) {
    fmt::print(output(), "{} {}{}\n",
               say("  认定不是同一人的对：", "  pairs decided not to be one person:"),
               grouped(constraints.count),
               constraints.not_found == 0
                   ? ""
                   : fmt::format(fmt::runtime(say("（{} 对的记录不在现有数据中）",
                                                  " ({} of records that are not there)")),
                                 constraints.not_found));
  }
  std::array<std::uint64_t, 4> counts{};
  for (const workspace::LineageRow& row : run.lineage.rows)
    ++counts[static_cast<std::size_t>(row.change)];
  if (run.lineage.rows.empty()) return;
  fmt::print(output(), "{}\n",
             fmt::format(fmt::runtime(say(
                             "  人员归并的变化（lineage.csv）：合并 {}，拆分 {}，移动 {}，改称 {}",
                             "  persons (lineage.csv): merged {}, split {}, moved {}, renamed {}")),
                         counts[0], counts[1], counts[2], counts[3]));
}

// "0.00% (≤ 0.38%)"
std::string up_to(double rate, std::optional<double> at_most) {
  return at_most ? fmt::format("{} (≤ {})", percent(rate, 1), percent(*at_most, 1))
                 : percent(rate, 1);
}

void print_error_sheet(const CompareReport& run) {
  const std::string basis =
      run.calibration
          ? fmt::format(fmt::runtime(say("模型的估计，权重经复核校准：{}",
                                         "by the model, its weights calibrated: {}")),
                        calibration_origin(*run.calibration))
          : std::string(say("模型自身的估计，未经人工复核", "by the model itself, not reviewed"));
  fmt::print(output(), "\n{}\n",
             fmt::format(fmt::runtime(say("与户籍链接的误差估计（{}）",
                                          "Estimated errors of the links to the civil "
                                          "registry ({})")),
                         basis));
  Table table({{say("来源", "source")},
               {say("阈值", "threshold"), Align::kRight},
               {say("误链率", "false"), Align::kRight},
               {say("漏链率", "missed"), Align::kRight},
               {say("信息不足", "unlinkable"), Align::kRight},
               {say("模型", "model")}},
              2);
  for (const workspace::SourceLinkage& l : run.world->linkage.to_spine) {
    const workspace::ErrorGroup* const group = run.errors.find_sources(
        run.world->sources[l.source].instance, run.world->sources[run.world->spine()].instance);
    if (group == nullptr) continue;
    const link::ErrorRates rates = link::expected_rates(group->tally, group->expected_matches);
    table.add({source_title(run, l.source), fmt::format("{:.1f}", l.threshold),
               up_to(rates.false_rate.value, rates.false_at_most),
               up_to(rates.missed_rate.value, rates.missed_at_most),
               grouped(group->tally.unlinkable),
               std::string(l.model.converged ? say("收敛", "converged")
                                             : say("未收敛", "did not converge"))});
  }
  fmt::print(
      output(), "{}{}", table.text(),
      wrapped(say("“≤”：即使模型无误，链接这样少，偶然也可能到此数；漏链率再取模型按匹配总数推"
                  "算的数，以大者为准。这些是估计，不是区间，真值可能在外。",
                  "\"<=\": by chance alone the rate may be that high with so few links; of the "
                  "missed rate also what the model expects of all matches, whichever is "
                  "more. These are estimates, no intervals: the truth may lie outside."),
              2));
}

// The most serious first; else in the order of the rules.
std::vector<const workspace::RuleOutcome*> evaluated_rules(const CompareReport& run) {
  constexpr std::string_view kOrder = "HML";
  std::vector<const workspace::RuleOutcome*> rules;
  for (const workspace::RuleOutcome& r : run.rules) {
    if (r.not_evaluated.empty() || r.subjects != 0) rules.push_back(&r);
  }
  std::ranges::stable_sort(rules, {}, [&](const auto* r) { return kOrder.find(r->severity); });
  return rules;
}

// Flags to look at, all that are raised by status, those that are gone, and those that were
// settled.
std::vector<std::string> flag_counts(const workspace::RuleOutcome& rule) {
  const std::array<std::uint64_t, 5>& by_status = rule.by_status;
  const auto count = [&](flag::Status status) {
    return by_status[static_cast<std::size_t>(status)];
  };
  const std::uint64_t gone = count(flag::Status::kGone);
  const std::uint64_t all = std::accumulate(by_status.begin(), by_status.end(), std::uint64_t{0});
  return {grouped(all - gone - rule.settled),
          grouped(count(flag::Status::kNew)),
          grouped(count(flag::Status::kSame)),
          grouped(count(flag::Status::kChanged)),
          grouped(count(flag::Status::kReopened)),
          grouped(gone),
          grouped(rule.settled)};
}

void print_rules(const CompareReport& run) {
  fmt::print(output(), "\n{}\n",
             say("疑点（待核实，不是结论）", "Flags (questions to check, no verdicts)"));
  Table table({{say("级别", "severity")},
               {say("名称", "title")},
               {say("规则", "rule")},
               {say("现存", "current"), Align::kRight},
               {say("新增", "new"), Align::kRight, true},
               {say("仍在", "same"), Align::kRight, true},
               {say("有变", "changed"), Align::kRight, true},
               {say("重开", "reopened"), Align::kRight, true},
               {say("消失", "gone"), Align::kRight, true},
               {say("已了结", "settled"), Align::kRight, true},
               {say("例外", "excepted"), Align::kRight, true},
               {say("无法判断", "undecided"), Align::kRight, true}},
              2);
  const auto add = [&](std::vector<std::string> cells, const workspace::RuleOutcome& r) {
    std::ranges::move(flag_counts(r), std::back_inserter(cells));
    cells.push_back(grouped(r.excepted));
    cells.push_back(grouped(r.undecided));
    table.add(std::move(cells));
  };
  workspace::RuleOutcome all;
  for (const workspace::RuleOutcome* const r : evaluated_rules(run)) {
    add({severity_title(rule::parse_severity(r->severity).value_or(rule::Severity::kInfo)),
         chinese() ? r->title : r->title_en, r->rule},
        *r);
    for (std::size_t s = 0; s < all.by_status.size(); ++s) all.by_status[s] += r->by_status[s];
    all.settled += r->settled;
    all.excepted += r->excepted;
    all.undecided += r->undecided;
  }
  add({std::string(say("合计", "total")), "", ""}, all);
  fmt::print(output(), "{}", table.text());
  for (const workspace::RuleOutcome& r : run.rules) {
    if (r.not_evaluated.empty()) continue;
    fmt::print(output(), "  {} {}{}\n", r.rule,
               r.subjects == 0 ? say("未评估：", "not evaluated: ")
                               : say("部分未评估：", "partly not evaluated: "),
               chinese() ? r.not_evaluated.zh : r.not_evaluated.en);
  }
}

// What the run did about flags that people had dealt with.
void print_settled(const workspace::SettledFlags& flags) {
  const auto line = [](std::uint64_t count, std::string_view zh, std::string_view en) {
    if (count != 0)
      fmt::print(output(), "  {}\n", fmt::format(fmt::runtime(say(zh, en)), grouped(count)));
  };
  line(flags.reopened, "重新立案 {} 个：排除的有效期已过、证据有变化或消除后又出现",
       "{} opened again: their dismissal expired, their evidence changed, or they are back");
  line(flags.closed, "销号 {} 个：已确认，各来源已一致",
       "{} closed: confirmed, and the sources agree");
  line(flags.gone_in_hand, "办理中的 {} 个已消除：办理状态不变，仍须办完",
       "{} are gone while people are at them: their state stays as it is");
}

void print_phases(const std::vector<workspace::PhaseTime>& phases) {
  double total = 0;
  std::string list;
  for (const workspace::PhaseTime& phase : phases) {
    total += phase.seconds;
    list += fmt::format("{}{} {:.1f}", list.empty() ? "" : say("，", ", "),
                        phase_title(phase.phase), phase.seconds);
  }
  fmt::print(output(), "{}",
             wrapped(fmt::format(fmt::runtime(say("用时 {:.1f} 秒（{}）", "took {:.1f} s ({})")),
                                 total, list),
                     0));
}

// summary.json with the phases besides: a file that is kept has no times in it.
void print_json(const CompareReport& run) {
  std::string text = run.summary;
  text.pop_back();  // the closing bracket
  fmt::print(output(), "{},\"phases\":{}}}\n", text, json::serialize(phases_json(run.phases)));
}

void print_report(const CompareReport& run, const std::filesystem::path& workspace) {
  fmt::print(output(), "{} {}   {} {}", say("比对", "run"), run.run_id, say("比对基准日", "as of"),
             run.evaluation_date);
  if (!run.since.empty()) fmt::print(output(), "   {} {}", say("相比于", "since"), run.since);
  fmt::print(output(), "\n\n");
  print_links(run);
  print_persons(run);
  print_error_sheet(run);
  print_rules(run);
  print_settled(run.settled);
  fmt::print(output(), "\n");
  print_phases(run.phases);
  fmt::print(output(), "{} {}\n", say("结果写入", "written to"), run.directory.string());
  fmt::print(output(),
             fmt::runtime(say("台账（XLSX、CSV）：bidui report -w {} {}\n",
                              "ledgers (XLSX, CSV): bidui report -w {} {}\n")),
             workspace.string(), run.run_id);
}

}  // namespace

int run_compare(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui compare -w DIR [--as-of DATE] [--since RUN] [--model FILE] [--full]\n"
                       "      [--profile NAME|FILE] [--rules DIR] [--no-report] [--strict]"};
  add_workspace_options(line);
  add_option(line, "as-of", po::value<std::string>()->default_value("")->value_name("DATE"),
             say("比对基准日，默认取各来源最新的数据日期",
                 "evaluation date; default: the newest date of the deliveries"));
  add_option(line, "since", po::value<std::string>()->default_value("")->value_name("RUN"),
             say("与哪次比对相比（疑点的新增、消除等），默认最近一次",
                 "the run from which changes are told; default: the newest"));
  add_option(line, "model", po::value<std::string>()->default_value("")->value_name("FILE"),
             say("第一次比对时不训练，改用此文件中的模型（bidui model show --out）",
                 "the first comparison uses the models of this file instead of training (bidui "
                 "model show --out)"));
  add_rule_options(line);
  add_switch(line, "full",
             say("重新检索全部候选对，而不只是上次比对以来有变化的记录（结果相同）",
                 "search all candidate pairs again, not only those of records that changed since "
                 "the last run (the result is the same)"));
  add_switch(line, "no-report", say("不写网页 report.html", "leave out the page report.html"));
  add_switch(line, "strict", say("有疑点时以状态 1 结束", "exit status 1 when flags are raised"));
  add_json_option(line);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  auto workspace = open_workspace(*values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  ProgressPrinter printer;
  const workspace::CompareOptions options{.as_of = (*values)["as-of"].as<std::string>(),
                                          .since = (*values)["since"].as<std::string>(),
                                          .model = (*values)["model"].as<std::string>(),
                                          .rules = rule_choice(*values),
                                          .full = values->count("full") != 0,
                                          .recorded = workspace::local_time(),
                                          .report = values->count("no-report") == 0,
                                          .locale = chinese()
                                                        ? connectors::report::Locale::kChinese
                                                        : connectors::report::Locale::kEnglish};
  const auto run = workspace::compare(*workspace, options, printer.callback());
  printer.finish();
  if (!run) return fail(run.error());
  if (values->count("json") != 0) {
    print_json(*run);
  } else {
    print_report(*run, workspace->directory());
  }
  return values->count("strict") != 0 && !run->flags.empty() ? kCheckFailed : kDone;
}

}  // namespace bidui::cli
