#include "cli/rule_options.h"

namespace bidui::cli {

void add_rule_options(CommandLine& line) {
  add_option(
      line, "profile", po::value<std::string>()->default_value("")->value_name("NAME|FILE"),
      say("县配置：各地不同的参数、级别、清单、申辩天数；默认工作区的 profile.json，没有则用自带的 "
          "default",
          "county profile: what differs by place; default: the workspace's profile.json, "
          "else the one that ships (default)"));
  add_option(line, "rules", po::value<std::string>()->default_value("")->value_name("DIR"),
             say("县里自己的规则（目录中的 *.json，同名的取代自带的）；默认工作区的 rules/",
                 "the county's own rules (*.json of a directory; of one id they replace a shipped "
                 "rule); default: the workspace's rules/"));
}

workspace::RuleChoice rule_choice(const po::variables_map& values) {
  return {.profile = values["profile"].as<std::string>(),
          .rules = values["rules"].as<std::string>(),
          .workspace = {}};
}

}  // namespace bidui::cli
