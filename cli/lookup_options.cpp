#include "cli/lookup_options.h"

#include "cli/invocation.h"

namespace bidui::cli {
namespace {

// The value of an option; "-" stands for a line of standard input.
std::string value_of(const po::variables_map& values, const char* name) {
  std::string value = values[name].as<std::string>();
  if (value == "-") {
    value = read_line().value_or("");
    invocation().lines_read.push_back(value);
  }
  while (!value.empty() && (value.back() == '\r' || value.back() == ' ')) value.pop_back();
  return value;
}

void add_query_option(CommandLine& line, const char* name, const char* value,
                      std::string_view description) {
  add_option(line, name, po::value<std::string>()->default_value("")->value_name(value),
             description);
}

}  // namespace

void add_lookup_options(CommandLine& line) {
  add_query_option(line, "id", "N",
                   say("身份证号；“-”从标准输入读取，不留在命令历史中",
                       "ID number; - reads it from standard input"));
  add_query_option(line, "name", "NAME",
                   say("姓名（同音、异体也会找到）；“-”同上", "name, also by sound; - as above"));
  add_query_option(line, "village", "V", say("行政村，与姓名合用", "village, with a name"));
  add_query_option(line, "born", "Y",
                   say("出生年份或日期，与姓名合用", "year or date of birth, with a name"));
  add_query_option(line, "phone", "N", say("电话；“-”同上", "telephone; - as above"));
  add_query_option(line, "household", "SOURCE:NO",
                   say("某来源的一户，如 poverty:340826000001000", "a household of a source"));
}

workspace::LookupQuery lookup_query(const po::variables_map& values) {
  return {.id = value_of(values, "id"),
          .name = value_of(values, "name"),
          .phone = value_of(values, "phone"),
          .village = value_of(values, "village"),
          .born = value_of(values, "born"),
          .household = value_of(values, "household")};
}

}  // namespace bidui::cli
