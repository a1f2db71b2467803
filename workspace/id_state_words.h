// The states of an ID number in words: for rules, for their evidence, and for people.
#pragma once

#include <string>
#include <string_view>

#include "matcher/record/features.h"
#include "matcher/text/id_number.h"

namespace bidui::workspace {

// "bad_checksum": what rules see (Fact::kIdState).
std::string_view id_state_code(text::IdState state);

// "校验码不符" of "bad_checksum": a state that a rule shows as a value; "" for any other word.
std::string_view id_state_code_title(std::string_view code);

// Where a record's number is missing, damaged or cannot be right, in words; "" where it is sound.
std::string id_state_title(const record::PersonFeatures& person, bool chinese = true);

}  // namespace bidui::workspace
