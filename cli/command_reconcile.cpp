// bidui reconcile: two lists of a run taken apart.
#include <fmt/format.h>

#include "cli/export_note.h"
#include "cli/list_options.h"
#include "cli/locale_option.h"
#include "cli/reconcile_text.h"
#include "cli/workspace_option.h"
#include "workspace/reconcile_sheets.h"

namespace bidui::cli {
namespace {

CommandLine command_line() {
  CommandLine line{
      .usage =
          "bidui reconcile -w DIR A B [--by township|village|kind|since|village_kind|"
          "FIELD] [--unit household|record]\n"
          "      [--kind FIELD[=FIELD]] [--since FIELD[=FIELD]] [--only-a FIELD=VALUE] "
          "[--only-b FIELD=VALUE]"};
  add_workspace_options(line);
  add_text_option(line, "by", "WORD", "township",
                  say("分组：township 乡镇，village 村，kind 类别，since 年度，village_kind "
                      "贫困村与非贫困村，或两方都有的字段",
                      "group by township, village, kind, since, village_kind, or a field"));
  add_text_option(line, "unit", "WORD", "household",
                  say("按户（household）或按行（record：一处房、一个人）；没有户号的住房一处算一户",
                      "households, or records (a house, a person)"));
  add_text_option(line, "kind", "FIELD[=FIELD]", "",
                  say("类别字段；同类清单不必写",
                      "the field of the kind, where it is not the "
                      "source's own"));
  add_text_option(line, "since", "FIELD[=FIELD]", "",
                  say("年度或日期字段；同类清单不必写", "the field of the year or date"));
  add_repeated_option(line, "only-a", "FIELD=VALUE",
                      say("甲方只算字段为此值的行，可写多次", "only rows of A with this value"));
  add_repeated_option(line, "only-b", "FIELD=VALUE", say("乙方同上", "the same of B"));
  add_text_option(line, "villages", "FILE", "",
                  say("各村类别表（村，类别），用于 --by village_kind",
                      "a table of the villages' kinds (village, kind), for --by village_kind"));
  add_text_option(line, "run", "RUN", "",
                  say("依据哪次比对，默认最近一次", "the run, by default the newest"));
  add_text_option(line, "out", "DIR", "",
                  say("结果文件写到哪里，默认 报告目录/reconcile/甲~乙",
                      "where the files go; default: the run's report directory"));
  add_limit_option(line, say("屏幕上最多列多少条差异，0 为全部；文件中总是全部",
                             "differences shown, 0 for all; the files have all"));
  add_json_option(line);
  add_locale_option(line);
  add_arguments(line, "words");
  return line;
}

}  // namespace

int run_reconcile(const Arguments& arguments) {
  CommandLine line = command_line();
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto locale = wanted_locale(line, *values, status);
  if (!locale) return status;
  const auto lists = (*values)["words"].as<std::vector<std::string>>();
  if (lists.size() != 2) return wrong_usage(line, say("请给出两个来源", "name two sources"));
  const std::string& unit = text_value(*values, "unit");
  if (unit != "household" && unit != "record")
    return wrong_usage(line, say("--unit 取 household 或 record", "--unit is household or record"));
  const auto only_a = row_filters(repeated(*values, "only-a"));
  const auto only_b = row_filters(repeated(*values, "only-b"));
  if (!only_a || !only_b)
    return wrong_usage(line, say("--only-a、--only-b 写作 字段=值",
                                 "--only-a and --only-b are written FIELD=VALUE"));
  const auto kinds = two_fields(text_value(*values, "kind"));
  const auto sinces = two_fields(text_value(*values, "since"));
  const auto list_unit =
      unit == "record" ? workspace::ListUnit::kRecord : workspace::ListUnit::kHousehold;
  workspace::ReconcileOptions options{.run = text_value(*values, "run"),
                                      .left = {.instance = lists[0],
                                               .unit = list_unit,
                                               .kind = kinds.first,
                                               .since = sinces.first,
                                               .only = *only_a},
                                      .right = {.instance = lists[1],
                                                .unit = list_unit,
                                                .kind = kinds.second,
                                                .since = sinces.second,
                                                .only = *only_b},
                                      .by = text_value(*values, "by")};
  if (const std::string& file = text_value(*values, "villages"); !file.empty()) {
    auto villages = workspace::VillageKinds::read(file);
    if (!villages) return fail(villages.error());
    options.village_kinds = std::move(*villages);
  }
  const auto workspace = open_workspace(*values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto result = workspace::reconcile(*workspace, options);
  if (!result) return fail(result.error());
  std::filesystem::path folder = text_value(*values, "out");
  if (folder.empty())
    folder = workspace->reports() / result->run / "reconcile" / (lists[0] + "~" + lists[1]);
  if (const Status written = workspace::write_reconciliation(*result, folder, *locale); !written)
    return fail(written.error());
  status = note_export(*workspace, folder, {.kind = "reconcile", .run = result->run});
  if (status != kDone) return status;
  const auto limit = wanted_limit(*values);
  if (values->count("json") != 0) {
    fmt::print(output(), "{}\n", reconcile_json(*result, limit));
  } else {
    fmt::print(output(), "{}\n{}{}\n", reconcile_text(*result, limit),
               say("结果写入 ", "written to "), folder.string());
  }
  return kDone;
}

}  // namespace bidui::cli
