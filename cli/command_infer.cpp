// bidui schema infer: a mapping proposed for a file.
#include "cli/command_infer.h"

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fmt/format.h>

#include "cli/options.h"
#include "cli/table.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/infer_mapping.h"
#include "workspace/text_file.h"
#include "workspace/workspace.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using workspace::InferredColumn;
using workspace::InferredMapping;

constexpr double kSure = .6;
constexpr std::size_t kExamples = 2;  // shown; the mapping file has three

std::string json_text(const InferredMapping& mapping, const std::string& out) {
  json::array columns;
  for (const InferredColumn& column : mapping.columns) {
    columns.push_back(json::object{
        {"header", column.header},
        {"field", column.field.empty() ? json::value(nullptr) : json::value(column.field)},
        {"confidence", column.confidence},
        {"because", column.because.zh},
        {"because_en", column.because.en},
        {"examples", json::array(column.examples.begin(), column.examples.end())}});
  }
  json::array missing;
  for (const workspace::MissingField& field : mapping.missing) missing.emplace_back(field.id);
  return json::serialize(json::object{{"table", mapping.table},
                                      {"rows", mapping.rows},
                                      {"source", mapping.source},
                                      {"title", mapping.title},
                                      {"new_source", !mapping.schema.empty()},
                                      {"next_source", mapping.next_source},
                                      {"columns", std::move(columns)},
                                      {"missing", std::move(missing)},
                                      {"mapping", out}});
}

std::string confidence_text(const InferredColumn& column) {
  if (column.field.empty()) return "";
  return fmt::format("{}{:.0f}%", column.confidence < kSure ? "? " : "", column.confidence * 100);
}

void print(const InferredMapping& mapping) {
  fmt::print(output(), "{}  {} {}\n", mapping.table, say("看了前", "rows looked at:"),
             grouped(mapping.rows));
  if (!mapping.schema.empty()) {
    fmt::print(output(), "{} {}\n", say("新的来源：", "new source:"), mapping.source);
  } else {
    fmt::print(output(), "{} {}（{}）\n", say("来源：", "source:"), mapping.source, mapping.title);
  }
  if (!mapping.next_source.empty())
    fmt::print(output(), "  {} {}\n",
               say("也可能是下面这个来源，请用 --source 指定：", "or, to be named with --source:"),
               mapping.next_source);
  Table table({{say("列", "column")},
               {say("字段", "field")},
               {say("把握", "sure"), Align::kRight},
               {say("依据", "because")},
               {say("例（已遮盖）", "examples (masked)")}},
              2);
  for (const InferredColumn& column : mapping.columns) {
    std::string header = column.header;
    std::erase_if(header, [](char c) { return c == '\n' || c == '\r'; });
    table.add({header, column.field.empty() ? "—" : std::string(say(column.title, column.field)),
               confidence_text(column), std::string(say(column.because.zh, column.because.en)),
               joined({column.examples.begin(),
                       column.examples.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                     kExamples, column.examples.size()))})});
  }
  fmt::print(output(), "{}", table.text());
  if (std::ranges::any_of(mapping.columns, [](const InferredColumn& c) {
        return !c.field.empty() && c.confidence < kSure;
      }))
    fmt::print(output(), "  {}\n", say("? 把握不大，请核对", "? not sure: please check"));
  for (const workspace::MissingField& field : mapping.missing)
    fmt::print(output(), "  ! {} {}\n",
               say("必需而没有找到的字段：", "required, and in no column:"),
               say(field.title, field.id));
  for (const std::string& other : mapping.other_tables)
    fmt::print(output(), "  {} {}\n",
               say("另有不同表头的表，没有看：", "of another header, not looked at:"), other);
}

// The known sources, those of the workspace among them.
Result<std::vector<schema::Schema>> sources(const po::variables_map& values) {
  if (values.count("workspace") == 0) return workspace::builtin_schemas();
  return workspace::known_schemas(values["workspace"].as<std::string>());
}

}  // namespace

void add_infer_options(CommandLine& line) {
  const auto text = [] { return po::value<std::string>(); };
  add_option(
      line, "workspace,w", text()->value_name("DIR"),
      say("工作区：也认得它自己声明的来源", "workspace, for the sources that it declares itself"));
  add_option(
      line, "source,s", text()->value_name("SOURCE"),
      say("infer：来源；没有的名称（小写字母）即声明新的来源；默认为最像的",
          "infer: the source; an unknown name declares a new one; by default the likeliest"));
  add_option(line, "title", text()->value_name("TITLE"),
             say("infer：新来源的中文名称", "infer: the title of a new source"));
  add_option(line, "out,o", text()->value_name("FILE"),
             say("infer：把列对照写入 FILE（JSON），核对修改后用 bidui import --mapping FILE",
                 "infer: write the mapping to FILE (JSON), to be edited and given to bidui import "
                 "--mapping"));
  add_switch(line, "force", say("infer：覆盖已有的 FILE", "infer: replace an existing FILE"));
}

int infer_schema(const po::variables_map& values, const std::string& file) {
  const auto known = sources(values);
  if (!known) return fail(known.error());
  const auto text = [&](const char* name) {
    return values.count(name) != 0 ? values[name].as<std::string>() : std::string();
  };
  const std::string out = text("out");
  std::error_code failure;
  // An officer's edits are worth more than a second command.
  if (!out.empty() && values.count("force") == 0 && std::filesystem::exists(out, failure))
    return fail(
        bilingual_error(ErrorCode::kConflict, "文件已存在，里面可能有人工修改；要覆盖请加 --force",
                        "the file exists and may have been edited; --force replaces it", out));
  const auto mapping = workspace::infer_mapping(
      *known, {.file = file, .source = text("source"), .title = text("title")});
  if (!mapping) return fail(mapping.error());
  if (!out.empty()) {
    const Status written = workspace::write_text_file(out, mapping->text());
    if (!written) return fail(written.error());
  }
  if (values.count("json") != 0) {
    fmt::print(output(), "{}\n", json_text(*mapping, out));
    return kDone;
  }
  print(*mapping);
  if (out.empty()) {
    fmt::print(output(), "{}\n",
               say("要修改和保留，加 --out 文件", "to edit and keep it: --out FILE"));
  } else {
    fmt::print(
        output(),
        fmt::runtime(say("列对照写入 {0}；核对修改后：bidui import -w 工作区 --source {1} --as-of "
                         "日期 --mapping {0} 文件\n",
                         "mapping written to {0}; then: bidui import -w DIR --source {1} "
                         "--as-of DATE --mapping {0} FILE\n")),
        out, mapping->source);
  }
  return kDone;
}

}  // namespace bidui::cli
