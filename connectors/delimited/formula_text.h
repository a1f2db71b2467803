// Text that a spreadsheet would run, made harmless in the CSV files that people open, and given
// back as it was when such a file returns. The one place where it is decided. (In a workbook text
// stands in cells of text: xlsx_book.h.)
#pragma once

#include <string>
#include <string_view>

namespace bidui::connectors {

// Whether a spreadsheet may take the text for a formula: behind white space and what is not seen it
// begins with = + - @, also in full width; or it begins with tab, CR or LF. A negative number
// (-3.5) and a lone minus are none.
bool looks_like_formula(std::string_view text);

// With an apostrophe before it where it looks like a formula, or like one that has this apostrophe;
// else as it is. restored(neutralised(text)) == text.
std::string neutralised(std::string_view text);
std::string_view restored(std::string_view cell);

}  // namespace bidui::connectors
