#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <set>

#include "cli/options.h"
#include "cli/rule_options.h"
#include "cli/rule_text.h"
#include "matcher/base/bilingual_error.h"
#include "matcher/rule/case_file.h"
#include "workspace/rule_files.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using rule::NamedText;
using Words = std::vector<std::string>;

bool names_file(const std::string& word) { return word.ends_with(".json"); }

int list(const rule::RuleSet& rules, bool as_json) {
  if (!as_json) {
    fmt::print(output(), "{}", rule_table(rules.rules()));
    return kDone;
  }
  json::array all;
  for (const rule::Rule& rule : rules.rules()) all.push_back(rule_json(rule));
  fmt::print(output(), "{}\n", json::serialize(all));
  return kDone;
}

Result<const rule::Rule*> find_rule(const rule::RuleSet& rules, const std::string& id) {
  const auto at = std::ranges::find(rules.rules(), id, &rule::Rule::id);
  if (at != rules.rules().end()) return &*at;
  return bilingual_error(ErrorCode::kNotFound, "没有这条规则，见 bidui rule list",
                         "no rule has this id; see bidui rule list", id);
}

// The values in force as one file, to be edited.
int show_profile(const rule::RuleSet& rules, const std::vector<NamedText>& layers) {
  const auto profile = rule::Profile::parse(layers);
  if (!profile) return fail(profile.error());
  fmt::print(output(), "{}", profile_file(rules, *profile));
  return kDone;
}

int show(const rule::RuleSet& rules, const std::string& id, bool as_json) {
  const auto found = find_rule(rules, id);
  if (!found) return fail(found.error());
  as_json ? fmt::print(output(), "{}\n", json::serialize(rule_json(**found)))
          : fmt::print(output(), "{}", rule_page(**found));
  return kDone;
}

Result<rule::RuleSet> load(const std::vector<NamedText>& own,
                           const std::vector<NamedText>& profile) {
  const auto files = workspace::rule_files(own, profile);
  BIDUI_TRY(files);
  auto types = workspace::known_source_types(files->rules);
  BIDUI_TRY(types);
  return workspace::load_rule_set(std::move(*types), *files);
}

// Each file by itself, so that every one tells its first error.
int check(const std::vector<NamedText>& files, const std::vector<NamedText>& profile) {
  int status = kDone;
  const auto types = workspace::known_source_types(files);
  if (!types) return fail(types.error());
  for (const NamedText& file : files) {
    const auto loaded = rule::load_rules(*types, std::vector{file});
    if (!loaded) {
      fail(loaded.error());
      status = kCheckFailed;
    }
  }
  if (status != kDone) return status;
  const auto all = load(files, profile);
  if (!all) {
    fail(all.error());
    return kCheckFailed;
  }
  fmt::print(output(), "{}\n",
             fmt::format(fmt::runtime(say("{} 条规则，没有错误", "{} rules, no error")),
                         all->rules().size()));
  return kDone;
}

struct Tested {
  std::string rule;
  NamedText cases;
};

// The rules that `words` name, by id or by file; where it is empty, all shipped ones that no own
// one replaces, and of the own ones those that have a case file.
Result<std::vector<Tested>> rules_to_test(const rule::RuleSet& rules, const Words& words,
                                          const std::vector<NamedText>& own) {
  std::vector<Tested> tested;
  std::set<std::string> own_ids;
  for (const NamedText& file : own) {
    const auto rule = rule::parse_rule(file);
    BIDUI_TRY(rule);
    own_ids.insert(rule->id);
    auto cases = workspace::read_rule_file(workspace::case_file_of(file.name));
    if (words.empty() && cases && find_rule(rules, rule->id))  // not switched off
      tested.push_back({rule->id, std::move(*cases)});
  }
  const auto add_shipped = [&](const std::string& id) -> Status {
    const auto found = find_rule(rules, id);
    BIDUI_TRY(found);
    const auto cases = workspace::shipped_cases(id);
    if (cases) tested.push_back({id, *cases});
    return {};
  };
  for (const std::string& word : words) {
    if (!names_file(word)) {
      BIDUI_TRY(add_shipped(word));
      continue;
    }
    const auto file = workspace::read_rule_file(word);
    BIDUI_TRY(file);
    const auto rule = rule::parse_rule(*file);
    BIDUI_TRY(rule);
    auto cases = workspace::read_rule_file(workspace::case_file_of(word));
    BIDUI_TRY(cases);
    tested.push_back({rule->id, std::move(*cases)});
  }
  for (const rule::Rule& rule : rules.rules()) {
    if (words.empty() && !own_ids.contains(rule.id)) BIDUI_TRY(add_shipped(rule.id));
  }
  return tested;
}

