// The packed surnames, for the files of this folder.
#pragma once

#include "matcher/text/reference_layout.h"

namespace bidui::text {

// The row of a surname of one (second = 0) or two characters; nullptr when the table has none.
const SurnameRow* find_surname(char32_t first, char32_t second_or_0);

}  // namespace bidui::text
