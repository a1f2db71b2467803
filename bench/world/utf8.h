// Just enough UTF-8 for names and addresses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bidui::world {

// One string per code point. Input is always our own valid UTF-8.
std::vector<std::string> characters(std::string_view text);

// How many code points.
std::size_t character_count(std::string_view text);

// ASCII letters, digits and blanks to their full-width forms.
std::string full_width(std::string_view ascii);

// 1 to 99 in Chinese numerals: 12 -> 十二.
std::string chinese_number(int number);

// Bytes of a delivery: "gb18030" or "UTF-16LE" (with its byte order mark) from UTF-8.
std::string encode(const std::string& utf8, const char* encoding);

}  // namespace bidui::world
