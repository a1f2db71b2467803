// bidui report household, bidui report verify: check reports (核对报告).
#include <boost/json.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "cli/command_report.h"
#include "cli/list_options.h"
#include "cli/locale_option.h"
#include "cli/lookup_options.h"
#include "cli/options.h"
#include "cli/reveal_option.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "matcher/base/bilingual_error.h"
#include "matcher/flag/disposition_words.h"
#include "workspace/check_report.h"
#include "workspace/export_manifest.h"
#include "workspace/local_time.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using workspace::CheckedReport;
using workspace::CheckVerdict;

Status write_file(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return errno_error("无法写入文件", "cannot write the file", path);
  return {};
}

std::string_view verdict_name(CheckVerdict verdict) {
  switch (verdict) {
    case CheckVerdict::kGenuine:
      return "genuine";
    case CheckVerdict::kAltered:
      return "altered";
    case CheckVerdict::kNeverIssued:
      return "never_issued";
    case CheckVerdict::kNoCode:
      return "no_code";
    case CheckVerdict::kJournalBroken:
      return "journal_broken";
  }
  return {};
}

std::string_view verdict_text(CheckVerdict verdict, bool is_page) {
  switch (verdict) {
    case CheckVerdict::kGenuine:
      return is_page
                 ? say("有效：内容与出具时一致", "genuine: the page is as it was issued")
                 : say("有效：本工作区出具过这份报告，请与纸面对照",
                       "genuine: this workspace issued it; hold the paper against what follows");
    case CheckVerdict::kAltered:
      return say("无效：内容已被改动，与出具时不同", "not genuine: the page was altered");
    case CheckVerdict::kNeverIssued:
      return say("无效：本工作区没有出具过这个核对码的报告",
                 "not genuine: this workspace issued no report of this code");
    case CheckVerdict::kNoCode:
      return say("无效：文件里没有核对码", "not genuine: the page has no check code");
    case CheckVerdict::kJournalBroken:
      return say("无法判断：日志被改动过，见 bidui audit verify",
                 "cannot tell: the journal was altered, see bidui audit verify");
  }
  return {};
}

std::string state_title(const std::string& name) {
  const auto state = flag::parse_state(name);
  if (!state) return name;
  return std::string(say(flag::word_of(*state).zh, flag::word_of(*state).en));
}

void print_since(const CheckedReport& checked) {
  fmt::print(output(), "{}\n",
             checked.newer_runs.empty()
                 ? std::string(say("此后没有新的比对", "no run has come since"))
                 : std::string(say("此后的比对：", "runs since: ")) + joined(checked.newer_runs));
  for (const CheckedReport::FlagSince& flag : checked.flags) {
    std::string text = flag.flag_id + "  " + state_title(flag.then);
    if (flag.now != flag.then) text += " → " + state_title(flag.now);
    if (flag.evidence_changed) text += say("，证据有变化", ", the evidence has changed");
    if (flag.gone) text += say("，各来源已一致", ", the sources agree now");
    fmt::print(output(), "  {}\n", text);
  }
}

void print_checked(const CheckedReport& checked, bool is_page) {
  if (!checked.code.empty()) fmt::print(output(), "{}  ", checked.code);
  fmt::print(output(), "{}\n", verdict_text(checked.verdict, is_page));
  if (checked.household.empty()) return;
  Table table({{""}, {""}}, 2);
  const auto row = [&](std::string_view title, const std::string& value) {
    if (!value.empty()) table.add({std::string(title), value});
  };
  row(say("户", "household"), checked.household + "  " + checked.head);
  row(say("比对", "run"), checked.run);
  row(say("出具", "issued"), checked.recorded + "  " + checked.by);
  row(say("用途", "purpose"), checked.purpose);
  fmt::print(output(), "{}", table.text());
  print_since(checked);
}

std::string checked_json(const CheckedReport& checked) {
  json::array flags;
  for (const CheckedReport::FlagSince& flag : checked.flags)
    flags.push_back(json::object{{"flag_id", flag.flag_id},
                                 {"then", flag.then},
                                 {"now", flag.now},
                                 {"evidence_changed", flag.evidence_changed},
                                 {"gone", flag.gone}});
  return json::serialize(json::object{
      {"verdict", verdict_name(checked.verdict)},
      {"code", checked.code},
      {"household", checked.household},
      {"run", checked.run},
      {"by", checked.by},
      {"purpose", checked.purpose},
      {"recorded", checked.recorded},
      {"revealed", checked.revealed},
      {"newer_runs", json::array(checked.newer_runs.begin(), checked.newer_runs.end())},
      {"flags", std::move(flags)}});
}

