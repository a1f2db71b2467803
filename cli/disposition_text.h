// What was done about flags, in words and as JSON.
#pragma once

#include <boost/json/array.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/flag/disposition_words.h"
#include "workspace/flag_steps.h"
#include "workspace/rule_precision.h"
#include "workspace/shown_flag.h"

namespace bidui::cli {

// In the user's language.
std::string_view title_of(const flag::Word& word);
// What a step's date is of, and the option that gives it; nothing where it has none.
struct DateWord {
  const char* option;
  std::string_view title;  // in the user's language
};
std::optional<DateWord> date_word(flag::Action action);
std::string roles_text(const std::vector<flag::Role>& roles);
std::string day_text(flag::DayNumber day);

// "已整改（乡镇已确认）": a state, and the first of its two signatures.
std::string state_text(flag::State state, bool township_signature);

// The deadline until which it must be checked, with how late it is; "" where there is none.
std::string deadline_text(const flag::Disposition& disposition, flag::DayNumber today);
// The steps of a flag, the state they leave it in and what is possible next.
std::string history_text(const workspace::ShownFlag& flag, flag::DayNumber today);

std::string precision_table(const std::vector<workspace::RulePrecision>& rules);
boost::json::array precision_json(const std::vector<workspace::RulePrecision>& rules);

}  // namespace bidui::cli
