#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/act.h"
#include "cli/command_watch.h"
#include "cli/export_note.h"
#include "cli/import_summary.h"
#include "cli/table_notes_text.h"
#include "cli/workspace_option.h"
#include "connectors/delimited/reject.h"
#include "workspace/text_file.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

CommandLine command_line() {
  static const std::string usage = fmt::format(
      "bidui import -w DIR --source poverty --as-of 2017-11-20 [--changes] FILE…\n"
      "bidui import -w DIR --watch FOLDER [--once]\n"
      "bidui import -w DIR --source poverty --as-of 2017-11-20 --db NAME --table TABLE|--query "
      "FILE.sql\n{}",
      table_files_note());
  CommandLine line{.usage = usage};
  add_workspace_options(line);
  const auto text = [] { return po::value<std::string>(); };
  add_option(line, "source,s", text()->value_name("SOURCE"),
             say("来源，如 poverty、housing@county（见 bidui schema list）",
                 "source, such as poverty or housing@county (see bidui schema list)"));
  add_option(line, "as-of", text()->value_name("DATE"),
             say("数据的截止日期 YYYY-MM-DD", "the date that the data describe, YYYY-MM-DD"));
  add_option(line, "coverage", text()->default_value("")->value_name("CODE"),
             say("数据覆盖的行政区划代码，默认为工作区的",
                 "division code that the data cover, by default the workspace's"));
  add_option(
      line, "mapping", text()->value_name("FILE"),
      say("列对照：哪一列是哪个字段（bidui schema infer 写出）；用后留在工作区，下次自动使用",
          "which column is which field (written by bidui schema infer); kept in the "
          "workspace and used by itself the next time"));
  add_option(line, "db", text()->value_name("NAME"),
             say("从数据库读取，NAME 见工作区的 databases.json（docs/databases.md）",
                 "read from the database that the workspace's databases.json has under NAME "
                 "(docs/databases.md)"));
  add_option(line, "table", text()->value_name("TABLE"),
             say("数据库的表或视图，如 public.civil",
                 "the table or view of the database, such as public.civil"));
  add_option(line, "query", text()->value_name("FILE"),
             say("或者：文件中的一条 SELECT", "or: one SELECT in a file"));
  add_switch(line, "changes",
             say("文件只写变动（有“变更类型”“操作”等列），改在最近的一批上（docs/deliveries.md）",
                 "the rows are changes (a column such as op), made in the newest delivery "
                 "(docs/deliveries.md)"));
  add_switch(line, "again",
             say("同一文件已导入过，仍再导入", "import it although the same file was imported"));
  add_switch(line, "replace",
             say("替换同一来源、范围和日期的数据",
                 "replace the delivery of the same source, coverage and date"));
  add_option(line, "rejects", text()->value_name("FILE"),
             say("把退回的行写入 FILE（CSV）", "write the rejected rows to FILE (CSV)"));
  add_switch(line, "strict",
             say("有退回的行或没有读入的工作表时以状态 1 结束；质量超出界限的这批数据待定，不计入",
                 "exit status 1 when rows are rejected or sheets not read; a delivery beyond a "
                 "quality limit is held and does not count"));
  add_switch(line, "hold",
             say("先待定：看过质量以后用 bidui deliveries accept 计入，或 refuse 拒收",
                 "hold it: bidui deliveries accept lets it count, refuse removes it"));
  add_watch_options(line);
  add_json_option(line);
  line.hidden.add_options()("outcome", text())("file", po::value<std::vector<std::string>>());
  line.positional.add("file", -1);
  return line;
}

// What is wrong about where the rows are to come from; "" for nothing.
std::string_view input_mistake(const po::variables_map& values) {
  if (values.count("source") == 0) return say("缺少选项：--source", "missing option: --source");
  if (values.count("as-of") == 0) return say("缺少选项：--as-of", "missing option: --as-of");
  if (values.count("once") != 0) return say("--once 要和 --watch 一起用", "--once needs --watch");
  const bool files = values.count("file") != 0;
  const bool database = values.count("db") != 0;
  const std::size_t selections = values.count("table") + values.count("query");
  if (!files && !database)
    return say("请给出文件，或者用 --db 给出数据库", "name files, or a database with --db");
  if (files && database) return say("文件和 --db 只能有一个", "there can be one of files and --db");
  if (!database && selections != 0)
    return say("--table 和 --query 要和 --db 一起用", "--table and --query need --db");
  const bool empty = (values.count("table") != 0 && values["table"].as<std::string>().empty()) ||
                     (values.count("query") != 0 && values["query"].as<std::string>().empty());
  if (database && (selections != 1 || empty))
    return say("--db 要和 --table 或 --query 之一一起用", "--db needs one of --table and --query");
  return "";
}

