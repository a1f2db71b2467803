// "did you mean …": the nearest of the names that would have been right.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "matcher/base/bilingual_error.h"

namespace bidui::rule {

// "；是不是“household”？", "; did you mean 'household'?" for the candidate within a third of the
// name's length in edits, else "; known are a, b, c" when there are at most 12 candidates, else "".
Bilingual suggestion(std::string_view name, std::span<const std::string> candidates);

}  // namespace bidui::rule
