// Sex as the registries spell it (GB/T 2261.1).
#pragma once

#include <cstdint>
#include <string_view>

namespace bidui::text {

enum class Sex : std::uint8_t { kUnknown, kMale, kFemale };

// 男 女 1 2 M F male female 男性 女性, in any case and width, with spaces; anything else kUnknown
// (also 0 and 9, the codes for unknown and not stated).
Sex parse_sex(std::string_view text);

}  // namespace bidui::text
