// Rules as text and JSON for people who read and write them.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "matcher/rule/rule_set.h"

namespace bidui::cli {

// A line for each rule.
std::string rule_table(const std::vector<rule::Rule>& rules);

// Everything a rule says, for a county officer: what is asked, of whom, what excuses, on what
// basis.
std::string rule_page(const rule::Rule& rule);

// A profile file that holds every value in force: of all rules, of the campaign and of contests.
std::string profile_file(const rule::RuleSet& rules, const rule::Profile& profile);

boost::json::object rule_json(const rule::Rule& rule);

}  // namespace bidui::cli
