// The one policy of masking, used wherever a value leaves the workspace without --reveal:
//
//   names       the first character of the surname, then one * for each further character: 王**,
//   欧***
//               (the length stays, so that lists can be told apart); Latin: the initial and ***.
//   ID numbers  the first 6 and the last 2 of 18: 340826**********3X. The county is no secret in a
//   county's
//               lists, the birth date and sequence are. Other lengths: the first 2, then *.
//   phones      the first 3 and the last 2 digits: 138******34.
//   addresses   down to the village; group, house number and what follows are *.
//
// Damaged and odd values are masked the same way, by position: a mask never reveals more of an odd
// value than of a good one.
#pragma once

#include <string>
#include <string_view>

namespace bidui::text {

std::string mask_id(std::string_view text);
std::string mask_name(std::string_view text);
std::string mask_phone(std::string_view text);
std::string mask_address(std::string_view text);

// For a value of which the kind is unknown (rejects): the first character, then ***; empty stays.
std::string mask_other(std::string_view text);

}  // namespace bidui::text
