// bidui flag export: the ledgers of flags (台账).
#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/command_flag.h"
#include "cli/export_note.h"
#include "cli/flag_filter_options.h"
#include "cli/flag_text.h"
#include "cli/locale_option.h"
#include "cli/reveal_option.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "connectors/report/flag_ledger.h"
#include "matcher/flag/disposition_words.h"
#include "workspace/flag_ledger.h"
#include "workspace/local_time.h"

namespace bidui::cli {
namespace {

namespace report = connectors::report;

// The filter in words, for the lists' titles.
std::string words_of(const workspace::FlagFilter& filter, bool zh) {
  std::vector<std::string> parts;
  for (const std::string& part : {filter.township, filter.village, filter.rule}) {
    if (!part.empty()) parts.push_back(part);
  }
  for (const std::string& rule : filter.any_rule) parts.push_back(rule);
  if (filter.severity) parts.push_back(severity_title(*filter.severity));
  if (filter.status) parts.push_back(status_title(*filter.status));
  if (filter.state) {
    const flag::Word& state = flag::word_of(*filter.state);
    parts.emplace_back(zh ? state.zh : state.en);
  }
  if (filter.no_place) parts.emplace_back(zh ? "地点不明" : "of unknown place");
  if (filter.overdue_on) parts.emplace_back(zh ? "逾期" : "overdue");
  if (filter.cap.per_township != 0)
    parts.push_back(fmt::format(fmt::runtime(zh ? "每乡镇 {} 个" : "{} per township"),
                                filter.cap.per_township));
  if (filter.cap.county != 0)
    parts.push_back(fmt::format(fmt::runtime(zh ? "全县 {} 个" : "{} in all"), filter.cap.county));
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : zh ? "、" : ", ") + part;
  return text;
}

Status write(const report::FlagLedger& ledger, const std::filesystem::path& out,
             report::Locale locale) {
  return out.extension() == ".csv" ? report::write_task_list(ledger, out, locale)
                                   : report::write_flag_ledger(ledger, out, locale);
}

std::size_t entries(const report::FlagLedger& ledger, bool suggested) {
  return static_cast<std::size_t>(
      std::ranges::count(ledger.adjustments, suggested, &report::Adjustment::suggested));
}

void print_written(const report::FlagLedger& ledger, const std::string& out) {
  const auto tasks =
      std::ranges::count(ledger.flags, flag::State::kAssigned, &report::LedgerFlag::state);
  Table table({{say("清单", "list")}, {say("行", "rows"), Align::kRight}});
  table.add({std::string(say("问题清单", "problems")), grouped(ledger.flags.size())});
  table.add({std::string(say("任务清单（已交办，待核实）", "tasks (assigned, to be checked)")),
             grouped(static_cast<std::uint64_t>(tasks))});
  table.add({std::string(say("应纳入、应剔除、应更正", "to add, to remove, to correct")),
             grouped(entries(ledger, false))});
  table.add({std::string(say("调整建议（未定）", "suggestions")), grouped(entries(ledger, true))});
  fmt::print(output(), "{}", table.text());
  print_beyond_cap({.flags = ledger.beyond_cap, .without_place = ledger.without_place});
  if (tasks == 0)
    fmt::print(output(), "{}\n",
               say("任务清单是空的：先用 bidui flag assign 交办",
                   "there are no tasks: assign some by bidui flag assign"));
  fmt::print(output(), "{} {}\n", say("结果写入", "written to"), out);
}

}  // namespace

int run_flag_export(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui flag export -w DIR --out FILE.xlsx|FOLDER|TASKS.csv [--township T] "
                       "[--village V] [--rule R] [--state S] [--cap N]"};
  add_workspace_options(line);
  add_option(
      line, "out", po::value<std::string>()->required()->value_name("PATH"),
      say("写到哪里：*.xlsx 为一本台账，*.csv 只写任务清单，其他为一个目录，每张清单一个 CSV",
          "where to: *.xlsx = one workbook, *.csv = the task list alone, else a folder with "
          "a CSV file for each list"));
  add_flag_filter_options(line);
  add_reveal_by_options(line);
  add_locale_option(line);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto filter = flag_filter(line, *values, status);
  if (!filter) return status;
  const auto locale = wanted_locale(line, *values, status);
  if (!locale) return status;
  const std::string out = (*values)["out"].as<std::string>();
  const auto reveal = wanted_reveal(line, *values, "reveal-by", out, status);
  if (!reveal) return status;
  auto workspace = open_for_export(*values, *reveal);
  if (!workspace) return fail(workspace.error());
  workspace::LedgerOrder order{.filter = *filter,
                               .today = workspace::local_day(),
                               .chosen = words_of(*filter, *locale == report::Locale::kChinese),
                               .locale = *locale};
  if (!reveal->reason.empty()) {
    const auto list = workspace::list_flags(*workspace, *filter);
    if (!list) return fail(list.error());
    const Status noted =
        note_reveal(workspace->store(), *reveal, "flag export", list->flags.size());
    if (!noted) return fail(noted.error());
    order.reveal = true;
  }
  const auto ledger = workspace::make_flag_ledger(*workspace, order);
  if (!ledger) return fail(ledger.error());
  if (const Status written = write(*ledger, out, *locale); !written) return fail(written.error());
  status = note_export(*workspace, out,
                       {.kind = "flags", .run = ledger->run, .masked = reveal->reason.empty()});
  if (status != kDone) return status;
  print_written(*ledger, out);
  return kDone;
}

}  // namespace bidui::cli
