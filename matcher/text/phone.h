// Telephone numbers.
#pragma once

#include <cstdint>
#include <string_view>

namespace bidui::text {

// A mobile number as its 11 digits, a landline as its area code and number without the leading 0
// (0556-7821234 is 5567821234; without area code the 7 or 8 digits). +86, 0086, 86, spaces, dashes,
// full width digits, .0 and apostrophes are removed; of several numbers the first. 0 if there is
// none, or all digits are equal.
std::uint64_t parse_phone(std::string_view text);

bool is_mobile(std::uint64_t phone);

}  // namespace bidui::text
