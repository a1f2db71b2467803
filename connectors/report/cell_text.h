// Text made fit for a spreadsheet's cell.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bidui::connectors::report {

// The most that Excel keeps in one cell, in UTF-16 code units.
inline constexpr std::size_t kCellUnits = 32767;

// Valid UTF-8 from any bytes: what does not decode becomes U+FFFD, control characters other than
// tab and line feed become a space, CR LF becomes LF. O(length).
std::string clean_text(std::string_view bytes);

// At most `limit` UTF-16 code units of clean text; what is cut ends in `mark`, within the limit.
std::string cut_text(std::string clean, std::string_view mark, std::size_t limit = kCellUnits);

// Clean text in which nothing is an escape of the XLSX format: "_x0041_" would show as "A" and
// becomes
// "_x005F_x0041_", which shows as it was (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
std::string literal_text(std::string_view bytes);

// Width of the widest line in columns of a spreadsheet: a Chinese character counts 2. O(length).
std::size_t display_width(std::string_view text);

// Sheet name that Excel accepts: none of []:*?/\, no apostrophe at the ends, at most 31 UTF-16
// units with `suffix`, which is kept whole. An empty name becomes "Sheet".
std::string sheet_name(std::string_view wanted, std::string_view suffix = {});

}  // namespace bidui::connectors::report
