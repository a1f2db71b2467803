// What a division is called.
#pragma once

#include <string>
#include <string_view>

namespace bidui::service {

// "宿松县千岭乡大河村" of a code of 6, 9 or 12 digits; the code where it is not known; "" of "".
std::string place_title(std::string_view code);

}  // namespace bidui::service
