#include "service/place_title.h"

#include <charconv>
#include <cstdint>

#include "matcher/text/division.h"

namespace bidui::service {

std::string place_title(std::string_view code) {
  std::string title;
  for (const std::size_t digits : {6U, 9U, 12U}) {
    if (code.size() < digits) break;
    std::uint64_t number = 0;
    std::from_chars(code.data(), code.data() + digits, number);
    const std::string_view name = text::division_name(number);
    if (name.empty()) return std::string(code);
    title += name;
  }
  return title.empty() ? std::string(code) : title;
}

}  // namespace bidui::service