int test(const rule::RuleSet& rules, const Words& words, const std::vector<NamedText>& own) {
  const auto tested = rules_to_test(rules, words, own);
  if (!tested) return fail(tested.error());
  std::size_t count = 0, failed = 0;
  for (const Tested& t : *tested) {
    const auto results = rule::run_cases(rules, t.rule, t.cases);
    if (!results) return fail(results.error());
    for (const rule::CaseResult& result : *results) {
      ++count;
      if (result.failure.en.empty()) continue;
      ++failed;
      fmt::print(output(), "{}  {}\n    {}\n", result.place, result.note,
                 say(result.failure.zh, result.failure.en));
    }
  }
  fmt::print(output(), "{}\n",
             fmt::format(fmt::runtime(say("{} 条规则，{} 个案例，{} 个不符",
                                          "{} rules, {} cases, {} failed")),
                         tested->size(), count, failed));
  return failed == 0 ? kDone : kCheckFailed;
}

// The files among the words, and those of the county.
Result<std::vector<NamedText>> own_files(const Words& words, const workspace::RuleChoice& choice) {
  auto own = workspace::own_rules(choice);
  BIDUI_TRY(own);
  std::vector<NamedText> files = std::move(*own);
  for (const std::string& word : words) {
    if (!names_file(word)) continue;
    auto file = workspace::read_rule_file(word);
    BIDUI_TRY(file);
    files.push_back(std::move(*file));
  }
  return files;
}

}  // namespace

int run_rule(const Arguments& arguments) {
  CommandLine line{
      .usage =
          "bidui rule list | show RULE | check [FILE.json …] | test [RULE | FILE.json …]\n"
          "      | profile   [-w DIR] [--profile NAME|FILE] [--rules DIR]"};
  add_option(line, "workspace,w", po::value<std::string>()->default_value("")->value_name("DIR"),
             say("工作区目录：用它的 profile.json 和 rules/",
                 "workspace directory: its profile.json and rules/ are used"));
  add_rule_options(line);
  add_json_option(line);
  add_arguments(line, "words");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  auto words = (*values)["words"].as<Words>();
  const std::string what = words.front();
  words.erase(words.begin());
  const bool as_json = values->count("json") != 0;
  const bool is_known = what == "check" || what == "test" ||
                        (what == "show" && words.size() == 1) ||
                        ((what == "list" || what == "profile") && words.empty());
  if (!is_known)
    return wrong_usage(line, say("须为 list、show 规则、check、test 或 profile",
                                 "list, show RULE, check, test or profile"));
  if (what == "check") {
    const auto no_file = std::ranges::find_if_not(words, names_file);
    if (no_file != words.end())
      return wrong_usage(line, std::string(say("check 要规则文件（.json）：",
                                               "check takes rule files (.json), not ")) +
                                   *no_file);
  }
  workspace::RuleChoice choice = rule_choice(*values);
  choice.workspace = (*values)["workspace"].as<std::string>();
  const auto files = own_files(words, choice);
  if (!files) return fail(files.error());
  const auto profile = workspace::profile_layers(choice);
  if (!profile) return fail(profile.error());
  if (what == "check") return check(*files, *profile);
  const auto rules = load(*files, *profile);
  if (!rules) {
    const int code = fail(rules.error());
    return what == "test" ? kCheckFailed : code;
  }
  if (what == "list") return list(*rules, as_json);
  if (what == "profile") return show_profile(*rules, *profile);
  return what == "show" ? show(*rules, words.front(), as_json) : test(*rules, words, *files);
}

}  // namespace bidui::cli
