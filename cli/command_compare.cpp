#include <algorithm>
#include <fmt/format.h>

#include "cli/options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "matcher/link/error_rates.h"
#include "workspace/compare.h"
#include "workspace/run_output.h"

namespace bidui::cli {
namespace {

using workspace::CompareReport;

std::string source_title(const CompareReport& run, std::size_t source) {
  const workspace::RunSource& s = run.world->sources[source];
  return chinese() ? s.schema->title : s.instance;
}

std::string percent(double part, double whole) {
  return whole > 0 ? fmt::format("{:.2f}%", 100 * part / whole) : "—";
}

void print_links(const CompareReport& run) {
  Table table({{say("左", "left")},
               {say("右", "right")},
               {say("记录", "records"), Align::kRight},
               {say("确认 L3", "L3"), Align::kRight},
               {say("确认 L2", "L2"), Align::kRight},
               {say("疑似 L1", "L1"), Align::kRight},
               {say("无关联", "unlinked"), Align::kRight},
               {say("关联率", "linked"), Align::kRight}},
              2);
  for (const workspace::LinkCounts& c : workspace::count_links(*run.world)) {
    table.add({source_title(run, c.left), source_title(run, c.right), grouped(c.records),
               grouped(c.l3), grouped(c.l2), grouped(c.possible), grouped(c.unlinked),
               percent(static_cast<double>(c.l3 + c.l2), static_cast<double>(c.records))});
  }
  fmt::print("{}\n{}", say("各来源之间的人员关联", "Links between the sources"), table.text());
}

void print_error_sheet(const CompareReport& run) {
  fmt::print("\n{}\n", say("与户籍关联的误差估计（模型自身的估计，未经人工复核）",
                           "Estimated errors of the links to the civil registry (by the model "
                           "itself, not reviewed)"));
  Table table({{say("来源", "source")},
               {say("阈值", "threshold"), Align::kRight},
               {say("误关联率", "false"), Align::kRight},
               {say("漏关联率", "missed"), Align::kRight},
               {say("信息不足", "unlinkable"), Align::kRight},
               {say("模型", "model")}},
              2);
  for (const workspace::SourceLinkage& l : run.world->linkage.to_spine) {
    const workspace::ErrorGroup* const group = run.errors.find_sources(
        run.world->sources[l.source].instance, run.world->sources[run.world->spine()].instance);
    if (group == nullptr) continue;
    const link::ErrorRates rates = link::expected_rates(group->tally, group->expected_matches);
    table.add({source_title(run, l.source), fmt::format("{:.1f}", l.threshold),
               percent(rates.false_links.value, static_cast<double>(rates.links)),
               fmt::format("{} – {}", percent(rates.missed_rate.value, 1),
                           percent(rates.missed_at_most.value_or(rates.missed_rate.value), 1)),
               grouped(group->tally.unlinkable),
               std::string(l.model.converged ? say("收敛", "converged")
                                             : say("未收敛", "did not converge"))});
  }
  fmt::print("{}", table.text());
}

void print_rules(const CompareReport& run) {
  fmt::print("\n{}\n", say("疑点", "Flags"));
  Table table({{say("规则", "rule")},
               {say("名称", "title")},
               {say("级别", "sev.")},
               {say("新增", "new"), Align::kRight},
               {say("仍在", "same"), Align::kRight},
               {say("变化", "changed"), Align::kRight},
               {say("重现", "reopened"), Align::kRight},
               {say("消除", "gone"), Align::kRight},
               {say("排除", "excepted"), Align::kRight},
               {say("无法判断", "undecided"), Align::kRight}},
              2);
  for (const workspace::RuleOutcome& r : run.rules) {
    if (!r.not_evaluated.empty() && r.subjects == 0) continue;
    const auto& s = r.by_status;
    table.add({r.rule, r.title, r.severity, grouped(s[0]), grouped(s[1]), grouped(s[2]),
               grouped(s[4]), grouped(s[3]), grouped(r.excepted), grouped(r.undecided)});
  }
  fmt::print("{}", table.text());
  for (const workspace::RuleOutcome& r : run.rules) {
    if (r.not_evaluated.empty()) continue;
    fmt::print("  {} {}{}\n", r.rule,
               r.subjects == 0 ? say("未评估：", "not evaluated: ")
                               : say("部分未评估：", "partly not evaluated: "),
               r.not_evaluated);
  }
}

void print_report(const CompareReport& run) {
  fmt::print("{} {}   {} {}\n\n", say("比对", "run"), run.run_id, say("比对基准日", "as of"),
             run.evaluation_date);
  print_links(run);
  print_error_sheet(run);
  print_rules(run);
  fmt::print("\n");
  double total = 0;
  for (const workspace::PhaseTime& phase : run.phases) total += phase.seconds;
  fmt::print("{} {:.1f}s（", say("用时", "took"), total);
  for (const workspace::PhaseTime& phase : run.phases) {
    fmt::print("{}{} {:.1f}s", &phase == run.phases.data() ? "" : "，", phase.phase, phase.seconds);
  }
  fmt::print("）\n{} {}\n", say("结果写入", "written to"), run.directory.string());
}

}  // namespace

int run_compare(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui compare -w DIR [--as-of DATE] [--model FILE] [--full] [--no-report]"};
  add_workspace_options(line);
  add_option(line, "as-of", po::value<std::string>()->default_value("")->value_name("DATE"),
             say("比对基准日，默认取各来源最新的数据日期",
                 "evaluation date; default: the newest date of the deliveries"));
  add_option(line, "model", po::value<std::string>()->default_value("")->value_name("FILE"),
             say("第一次比对时不训练，改用此文件中的模型（bidui model show --out）",
                 "the first comparison uses the models of this file instead of training (bidui "
                 "model show --out)"));
  add_switch(line, "full",
             say("重新检索全部候选对，而不只是上次比对以来有变化的记录（结果相同）",
                 "search all candidate pairs again, not only those of records that changed since "
                 "the last run (the result is the same)"));
  add_switch(line, "no-report",
             say("不写报告（ledger.xlsx、csv/、report.html）",
                 "leave out ledger.xlsx, csv/ and report.html"));
  add_switch(line, "strict", say("有疑点时以状态 1 结束", "exit status 1 when flags are raised"));
  add_json_option(line);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  auto workspace = open_workspace(*values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  ProgressPrinter printer;
  const workspace::CompareOptions options{.as_of = (*values)["as-of"].as<std::string>(),
                                          .model = (*values)["model"].as<std::string>(),
                                          .full = values->count("full") != 0,
                                          .report = values->count("no-report") == 0,
                                          .locale = chinese()
                                                        ? connectors::report::Locale::kChinese
                                                        : connectors::report::Locale::kEnglish};
  const auto run = workspace::compare(*workspace, options, printer.callback());
  printer.finish();
  if (!run) return fail(run.error());
  if (values->count("json") != 0) {
    fmt::print("{}\n", run->summary);
  } else {
    print_report(*run);
  }
  return values->count("strict") != 0 && !run->flags.empty() ? kCheckFailed : kDone;
}

}  // namespace bidui::cli