std::size_t records_of(const workspace::HouseholdView& view) {
  std::size_t records = 0;
  for (const workspace::Member& member : view.members) records += member.records.size();
  return records;
}

// Writes the page as it was issued, one with names and numbers in full for a reason only.
int write_issued(const CommandLine& line, const std::string& out, const CheckedReport& checked,
                 workspace::Workspace& workspace, const workspace::Reveal& reveal) {
  if (checked.revealed && reveal.reason.empty())
    return wrong_usage(
        line, say("原文含姓名、证件号全文：写出须加 --reveal 理由 --reveal-by 姓名",
                  "the page has names and numbers in full: --reveal REASON --reveal-by NAME"));
  if (checked.revealed) {
    const Status noted = note_reveal(workspace.store(), reveal, "report verify " + checked.code, 1);
    if (!noted) return fail(noted.error());
  }
  if (const Status written = write_file(out, checked.page); !written) return fail(written.error());
  fmt::print(output(), "{} {}\n", say("出具时的原文写入", "the page as issued is in"), out);
  return kDone;
}

}  // namespace

int run_check_report(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui report household -w DIR (SOURCE:NO | --id N | --name N [--village V] "
                       "[--born Y]) --out FILE.html --by NAME [--purpose TEXT] [--reveal REASON]"};
  add_workspace_options(line);
  add_lookup_options(line);
  add_option(line, "out", po::value<std::string>()->required()->value_name("FILE"),
             say("写到哪里（HTML，可打印，A4）", "where to (HTML, prints on A4)"));
  add_text_option(line, "by", "NAME", "",
                  say("由谁出具，写在报告上", "who issues it; stands on the report"));
  add_text_option(line, "purpose", "TEXT", "",
                  say("用途，写在报告上，例如 入户核查", "what it is for; stands on the report"));
  add_reveal_options(line);
  add_locale_option(line);
  add_json_option(line);
  line.hidden.add_options()("which", po::value<std::string>());
  line.positional.add("which", 1);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto locale = wanted_locale(line, *values, status);
  if (!locale) return status;
  workspace::LookupQuery query = lookup_query(*values);
  if (values->count("which") != 0) query.household = (*values)["which"].as<std::string>();
  if (query.id.empty() && query.name.empty() && query.household.empty())
    return wrong_usage(line, say("请给出一户（来源:户号）、--id 或 --name",
                                 "name a household (SOURCE:NO), --id or --name"));
  const std::string by = (*values)["by"].as<std::string>();
  if (by.empty())
    return wrong_usage(line, say("须写明由谁出具（--by）", "say who issues it (--by)"));
  const std::string out = (*values)["out"].as<std::string>();
  const auto reveal = wanted_reveal(line, *values, "by", out, status);
  if (!reveal) return status;
  query.values = values_of(*reveal);
  auto workspace = open_workspace(*values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto found = workspace::lookup(*workspace, query);
  if (!found) return fail(found.error());
  if (!found->household)
    return fail(bilingual_error(
        ErrorCode::kNotFound,
        found->candidates.empty() ? "各来源中都没有找到"
                                  : "有几人符合，不能确定是哪一户；先用 bidui lookup 找到户号",
        found->candidates.empty() ? "found in no source"
                                  : "several people fit: find the household by bidui lookup"));
  const Status noted =
      note_reveal(workspace->store(), *reveal, "report household", records_of(*found->household));
  if (!noted) return fail(noted.error());
  const auto issued =
      workspace::issue_check_report(*workspace, *found->household,
                                    {.by = by,
                                     .purpose = (*values)["purpose"].as<std::string>(),
                                     .recorded = workspace::local_time(),
                                     .locale = *locale});
  if (!issued) return fail(issued.error());
  if (const Status written = write_file(out, issued->page); !written) return fail(written.error());
  if (values->count("json") != 0) {
    fmt::print(output(), "{}\n",
               json::serialize(json::object{{"code", issued->code}, {"file", out}}));
  } else {
    fmt::print(output(), "{} {}\n{} {}\n", say("核对码", "check code"), issued->code,
               say("报告写入", "written to"), out);
  }
  return kDone;
}

namespace {

bool has_manifest(const std::string& what) {
  std::error_code ignored;
  return what.ends_with("manifest.json") || std::filesystem::is_directory(what, ignored) ||
         std::filesystem::is_regular_file(workspace::manifest_path(what), ignored);
}

std::string_view fault_text(workspace::ExportFault fault) {
  switch (fault) {
    case workspace::ExportFault::kNone:
      return say("一致", "as written");
    case workspace::ExportFault::kMissing:
      return say("没有了", "missing");
    case workspace::ExportFault::kAltered:
      return say("已被改动", "altered");
  }
  return {};
}

json::object export_json(const workspace::CheckedExport& checked) {
  json::array files;
  for (const workspace::CheckedExport::File& file : checked.files)
    files.push_back(json::object{{"file", file.name},
                                 {"rows", file.rows},
                                 {"fault", workspace::export_fault_name(file.fault)}});
  return {{"holds", checked.holds()}, {"sealed", checked.sealed}, {"kind", checked.kind},
          {"run", checked.run},       {"made", checked.made},     {"masked", checked.masked},
          {"files", std::move(files)}};
}

// What was exported, against the manifest beside it.
int verify_files(const po::variables_map& values, const std::string& what) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto checked = workspace::verify_export(*workspace, what);
  if (!checked) return fail(checked.error());
  const int status = checked->holds() ? kDone : kCheckFailed;
  if (values.count("json") != 0) {
    fmt::print(output(), "{}\n", json::serialize(export_json(*checked)));
    return status;
  }
  fmt::print(output(), "{} {} {}  {}\n", checked->kind, checked->run, checked->made,
             checked->masked ? say("已遮盖", "masked") : say("含全文", "in full"));
  if (!checked->sealed)
    fmt::print(output(), "{}\n",
               say("清单无效：被改动过，或不是本工作区写的",
                   "the manifest was altered, or is not of this workspace"));
  Table table({{say("文件", "file")}, {say("行", "rows"), Align::kRight}, {""}}, 2);
  for (const workspace::CheckedExport::File& file : checked->files)
    table.add({file.name, grouped(file.rows), std::string(fault_text(file.fault))});
  fmt::print(output(), "{}", table.text());
  return status;
}

}  // namespace

