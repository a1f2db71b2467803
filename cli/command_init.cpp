#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/workspace_option.h"
#include "matcher/text/division.h"

namespace bidui::cli {
namespace {

bool is_county_code(const std::string& division) {
  return division.size() == 6 && division.find_first_not_of("0123456789") == std::string::npos;
}

// "340826 安徽省宿松县"; the code alone where the tables do not know it.
std::string division_title(const std::string& division) {
  const std::uint64_t code = std::stoull(division);
  return division + " " + std::string(text::division_name(code / 10'000 * 10'000)) +
         std::string(text::division_name(code));
}

std::string key_file_of(const po::variables_map& values) {
  const std::filesystem::path given = key_file(values);
  return (given.empty() ? store::default_key_file(workspace_directory(values)) : given).string();
}

void print_json(const po::variables_map& values, const std::string& division) {
  fmt::print(output(), "{}\n",
             boost::json::serialize(
                 boost::json::object{{"workspace", workspace_directory(values).string()},
                                     {"key_file", key_file_of(values)},
                                     {"division", division}}));
}

void print_text(const po::variables_map& values, const std::string& division) {
  fmt::print(output(), "{} {}\n", say("已建立工作区", "made the workspace"),
             workspace_directory(values).string());
  if (!division.empty()) {
    fmt::print(output(), "  {} {}\n", say("行政区划", "division"), division_title(division));
  } else {
    fmt::print(output(), "  {}\n",
               say("未设行政区划：导入时须给出 --coverage",
                   "no division set: imports must name their --coverage"));
  }
  fmt::print(output(), "  {} {}\n", say("密钥文件", "key file"), key_file_of(values));
  fmt::print(output(), "  {}\n",
             say("没有密钥，数据无法读出：请把它另行备份，不要与工作区放在一起",
                 "without the key nothing can be read: keep a copy of it, and not with "
                 "the workspace"));
}

}  // namespace

int run_init(const Arguments& arguments) {
  CommandLine line{.usage = "bidui init -w DIR [--division 500235] [--key-file FILE]"};
  add_workspace_options(line);
  add_option(line, "division", po::value<std::string>()->default_value("")->value_name("CODE"),
             say("县的六位行政区划代码", "the county's division code, 6 digits"));
  add_json_option(line);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto& division = (*values)["division"].as<std::string>();
  if (!division.empty() && !is_county_code(division)) {
    return wrong_usage(line, say("--division 须为六位数字", "--division takes 6 digits"));
  }
  const auto made = workspace::Workspace::create(workspace_directory(*values),
                                                 {.division = division}, key_file(*values));
  if (!made) return fail(made.error());
  values->count("json") != 0 ? print_json(*values, division) : print_text(*values, division);
  return kDone;
}

}  // namespace bidui::cli
