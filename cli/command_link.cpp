#include <filesystem>
#include <fmt/format.h>

#include "cli/link_text.h"
#include "cli/options.h"
#include "cli/table_notes_text.h"
#include "connectors/delimited/reject.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/link_files.h"
#include "workspace/link_schema.h"

namespace bidui::cli {
namespace {

using workspace::LinkFilesOptions;
using workspace::LinkFilesReport;

std::optional<link::Assignment> assignment_of(const std::string& word) {
  if (word == "one-to-one") return link::Assignment::kOneToOne;
  if (word == "one-to-many") return link::Assignment::kOneToMany;
  if (word == "many-to-many") return link::Assignment::kManyToMany;
  return std::nullopt;
}

CommandLine command_line() {
  const auto text = [] { return po::value<std::string>(); };
  static const std::string usage = fmt::format(
      "bidui link LEFT [RIGHT] --out links.csv [--schema S] [--key COLUMN] [--cannot-link FILE]\n"
      "      [--assign WORD] [--false-links RATE] [--model FILE] [--timings]\n"
      "      [--json]\n{}",
      table_files_note());
  CommandLine line{.usage = usage};
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
  add_json_option(line);
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
  if (files.size() > 2) {
    wrong_usage(line, say("最多两个文件", "at most two files"));
    return std::nullopt;
  }
  if (!assignment) {
    wrong_usage(line, say("--assign 取 one-to-one、one-to-many 或 many-to-many",
                          "--assign is one-to-one, one-to-many or many-to-many"));
    return std::nullopt;
  }
  if (!(rate > 0 && rate < 1)) {
    wrong_usage(line, say("--false-links 须大于 0、小于 1，例如 0.001（千分之一）",
                          "--false-links is between 0 and 1, such as 0.001 (one in a thousand)"));
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

// Asked before the work rather than after it: may this be written without loss?
Status check_written(const std::filesystem::path& file, const LinkFilesOptions& options) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored))
    return bilingual_error(ErrorCode::kInvalidArgument, "这是目录，请给出要写的文件",
                           "is a directory: name the file to write", file.string());
  const std::filesystem::path folder = file.parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored))
    return bilingual_error(ErrorCode::kNotFound, "没有这个目录，请先建立",
                           "there is no such directory: make it first", folder.string());
  for (const std::filesystem::path& input :
       {options.left, options.right, options.cannot_links, options.model.value_or("")}) {
    if (!input.empty() && std::filesystem::equivalent(file, input, ignored))
      return bilingual_error(ErrorCode::kConflict, "这是输入的文件，写入会毁掉它；请另取文件名",
                             "is an input, and would be lost: choose another name", file.string());
  }
  return {};
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
  const std::string rejects = (*values)["rejects"].as<std::string>();
  for (const std::filesystem::path& file :
       {options->out, options->save_model.value_or(""), std::filesystem::path(rejects)}) {
    if (file.empty()) continue;
    const Status writable = check_written(file, *options);
    if (!writable) return fail(writable.error());
  }
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
  const Status written = write_rejects(*report, rejects);
  if (!written) return fail(written.error());
  if (values->count("json") != 0) {
    print_link_json(*report, !options->right.empty());
    return kDone;
  }
  print_link_report(*report, !options->right.empty());
  if (values->count("timings") != 0) print_link_timings(*report);
  fmt::print(output(), "{} {}\n", say("结果写入", "written to"), options->out.string());
  return kDone;
}

}  // namespace bidui::cli
