// Reads the tab-separated reference tables (UTF-8, one header line).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::world {

// Calls `row` for each line after the header with its fields (at least `columns` of them, missing
// ones empty). The views live only during the call. Errors: kNotFound when the file cannot be read.
Status for_each_row(const std::string& path, std::size_t columns,
                    const std::function<void(const std::vector<std::string_view>&)>& row);

// Splits at every separator; an empty text gives no parts.
std::vector<std::string_view> split(std::string_view text, char separator);

// Leading digits as a number; 0 when there are none.
double to_number(std::string_view text);

}  // namespace bidui::world
