// bidui sample: a random sample of households for visits at the door, and what they found.
#include <fmt/format.h>

#include "cli/export_note.h"
#include "cli/list_options.h"
#include "cli/locale_option.h"
#include "cli/reveal_option.h"
#include "cli/sample_text.h"
#include "cli/workspace_option.h"
#include "workspace/filled_table.h"
#include "workspace/local_time.h"
#include "workspace/visit_sheet.h"

namespace bidui::cli {
namespace {

bool as_json(const po::variables_map& values) { return values.count("json") != 0; }

void print(const std::string& text, const std::string& json, const po::variables_map& values) {
  fmt::print(output(), "{}{}", as_json(values) ? json : text, as_json(values) ? "\n" : "");
}

int draw(const po::variables_map& values) {
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto sample =
      workspace::draw_visits(*workspace, {.run = text_value(values, "run"),
                                          .size = values["size"].as<std::uint64_t>(),
                                          .margin = values["margin"].as<double>(),
                                          .expected = values["expected"].as<double>(),
                                          .seed = values["seed"].as<std::uint64_t>(),
                                          .by = text_value(values, "as"),
                                          .recorded = workspace::local_time()});
  if (!sample) return fail(sample.error());
  print(visits_text(*sample) +
            std::string(say("下一步：bidui sample export 文件.xlsx（要带姓名住址，加 --reveal 理由 "
                            "--as 姓名）\n",
                            "next: bidui sample export FILE.xlsx (with names: --reveal REASON --as "
                            "PERSON)\n")),
        visits_json(*sample), values);
  return kDone;
}

int export_sheet(const CommandLine& line, const po::variables_map& values,
                 const std::string& file) {
  int status = kDone;
  const auto reveal = wanted_reveal(line, values, "as", file, status);
  if (!reveal) return status;
  const auto locale = wanted_locale(line, values, status);
  if (!locale) return status;
  auto workspace = open_for_export(values, *reveal);
  if (!workspace) return fail(workspace.error());
  const auto sample = workspace::load_visits(workspace->store(), text_value(values, "sample"));
  if (!sample) return fail(sample.error());
  const Status noted =
      note_reveal(workspace->store(), *reveal, "visits " + sample->id, sample->households.size());
  if (!noted) return fail(noted.error());
  const auto rows =
      workspace::export_visits(*workspace, *sample, file, values_of(*reveal), *locale);
  if (!rows) return fail(rows.error());
  status = note_export(*workspace, file,
                       {.kind = "visits", .run = sample->run, .masked = reveal->reason.empty()});
  if (status != kDone) return status;
  fmt::print(output(), "{}\n",
             chinese()
                 ? fmt::format("{}：{} 户；填好“核查结果”后：bidui sample read 文件", file, *rows)
                 : fmt::format("{}: {} households; fill in the results, then bidui sample "
                               "read FILE",
                               file, *rows));
  if (*rows < sample->households.size())
    fmt::print(
        output(), "{}\n",
        chinese()
            ? fmt::format("另有 {} 户已不在现有数据中，未列入", sample->households.size() - *rows)
            : fmt::format("{} more are in no current delivery", sample->households.size() - *rows));
  return kDone;
}

int read_sheet(const CommandLine& line, const po::variables_map& values, const std::string& file) {
  if (text_value(values, "as").empty())
    return wrong_usage(line, say("请用 --as 写明由谁录入", "say who reads them in with --as"));
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto id = workspace::sample_of_sheet(file);
  if (!id) return fail(id.error());
  const std::string& asked = text_value(values, "sample");
  const auto sample = workspace::load_visits(workspace->store(), asked.empty() ? *id : asked);
  if (!sample) return fail(sample.error());
  const auto read = workspace::read_visits(*workspace, *sample, file, text_value(values, "as"),
                                           workspace::local_time());
  if (!read) return fail(read.error());
  fmt::print(output(), "{}\n",
             chinese()
                 ? fmt::format("读入核查结果 {} 户（新增或改动 {}），空白 {} 行；看指标：bidui "
                               "sample report",
                               read->results, read->changed, read->blank)
                 : fmt::format("{} results read ({} new or changed), {} rows blank; see "
                               "bidui sample report",
                               read->results, read->changed, read->blank));
  return kDone;
}

int report(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto found = workspace::report_visits(workspace->store(), text_value(values, "sample"));
  if (!found) return fail(found.error());
  print(visit_report_text(*found), visit_report_json(*found), values);
  return kDone;
}

int list(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto samples = workspace::all_visits(workspace->store());
  if (!samples) return fail(samples.error());
  fmt::print(output(), "{}", visit_list_text(*samples));
  return kDone;
}

CommandLine command_line() {
  CommandLine line{
      .usage =
          "bidui sample -w DIR draw [--size N | --margin M --expected P] [--seed S]\n"
          "      bidui sample -w DIR export FILE.xlsx|FILE.csv [--locale zh|en] [--reveal REASON "
          "--as PERSON]\n"
          "      bidui sample -w DIR read FILE.xlsx|FILE.csv --as PERSON\n"
          "      bidui sample -w DIR report|list [--json]"};
  add_workspace_options(line);
  add_text_option(
      line, "run", "RUN", "",
      say("从哪次比对抽样，默认最近一次", "the run to draw from, by default the newest"));
  add_option(line, "size", po::value<std::uint64_t>()->default_value(0)->value_name("N"),
             say("共抽多少户，三种登记情况各三分之一；不写则按 --margin 计算",
                 "households in all, a third of each status; without it by --margin"));
  add_option(line, "margin", po::value<double>()->default_value(.02, "0.02")->value_name("M"),
             say("每种登记情况的比例要估到 ± 多少", "half width of each status's interval"));
  add_option(line, "expected", po::value<double>()->default_value(.02, "0.02")->value_name("P"),
             say("预计的比例，用来定样本量", "the rate that is expected, for the size"));
  add_option(
      line, "seed", po::value<std::uint64_t>()->default_value(1)->value_name("S"),
      say("随机种子：同一次比对、同一种子抽出同样的户", "the same seed draws the same households"));
  add_text_option(line, "sample", "ID", "",
                  say("样本编号，默认最近一个；读回时默认表中写的那个",
                      "the sample, by default the newest; of a sheet that comes back, its own"));
  add_text_option(line, "as", "PERSON", "", say("经办人", "who does it"));
  add_reveal_options(line);
  add_locale_option(line);
  add_json_option(line);
  add_arguments(line, "words");
  return line;
}

int indicators(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto flagged = workspace::indicators_of_flags(*workspace);
  if (!flagged) return fail(flagged.error());
  const auto samples = workspace::all_visits(workspace->store());
  if (!samples) return fail(samples.error());
  std::string text = flag_indicators_text(*flagged);
  std::string sample_json = "null";
  if (!samples->empty()) {
    const auto found = workspace::report_visits(workspace->store(), text_value(values, "sample"));
    if (!found) return fail(found.error());
    text += "\n" + visit_report_text(*found);
    sample_json = visit_report_json(*found);
  }
  print(text, "{\"flags\":" + flag_indicators_json(*flagged) + ",\"sample\":" + sample_json + "}",
        values);
  return kDone;
}

}  // namespace

int run_sample(const Arguments& arguments) {
  CommandLine line = command_line();
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto& words = (*values)["words"].as<std::vector<std::string>>();
  const std::string& word = words.front();
  if (words.size() == 1 && word == "draw") return draw(*values);
  if (words.size() == 2 && word == "export") return export_sheet(line, *values, words[1]);
  if (words.size() == 2 && word == "read") return read_sheet(line, *values, words[1]);
  if (words.size() == 1 && word == "report") return report(*values);
  if (words.size() == 1 && word == "list") return list(*values);
  return wrong_usage(line, say("请用 draw、export 文件、read 文件、report 或 list",
                               "draw, export FILE, read FILE, report or list"));
}

int run_indicators(const Arguments& arguments) {
  CommandLine line{.usage = "bidui indicators -w DIR [--sample ID] [--json]"};
  add_workspace_options(line);
  add_text_option(line, "sample", "ID", "",
                  say("入户样本编号，默认最近一个", "the sample of visits, by default the newest"));
  add_json_option(line);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  return values ? indicators(*values) : status;
}

}  // namespace bidui::cli
