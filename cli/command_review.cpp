#include <fmt/format.h>

#include "cli/calibration_text.h"
#include "cli/export_note.h"
#include "cli/list_options.h"
#include "cli/options.h"
#include "cli/reveal_option.h"
#include "cli/review_terminal.h"
#include "cli/review_text.h"
#include "cli/workspace_option.h"
#include "workspace/filled_table.h"
#include "workspace/reveal_log.h"
#include "workspace/review_refit.h"
#include "workspace/review_sheet.h"

namespace bidui::cli {
namespace {

using workspace::ReviewSample;

bool as_json(const po::variables_map& values) { return values.count("json") != 0; }

int draw(const CommandLine& line, const po::variables_map& values) {
  const std::string& strata = text_value(values, "strata");
  if (strata != "weight" && strata != "source")
    return wrong_usage(line, say("--strata 取 weight 或 source", "--strata is weight or source"));
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto sample =
      workspace::draw_sample(*workspace, {.run = text_value(values, "run"),
                                          .size = values["size"].as<std::uint64_t>(),
                                          .seed = values["seed"].as<std::uint64_t>(),
                                          .by_source = strata == "source"});
  if (!sample) return fail(sample.error());
  fmt::print(output(), "{}{}", as_json(values) ? sample_json(*sample) : sample_text(*sample),
             as_json(values) ? "\n" : "");
  return kDone;
}

int judge(const CommandLine& line, const po::variables_map& values) {
  if (text_value(values, "as").empty())
    return wrong_usage(line, say("请用 --as 写明复核人", "say who you are with --as"));
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto sample = workspace::load_sample(workspace->store(), text_value(values, "sample"));
  if (!sample) return fail(sample.error());
  return judge_pairs(*workspace, *sample, text_value(values, "as"));
}

int export_sheet(const CommandLine& line, const po::variables_map& values,
                 const std::string& file) {
  int status = kDone;
  const auto reveal = wanted_reveal(line, values, "as", file, status);
  if (!reveal) return status;
  auto workspace = open_for_export(values, *reveal);
  if (!workspace) return fail(workspace.error());
  const auto sample = workspace::load_sample(workspace->store(), text_value(values, "sample"));
  if (!sample) return fail(sample.error());
  const Status noted =
      note_reveal(workspace->store(), *reveal, "review " + sample->id, 2 * sample->pairs.size());
  if (!noted) return fail(noted.error());
  const auto pairs = workspace::export_review(*workspace, *sample, file, values_of(*reveal));
  if (!pairs) return fail(pairs.error());
  status = note_export(*workspace, file,
                       {.kind = "review", .run = sample->run, .masked = reveal->reason.empty()});
  if (status != kDone) return status;
  fmt::print(output(), "{}\n",
             chinese()
                 ? fmt::format("{}：{} 对，请填“判断”列：同一人、不是同一人、看不出", file, *pairs)
                 : fmt::format("{}: {} pairs; fill in 判断: same, different, "
                               "cannot_tell",
                               file, *pairs));
  return kDone;
}

int import_sheet(const CommandLine& line, const po::variables_map& values,
                 const std::string& file) {
  if (text_value(values, "as").empty())
    return wrong_usage(line, say("请用 --as 写明复核人", "say who judged with --as"));
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto id = workspace::sample_of_sheet(file);
  if (!id) return fail(id.error());
  const std::string& asked = text_value(values, "sample");
  const auto sample = workspace::load_sample(workspace->store(), asked.empty() ? *id : asked);
  if (!sample) return fail(sample.error());
  const auto imported =
      workspace::import_review(*workspace, *sample, text_value(values, "as"), file);
  if (!imported) return fail(imported.error());
  fmt::print(
      output(), "{}\n",
      chinese()
          ? fmt::format("读入判断 {} 个，空白 {} 行", imported->answers, imported->blank)
          : fmt::format("{} answers read, {} rows blank", imported->answers, imported->blank));
  return kDone;
}

int report(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto found = workspace::report_review(workspace->store(), text_value(values, "sample"));
  if (!found) return fail(found.error());
  fmt::print(output(), "{}{}", as_json(values) ? review_json(*found) : review_text(*found),
             as_json(values) ? "\n" : "");
  return kDone;
}

int list_reveals(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto reveals = workspace::load_reveals(workspace->store());
  if (!reveals) return fail(reveals.error());
  fmt::print(output(), "{}", as_json(values) ? reveals_json(*reveals) : reveals_text(*reveals));
  return kDone;
}

int refit(const po::variables_map& values) {
  const bool reads = values.count("dry-run") != 0;
  auto workspace =
      open_workspace(values, reads ? store::Access::kReadOnly : store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  if (values.count("forget") != 0 && !reads) {
    if (const Status done = workspace::forget_calibration(*workspace); !done)
      return fail(done.error());
    fmt::print(output(), "{}\n",
               say("已取消校准，下次比对用模型自身的权重",
                   "calibration forgotten; the next comparison uses the model's weights"));
    return kDone;
  }
  const auto fitted = workspace::refit(workspace->store(), text_value(values, "sample"));
  if (!fitted) return fail(fitted.error());
  const auto changes = workspace::preview_calibration(workspace->store(), *fitted);
  if (!changes) return fail(changes.error());
  const bool keep = values.count("dry-run") == 0;
  if (keep) {
    if (const Status kept = workspace::keep_calibration(*workspace, *fitted); !kept)
      return fail(kept.error());
  }
  fmt::print(output(), "{}",
             as_json(values) ? calibration_json(*fitted, *changes, keep)
                             : calibration_text(*fitted, *changes, keep));
  return kDone;
}

CommandLine command_line() {
  CommandLine line{.usage =
                       "bidui review -w DIR sample [--run RUN] [--size N] [--seed S] "
                       "[--strata weight|source]\n"
                       "      bidui review -w DIR --as PERSON [--sample S0001]\n"
                       "      bidui review -w DIR export FILE.csv [--reveal REASON --as PERSON]\n"
                       "      bidui review -w DIR import FILE.csv --as PERSON\n"
                       "      bidui review -w DIR report|reveals [--json]\n"
                       "      bidui review -w DIR refit [--dry-run|--forget]"};
  add_workspace_options(line);
  add_text_option(
      line, "run", "RUN", "",
      say("从哪次比对抽样，默认最近一次", "the run to draw from, by default the newest"));
  add_option(line, "size", po::value<std::uint64_t>()->default_value(300)->value_name("N"),
             say("抽多少对", "how many pairs"));
  add_option(line, "seed", po::value<std::uint64_t>()->default_value(1)->value_name("S"),
             say("随机种子：同一批次、同一种子抽出同样的对", "the same seed draws the same pairs"));
  add_text_option(line, "strata", "WORD", "weight",
                  say("weight：按权重分层；source：再按来源对分层",
                      "weight: strata by weight; source: by pair of sources as well"));
  add_text_option(line, "sample", "ID", "",
                  say("样本编号，默认最近一个；读回时默认表中写的那个",
                      "the sample, by default the newest; of a sheet that comes back, its own"));
  add_text_option(line, "as", "PERSON", "",
                  say("复核人；都判“不是同一人”的对，从下次比对起不再关联（bidui constraint list）",
                      "who judges; pairs called different by all are never linked from the next "
                      "run on (bidui constraint list)"));
  add_reveal_options(line);
  add_switch(line, "forget", say("取消校准", "forget the calibration"));
  add_switch(line, "dry-run",
             say("只看校准会改变多少链接，不保存", "show what a refit would change, keep nothing"));
  add_json_option(line);
  // None at all: judge, "bidui review -w DIR --as PERSON".
  line.hidden.add_options()("words", po::value<std::vector<std::string>>()->default_value({}, ""));
  line.positional.add("words", -1);
  return line;
}

}  // namespace

int run_review(const Arguments& arguments) {
  CommandLine line = command_line();
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto& words = (*values)["words"].as<std::vector<std::string>>();
  const std::string word = words.empty() ? "judge" : words.front();
  if (words.empty() || (words.size() == 1 && word == "judge")) return judge(line, *values);
  if (words.size() == 1 && word == "sample") return draw(line, *values);
  if (words.size() == 2 && word == "export") return export_sheet(line, *values, words[1]);
  if (words.size() == 2 && word == "import") return import_sheet(line, *values, words[1]);
  if (words.size() == 1 && word == "report") return report(*values);
  if (words.size() == 1 && word == "reveals") return list_reveals(*values);
  if (words.size() == 1 && word == "refit") return refit(*values);
  return wrong_usage(line, say("请用 sample、judge、export、import、report、reveals 或 refit",
                               "sample, judge, export, import, report, reveals or refit"));
}

}  // namespace bidui::cli
