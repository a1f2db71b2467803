// A step that was taken about a flag, in words.
#pragma once

#include <string>
#include <string_view>

#include "matcher/flag/disposition_words.h"
#include "workspace/flag_steps.h"
#include "workspace/wording.h"

namespace bidui::workspace {

std::string_view title_of(const flag::Word& word, Locale locale);

// "期限": what the date of such a step is of; "" where it has none.
std::string_view step_date_title(flag::Action action, Locale locale);

// "已整改（乡镇已确认）": a state, and the first of its two signatures.
std::string state_words(flag::State state, bool township_signature, Locale locale);

// "核实：不属实（合理例外、入户 2017-12-03）：…"
std::string step_words(const KeptStep& step, Locale locale);

}  // namespace bidui::workspace
