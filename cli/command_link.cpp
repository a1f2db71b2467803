#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "cli/options.h"
#include "connectors/delimited/reject.h"
#include "matcher/key/fuzzy_key.h"
#include "workspace/link_files.h"
#include "workspace/link_schema.h"
#include "workspace/wording.h"

namespace bidui::cli {
namespace {

using workspace::ColumnReport;
using workspace::LinkFilesOptions;
using workspace::LinkFilesReport;
using workspace::spaced;

std::optional<link::Assignment> assignment_of(const std::string& word) {
  if (word == "one-to-one") return link::Assignment::kOneToOne;
  if (word == "one-to-many") return link::Assignment::kOneToMany;
  if (word == "many-to-many") return link::Assignment::kManyToMany;
  return std::nullopt;
}

void print_columns(const LinkFilesReport& report, bool two_files) {
  fmt::print("{}\n", say("各列的识别结果：", "What each column was taken for:"));
  for (const ColumnReport& column : report.columns) {
    const std::string_view mark = column.used ? "✓" : " ";
    const auto shown = [](const std::string& header) { return header.empty() ? "—" : header; };
    const std::string names = two_files
                                  ? shown(column.left_header) + " ~ " + shown(column.right_header)
                                  : column.left_header;
    const std::string_view kind =
        chinese() ? schema::kind_name_zh(column.kind) : schema::kind_name(column.kind);
    fmt::print("  {} {} {}  {}\n", mark, padded(names, 34), padded(kind, 14),
               chinese() ? column.reason_zh : column.reason_en);
  }
}

void print_keys(const LinkFilesReport& report, bool two_files) {
  const auto shown = [](const std::string& header) {
    return header.empty() ? std::string(say("数据行的序号", "the number of the data row")) : header;
  };
  std::string keys = shown(report.left_key);
  if (two_files) keys += " ~ " + shown(report.right_key);
  fmt::print("{} {}{}\n", say("行键：", "row key:"), keys,
             report.left_key.empty() || (two_files && report.right_key.empty())
                 ? say("（可用 --key 左列,右列 指定）", "  (choose with --key LEFT,RIGHT)")
                 : "");
}

void print_rejected(const LinkFilesReport& report) {
  const auto print_side = [](std::string_view side,
                             const std::vector<connectors::Reject>& rejects) {
    constexpr std::size_t kShown = 5;
    if (rejects.empty()) return;
    fmt::print("{} {}\n", side, rejects.size());
    for (const connectors::Reject& r : std::span(rejects).first(std::min(kShown, rejects.size()))) {
      fmt::print("  {} {}  {}{}{}\n", say("行", "row"), r.row, r.field, r.field.empty() ? "" : " ",
                 chinese() ? std::string(connectors::reject_reason_sentence(r.reason))
                           : spaced(connectors::reject_reason_name(r.reason)));
    }
    if (rejects.size() > kShown)
      fmt::print("  {}\n",
                 say("……（全部用 --rejects FILE 写出）", "… (all of them: --rejects FILE)"));
  };
  print_side(say("左文件退回的行：", "rows rejected of the left file:"), report.left_rejects);
  print_side(say("右文件退回的行：", "rows rejected of the right file:"), report.right_rejects);
}

void print_cannot_links(const LinkFilesReport& report) {
  if (report.cannot_links == 0) return;
  fmt::print("{} {}", say("不得关联的对：", "cannot-links:"), report.cannot_links);
  if (report.cannot_links_not_found != 0) {
    fmt::print("{}{}", say("，其中找不到行键的 ", ", of which with unknown row keys: "),
               report.cannot_links_not_found);
  }
  fmt::print("\n");
}

// Why there may be nothing to find.
void print_hint(const LinkFilesReport& report) {
  if (report.stats.pairs_compared != 0) return;
  fmt::print("{}\n", say("没有候选对：共同的列不足以把两条记录引到一起。只有姓名时不作比较；"
                         "请加上出生日期、证件号、电话或地址等列。",
                         "no pairs were compared: the columns in common bring no two records "
                         "together. A name alone does not; add a birth date, number, telephone or "
                         "address."));
}

void print_summary(const LinkFilesReport& report, bool two_files) {
  const link::Decisions& d = report.decisions;
  if (two_files) {
    fmt::print("{} {} × {}\n", say("行数：", "rows:"), report.left_rows, report.right_rows);
  } else {
    fmt::print("{} {}\n", say("行数：", "rows:"), report.left_rows);
  }
  print_rejected(report);
  print_cannot_links(report);
  fmt::print("{} {}   {} {}\n", say("比较的候选对：", "candidate pairs compared:"),
             report.stats.pairs_compared, say("保留：", "kept:"), report.stats.pairs_kept);
  print_hint(report);
  fmt::print("{} {}   {} {}\n", say("确认关联：", "links:"), d.link_count,
             say("疑似（待复核）：", "possible, to review:"), d.possible_count);
  if (d.link_count != 0) {
    fmt::print("{} {:.2f}   {} {:.3f}%\n", say("阈值（log2 后验比）：", "threshold (log2 odds):"),
               d.threshold, say("模型估计的误关联率：", "estimated share of false links:"),
               100 * d.expected_false_links / static_cast<double>(d.link_count));
  }
  if (d.left_duplicates + d.right_duplicates != 0) {
    fmt::print(
        "{}\n",
        fmt::format(fmt::runtime(say("文件自身有重复：左 {} 行、右 {} 行，重复行可以关联同一人",
                                     "the files hold duplicates of their own ({} left, {} right "
                                     "rows); such rows may share a partner")),
                    d.left_duplicates, d.right_duplicates));
  }
  if (!report.model.converged) {
    fmt::print("{}\n",
               say("注意：模型估计没有收敛，结果需要复核",
                   "note: the estimation of the model did not converge; review the result"));
  }
}

// Millions a second; empty for no work.
std::string rate_of(std::uint64_t work, double seconds) {
  if (work == 0 || seconds <= 0) return {};
  return fmt::format("{:.2f}", static_cast<double>(work) / seconds / 1e6);
}

// The second column against the first tells how many threads were at work.
void print_timings(const LinkFilesReport& report) {
  fmt::print("  {} {:>8} {:>8} {:>10} {:>11} {:>11} {:>12} {:>8} {:>8} {:>8} {:>8}\n",
             padded("", 10), "s", "CPU s", "rows", "keys", "pairs", "bytes", "M rows/s", "M keys/s",
             "M pair/s", "MB/s");
  workspace::PhaseTime total{.phase = "total"};
  const auto print = [](const workspace::PhaseTime& p) {
    fmt::print("  {} {:8.3f} {:8.3f} {:>10} {:>11} {:>11} {:>12} {:>8} {:>8} {:>8} {:>8}\n",
               padded(phase_title(p.phase), 10), p.seconds, p.cpu_seconds, p.rows, p.keys, p.pairs, p.bytes,
               rate_of(p.rows, p.seconds), rate_of(p.keys, p.seconds), rate_of(p.pairs, p.seconds),
               rate_of(p.bytes, p.seconds));
  };
  for (const workspace::PhaseTime& phase : report.phases) {
    print(phase);
    total.seconds += phase.seconds;
    total.cpu_seconds += phase.cpu_seconds;
    total.bytes += phase.bytes;
  }
  print(total);
  for (std::size_t kind = 0; kind < report.stats.keys.size(); ++kind) {
    const link::KeyKindCounts& counts = report.stats.keys[kind];
    if (counts.keys == 0) continue;
    fmt::print("  {} {:>10} keys {:>10} refined {:>10} cut\n",
               padded(key::key_kind_name(static_cast<key::KeyKind>(kind)), 26), counts.keys,
               counts.refined_keys, counts.cut_keys);
  }
}

CommandLine command_line() {
  const auto text = [] { return po::value<std::string>(); };
  CommandLine line{.usage =
                       "bidui link LEFT [RIGHT] --out links.csv [--schema S] [--key COLUMN] "
                       "[--cannot-link FILE]\n"
                       "      [--assign WORD] [--false-links RATE] [--model FILE] [--timings]"};
  add_option(line, "out", text()->required()->value_name("FILE"),
             say("结果写入 FILE：left_id,right_id,weight,probability,decision",
                 "where to write left_id,right_id,weight,probability,decision"));
  add_option(
      line, "schema", text()->default_value("")->value_name("S"),
      say("不识别表头，按字段声明取列：来源名（bidui schema list）或声明文件；左右不同写作 左,右",
          "columns by a schema instead of by recognition: a source (bidui schema list) or a "
          "schema file; LEFT,RIGHT for one each"));
  add_option(line, "key", text()->default_value("")->value_name("COLUMN"),
             say("行键的列名；左右不同名写作 左列,右列",
                 "column that names a row: COLUMN, or "
                 "LEFT,RIGHT"));
  add_option(line, "cannot-link", text()->default_value("")->value_name("FILE"),
             say("已认定不是同一人的对（CSV：left_id,right_id），不关联",
                 "pairs decided not to be one person (CSV: left_id,right_id), never linked"));
  add_option(
      line, "assign", text()->default_value("one-to-one")->value_name("WORD"),
      say("one-to-one：两边各一；one-to-many：右边可多次（如一人多套房）；many-to-many：不限",
          "one-to-one, one-to-many (a right row may have several), many-to-many"));
  add_option(
      line, "false-links", po::value<double>()->default_value(.001, "0.001")->value_name("RATE"),
      say("允许的误关联比例，大于 0、小于 1", "wanted share of false links, between 0 and 1"));
  add_option(line, "model", text()->default_value("")->value_name("FILE"),
             say("用这个模型，不训练", "use this model instead of training one"));
  add_option(line, "save-model", text()->default_value("")->value_name("FILE"),
             say("把所用的模型写入 FILE", "write the model that was used"));
  add_option(line, "rejects", text()->default_value("")->value_name("FILE"),
             say("把退回的行写入 FILE（CSV）", "write the rejected rows to FILE (CSV)"));
  add_switch(
      line, "timings",
      say("列出各阶段的用时、行数、对数和字节数", "print phases with rows, pairs and bytes"));
  add_arguments(line, "file");
  return line;
}

// What the words mean; nothing, and the message printed, where one has no meaning.
std::optional<LinkFilesOptions> read_options(const CommandLine& line,
                                             const po::variables_map& values) {
  const auto text = [&](const char* name) { return values[name].as<std::string>(); };
  const auto& files = values["file"].as<std::vector<std::string>>();
  const auto assignment = assignment_of(text("assign"));
  const double rate = values["false-links"].as<double>();
  std::string_view wrong;
  if (files.size() > 2) wrong = say("最多两个文件", "at most two files");
  if (!assignment)
    wrong = say("--assign 取 one-to-one、one-to-many 或 many-to-many",
                "--assign is one-to-one, one-to-many or many-to-many");
  if (!(rate > 0 && rate < 1))
    wrong = say("--false-links 须大于 0、小于 1，例如 0.001（千分之一）",
                "--false-links is between 0 and 1, such as 0.001 (one in a thousand)");
  if (!wrong.empty()) {
    wrong_usage(line, wrong);
    return std::nullopt;
  }
  LinkFilesOptions options{.left = files[0],
                           .right = files.size() == 2 ? files[1] : std::string(),
                           .out = text("out"),
                           .key_column = text("key"),
                           .cannot_links = text("cannot-link"),
                           .assignment = *assignment,
                           .false_link_rate = rate};
  if (!text("model").empty()) options.model = text("model");
  if (!text("save-model").empty()) options.save_model = text("save-model");
  return options;
}

// "S" for both files, "LEFT,RIGHT" for one each; none for "".
Result<std::vector<schema::Schema>> load_schemas(const std::string& names) {
  std::vector<schema::Schema> schemas;
  if (names.empty()) return schemas;
  const std::size_t comma = names.find(',');
  for (const std::string& name :
       {names.substr(0, comma), comma == std::string::npos ? names : names.substr(comma + 1)}) {
    Result<schema::Schema> schema = workspace::load_link_schema(name);
    BIDUI_TRY(schema);
    schemas.push_back(std::move(*schema));
  }
  return schemas;
}

Status write_rejects(const LinkFilesReport& report, const std::string& file) {
  if (file.empty()) return {};
  std::vector<connectors::Reject> rejects = report.left_rejects;
  rejects.insert(rejects.end(), report.right_rejects.begin(), report.right_rejects.end());
  return connectors::write_rejects(file, rejects);
}

}  // namespace

int run_link(const Arguments& arguments) {
  CommandLine line = command_line();
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  std::optional<LinkFilesOptions> options = read_options(line, *values);
  if (!options) return kWrongUsage;
  const auto schemas = load_schemas((*values)["schema"].as<std::string>());
  if (!schemas) return fail(schemas.error());
  if (!schemas->empty()) {
    options->left_schema = &schemas->front();
    options->right_schema = &schemas->back();
  }
  ProgressPrinter printer;
  const Result<LinkFilesReport> report = workspace::link_files(*options, printer.callback());
  printer.finish();
  if (!report) return fail(report.error());
  const Status written = write_rejects(*report, (*values)["rejects"].as<std::string>());
  if (!written) return fail(written.error());
  const bool two_files = !options->right.empty();
  print_columns(*report, two_files);
  print_keys(*report, two_files);
  print_summary(*report, two_files);
  if (values->count("timings") != 0) print_timings(*report);
  fmt::print("{} {}\n", say("结果写入", "written to"), options->out.string());
  return kDone;
}

}  // namespace bidui::cli
