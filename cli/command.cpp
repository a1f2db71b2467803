#include "cli/command.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "cli/console.h"

namespace bidui::cli {
namespace {

constexpr std::array kCommands = {
    Command{"init", "新建工作区", "make a workspace", run_init},
    Command{"import", "导入一批数据（一个来源、一个日期）", "import one delivery of a source",
            run_import},
    Command{"deliveries", "列出已导入的各批数据，撤回一批",
            "list what was imported, withdraw a delivery", run_deliveries},
    Command{"run", "做该做的：取文件、读数据库、比对、写报告（由定时器调用）",
            "do what is due: take files, read databases, compare, report (for a timer)", run_run},
    Command{"refresh", "程序升级后，按新版本重新标准化已导入的数据",
            "after an upgrade: standardise what was imported anew", run_refresh},
    Command{"compare", "比对各来源，评估规则，列出疑点",
            "link the sources, evaluate the rules, raise flags", run_compare},
    Command{"lookup", "查一人或一户在各来源的情况和疑点",
            "show one household in all sources, with its flags", run_lookup},
    Command{"explain", "说明两条记录为什么是（不是）同一人",
            "why two records are, or are not, one person", run_explain},
    Command{"constraint", "认定两条记录不是同一人，查看或取消认定",
            "decide that two records are not one person; list or remove such decisions",
            run_constraint},
    Command{
        "flag", "疑点：列出、查看证据、交办、核实、告知、决定、整改、销号，导出台账，导入核查结果",
        "flags: list, show, what is done about them from assigning to closing, ledgers", run_flag},
    Command{"reconcile", "两份清单对账：都有的、只在一方的、类别或年度不同的",
            "two lists taken apart: in both, in one only, other kind, other date", run_reconcile},
    Command{"tally", "一份名单按乡镇、村、类别、致贫原因计数，与上报数核对",
            "count a list by place, kind or cause, and against reported totals", run_tally},
    Command{"history", "自然增减：两批数据之间谁增谁减、分户并户",
            "who joined and left a list between two deliveries, splits and mergers", run_history},
    Command{"sample", "入户核查：随机抽户、出核查表、读回结果、推算指标",
            "visits at the door: draw households, the sheet to carry, results, indicators",
            run_sample},
    Command{"indicators", "漏评率、错评率、错退率、识别准确率、综合贫困发生率",
            "rates of missed, wrongly included and wrongly exited households", run_indicators},
    Command{"model", "训练或查看关联模型", "train or show the linkage model", run_model},
    Command{"link", "比对两个文件（或对一个文件查重），不需要工作区",
            "link two files (or deduplicate one), without a workspace", run_link},
    Command{"report", "重新生成一次比对的报告；出具、核对一户的核对报告",
            "write the report of a run again; issue and verify a check report of a household",
            run_report},
    Command{"review", "人工复核：抽样、盲审、误差区间、一致性",
            "clerical review: sample, judge blind, error intervals, agreement", run_review},
    Command{"rule", "查看、检查规则，跑规则的案例", "show and check rules, run their cases",
            run_rule},
    Command{"serve", "启动服务：网页和接口", "the service: page and API", run_serve},
    Command{"user", "服务的账号：新建、修改、列出", "accounts of the service: add, change, list",
            run_user},
    Command{"audit", "核对日志：办理记录有没有被改动、删除",
            "check the journal: was anything altered or removed", run_audit},
    Command{"backup", "备份工作区，服务运行时也可以", "copy the workspace, while it is served too",
            run_backup},
    Command{"restore", "从备份恢复成工作区", "make a workspace of a backup", run_restore},
    Command{"check", "核对工作区：存储、日志、比对结果是否与写入时一致",
            "is all of the workspace as it was written", run_check},
    Command{"schema", "查看各来源的字段", "show the sources and their fields", run_schema},
};

void print_help() {
  fmt::print(output(), "bidui {} [--help]\n\n", say("命令", "COMMAND"));
  for (const Command& command : kCommands) {
    fmt::print(output(), "  {}{}\n", padded(command.name, 12),
               say(command.summary_zh, command.summary_en));
  }
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int run(const Arguments& arguments) {
  invocation().arguments = arguments;
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" ||
      arguments[0] == "help") {
    print_help();
    return arguments.empty() ? kWrongUsage : kDone;
  }
  const auto command = std::ranges::find(kCommands, std::string_view(arguments[0]), &Command::name);
  if (command == kCommands.end()) {
    fmt::print(error_output(), "{}{}\n", say("没有这个命令：", "no such command: "), arguments[0]);
    return kWrongUsage;
  }
  return command->run(Arguments(arguments.begin() + 1, arguments.end()));
}

}  // namespace bidui::cli
