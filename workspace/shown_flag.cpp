// A flag with its rule's words.
#include <boost/json.hpp>

#include "matcher/rule/rule_file.h"
#include "workspace/builtin_data.h"
#include "workspace/household_view.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

std::vector<std::string> titles_of(const json::value& evidence, std::string_view member) {
  std::vector<std::string> titles;
  const json::object* const object = evidence.if_object();
  const json::value* const list = object == nullptr ? nullptr : object->if_contains(member);
  if (list == nullptr || !list->is_array()) return titles;
  for (const json::value& entry : list->as_array()) {
    const json::object* const item = entry.if_object();
    const json::value* const title = item == nullptr ? nullptr : item->if_contains("title");
    if (title != nullptr && title->is_string()) titles.emplace_back(title->as_string());
  }
  return titles;
}

}  // namespace

ShownFlag describe_flag(FlagState state) {
  ShownFlag shown{.state = std::move(state)};
  const std::string path = "rules/" + shown.state.flag.rule + ".json";
  if (const auto text = builtin_file(path)) {
    const auto rule = rule::parse_rule({path, std::string(*text)});
    if (rule) shown.title = rule->title;
  }
  boost::system::error_code failure;
  const json::value evidence = json::parse(shown.state.flag.evidence, failure);
  if (failure) return shown;
  shown.undecided = titles_of(evidence, "exceptions_undecided");
  shown.visit = titles_of(evidence, "visit");
  return shown;
}

}  // namespace bidui::workspace
