#include "cli/options.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sstream>

namespace bidui::cli {
namespace {

// Words without an option before them, by the names that add_arguments() is given.
bool is_argument(std::string_view name) {
  constexpr std::array<std::string_view, 4> kNames = {"--file", "--words", "--target", "--backup"};
  return std::ranges::find(kNames, name) != kNames.end();
}

// Boost's message in the user's language.
std::string describe(const po::error& wrong) {
  if (!chinese()) return wrong.what();
  std::string option;
  const auto* const named = dynamic_cast<const po::error_with_option_name*>(&wrong);
  if (named != nullptr) option = "：" + named->get_option_name();
  if (dynamic_cast<const po::unknown_option*>(&wrong) != nullptr) return "没有这个选项" + option;
  if (dynamic_cast<const po::ambiguous_option*>(&wrong) != nullptr)
    return "选项缩写有歧义" + option;
  if (dynamic_cast<const po::required_option*>(&wrong) != nullptr)
    return is_argument(named->get_option_name()) ? "缺少参数" : "缺少选项" + option;
  if (dynamic_cast<const po::multiple_occurrences*>(&wrong) != nullptr)
    return "选项只能出现一次" + option;
  if (dynamic_cast<const po::validation_error*>(&wrong) != nullptr)
    return "选项的值不合要求" + option;
  if (dynamic_cast<const po::invalid_command_line_syntax*>(&wrong) != nullptr)
    return "选项缺少值" + option;
  if (dynamic_cast<const po::too_many_positional_options_error*>(&wrong) != nullptr)
    return "参数太多";
  return std::string("命令行写法有误（原文：") + wrong.what() + "）";
}

}  // namespace

void add_option(CommandLine& line, const char* name, const po::value_semantic* value,
                std::string_view description) {
  line.options.add_options()(name, value, std::string(description).c_str());
}

void add_switch(CommandLine& line, const char* name, std::string_view description) {
  line.options.add_options()(name, std::string(description).c_str());
}

void add_json_option(CommandLine& line) {
  add_switch(line, "json", say("以 JSON 输出结果", "print the result as JSON"));
}

void add_arguments(CommandLine& line, const char* name) {
  line.hidden.add_options()(name, po::value<std::vector<std::string>>()->required());
  line.positional.add(name, -1);
}

std::optional<po::variables_map> parse(CommandLine& line, const Arguments& arguments, int& status) {
  add_switch(line, "help,h", say("显示帮助", "show this help"));
  po::options_description all;
  all.add(line.options).add(line.hidden);
  po::variables_map values;
  try {
    po::store(po::command_line_parser(arguments).options(all).positional(line.positional).run(),
              values);
    if (values.count("help") != 0) {
      std::ostringstream text;
      text << line.options;
      fmt::print(output(), "{}\n\n{}", line.usage, text.str());
      status = kDone;
      return std::nullopt;
    }
    po::notify(values);
  } catch (const po::error& wrong) {
    status = wrong_usage(line, describe(wrong));
    return std::nullopt;
  }
  return values;
}

int wrong_usage(const CommandLine& line, std::string_view message) {
  fmt::print(error_output(), "{}{}\n{}{}\n", say("用法错误：", "wrong usage: "), message,
             say("用法：", "usage: "), line.usage);
  return kWrongUsage;
}

}  // namespace bidui::cli
