// Rule files and county profiles (docs/rules.md) to rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/json_reader.h"
#include "matcher/rule/rule.h"

namespace bidui::rule {

// A file's name (for error messages) and content.
struct NamedText {
  std::string name;
  std::string text;
};

// One rule per file. Checks the form: keys, kinds of values, duplicate names; expressions and
// sources are checked by load_rules(). Errors: kBadInput with file, line and column.
Result<Rule> parse_rule(const NamedText& file);

// Applies the profile's object for one rule: severity, grace_days, deadline_days, parameters.
// An unknown parameter, or a value of another type than the default's, is an error.
Status apply_profile(Rule& rule, const JsonReader& entry);

// Another value for a parameter, of the same kind.
Status set_parameter(const JsonReader& value, Parameter& parameter);

}  // namespace bidui::rule
