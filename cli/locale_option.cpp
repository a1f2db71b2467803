#include "cli/locale_option.h"

namespace bidui::cli {

using connectors::report::Locale;

void add_locale_option(CommandLine& line) {
  add_option(
      line, "locale", po::value<std::string>()->value_name("zh|en"),
      say("结果的语言，默认随界面", "language of the result; default: that of the messages"));
}

std::optional<Locale> wanted_locale(const CommandLine& line, const po::variables_map& values,
                                    int& status) {
  if (values.count("locale") == 0) return chinese() ? Locale::kChinese : Locale::kEnglish;
  const std::string name = values["locale"].as<std::string>();
  if (name == "zh") return Locale::kChinese;
  if (name == "en") return Locale::kEnglish;
  status = wrong_usage(line, say("--locale 只能是 zh 或 en", "--locale must be zh or en"));
  return std::nullopt;
}

}  // namespace bidui::cli
