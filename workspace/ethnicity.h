// A cell of 民族 as the name of GB/T 3304.
#pragma once

#include <string_view>

namespace bidui::workspace {

// "汉族" for 汉族, 汉, 01, 1 and HA; "" where the text is none of them. Lives as long as the
// program. O(1), from the table schemas/reference/codes.tsv, read once.
std::string_view ethnicity_name(std::string_view text);

// The majority's name, 汉族.
std::string_view majority_ethnicity();

}  // namespace bidui::workspace