int run_verify_report(const Arguments& arguments) {
  CommandLine line{
      .usage =
          "bidui report verify -w DIR FILE.html|CODE [--out FILE.html [--reveal REASON]]\n"
          "      bidui report verify -w DIR EXPORTED-FILE|FOLDER [--json]"};
  add_workspace_options(line);
  add_text_option(line, "out", "FILE", "",
                  say("把出具时的原文写到哪里", "where to write the page as it was issued"));
  add_reveal_by_options(line);
  add_json_option(line);
  line.hidden.add_options()("what", po::value<std::string>());
  line.positional.add("what", 1);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  if (values->count("what") == 0)
    return wrong_usage(line, say("请给出报告文件或核对码", "name a report's file or its code"));
  const std::string what = (*values)["what"].as<std::string>();
  if (has_manifest(what)) return verify_files(*values, what);
  std::error_code ignored;
  const bool is_page = std::filesystem::is_regular_file(what, ignored);
  const std::string out = (*values)["out"].as<std::string>();
  const auto reveal = wanted_reveal(line, *values, "reveal-by", out, status);
  if (!reveal) return status;
  auto workspace = open_for_export(*values, *reveal);
  if (!workspace) return fail(workspace.error());
  std::string page;
  if (is_page) {
    std::ifstream file(what, std::ios::binary);
    page.assign(std::istreambuf_iterator<char>(file), {});
  }
  const auto checked = is_page ? workspace::verify_check_page(*workspace, page)
                               : workspace::verify_check_code(*workspace, what);
  if (!checked) return fail(checked.error());
  if (!is_page && checked->verdict == CheckVerdict::kNoCode)
    return fail(bilingual_error(
        ErrorCode::kInvalidArgument,
        "这不是核对码，也没有这个文件；核对码形如 HD0012-7F3A-9C21-0B44-D2E8",
        "this is no check code and no file; a code looks like HD0012-7F3A-9C21-0B44-D2E8", what));
  if (values->count("json") != 0) {
    fmt::print(output(), "{}\n", checked_json(*checked));
  } else {
    print_checked(*checked, is_page);
  }
  if (!out.empty() && !checked->page.empty()) {
    status = write_issued(line, out, *checked, *workspace, *reveal);
    if (status != kDone) return status;
  }
  return checked->verdict == CheckVerdict::kGenuine ? kDone : kCheckFailed;
}

}  // namespace bidui::cli
