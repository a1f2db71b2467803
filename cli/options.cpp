#include "cli/options.h"

#include <fmt/format.h>
#include <sstream>

namespace bidui::cli {

std::optional<po::variables_map> parse(CommandLine& line, const Arguments& arguments, int& status) {
  line.options.add_options()("help,h", std::string(say("显示帮助", "show this help")).c_str());
  po::options_description all;
  all.add(line.options).add(line.hidden);
  po::variables_map values;
  try {
    po::store(po::command_line_parser(arguments).options(all).positional(line.positional).run(),
              values);
    if (values.count("help") != 0) {
      std::ostringstream text;
      text << line.options;
      fmt::print("{}\n\n{}", line.usage, text.str());
      status = kDone;
      return std::nullopt;
    }
    po::notify(values);
  } catch (const po::error& wrong) {
    fmt::print(stderr, "{}{}\n{}\n", say("用法错误：", "wrong usage: "), wrong.what(), line.usage);
    status = kWrongUsage;
    return std::nullopt;
  }
  return values;
}

}  // namespace bidui::cli