workspace::ImportOptions import_options(const po::variables_map& values) {
  workspace::ImportOptions options;
  options.instance = values["source"].as<std::string>();
  options.as_of = values["as-of"].as<std::string>();
  options.coverage = values["coverage"].as<std::string>();
  options.replace = values.count("replace") != 0;
  if (values.count("mapping") != 0) options.mapping = values["mapping"].as<std::string>();
  options.strict = values.count("strict") != 0;
  options.hold = values.count("hold") != 0;
  options.changes = values.count("changes") != 0;
  options.again = values.count("again") != 0;
  options.act = this_act();
  if (values.count("file") != 0) {
    for (const std::string& file : values["file"].as<std::vector<std::string>>())
      options.files.emplace_back(file);
  }
  if (values.count("db") != 0) {
    workspace::DatabaseInput& database = options.database.emplace();
    database.name = values["db"].as<std::string>();
    if (values.count("table") != 0) database.table = values["table"].as<std::string>();
    if (values.count("query") != 0) database.query = values["query"].as<std::string>();
  }
  return options;
}

// What became of it, for `bidui import --watch` and `bidui run`, which call this command. What
// another time may be possible is "not_now". Where it cannot be written they try again.
void write_outcome(const po::variables_map& values, std::string_view outcome,
                   const workspace::ImportReport& report = {}) {
  if (values.count("outcome") == 0) return;
  json::object object{{"outcome", outcome}};
  if (!report.delivery.instance.empty()) object["delivery"] = store::delivery_name(report.delivery);
  object["records"] = report.delivery.record_count;
  object["rejects"] = report.rejects.size();
  (void)workspace::write_text_file(values["outcome"].as<std::string>(), json::serialize(object));
}

int fail_import(const Error& error) {
  const int status = fail(error);
  if (error.code == ErrorCode::kConflict) {
    fmt::print(error_output(), "{}\n",
               say("如要替换已导入的同一批数据，请加 --replace",
                   "to replace a delivery that was imported before: --replace"));
  }
  return status;
}

}  // namespace

int run_import(const Arguments& arguments) {
  CommandLine line = command_line();
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  if (values->count("watch") != 0) return run_watch(line, *values);
  if (const std::string_view mistake = input_mistake(*values); !mistake.empty())
    return wrong_usage(line, mistake);
  auto workspace = open_workspace(*values, store::Access::kReadWrite);
  if (!workspace) {
    write_outcome(*values, "not_now");
    return fail(workspace.error());
  }
  ProgressPrinter printer;
  const auto report =
      workspace::import_delivery(*workspace, import_options(*values), printer.callback());
  printer.finish();
  if (!report) {
    write_outcome(*values, report.error().code == ErrorCode::kIo ? "not_now" : "failed");
    return fail_import(report.error());
  }
  write_outcome(*values,
                report->already        ? "already"
                : report->quality.held ? "held"
                                       : "imported",
                *report);
  std::string rejects_file;
  if (values->count("rejects") != 0) {
    rejects_file = (*values)["rejects"].as<std::string>();
    const Status written = connectors::write_rejects(rejects_file, report->rejects);
    if (!written) {
      fmt::print(output(), "{}",
                 import_text(*report, ""));  // the data are in, whatever became of the list
      return fail(written.error());
    }
    status = note_export(*workspace, rejects_file,
                         {.kind = "rejects", .deliveries = {report->delivery}});
    if (status != kDone) return status;
  }
  fmt::print(
      output(), "{}",
      values->count("json") != 0 ? import_json(*report) : import_text(*report, rejects_file));
  const bool complete =
      report->rejects.empty() && report->left_out.empty() && report->delivery.rows.rejected == 0;
  if (report->quality.held && values->count("hold") == 0) return kCheckFailed;
  return values->count("strict") != 0 && !complete ? kCheckFailed : kDone;
}

}  // namespace bidui::cli
