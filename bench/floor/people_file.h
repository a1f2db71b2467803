// Rows of the files that `bidui-world --pair` writes, as numbers, without copies of the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bidui::floor {

// 0 stands for "missing" in every number. Text points into the mapped file.
struct Person {
  std::string_view key;
  std::string_view name;
  std::uint64_t id = 0;  // the first 17 digits of the ID number; 15 digits brought to 17
  std::uint64_t phone = 0;
  std::uint32_t birth = 0;  // yyyymmdd
  std::uint32_t house = 0;  // hash of the address without white space
  char sex = 0;             // last byte of the character
};

// A file mapped for reading until the end of the program. Empty if it cannot be.
std::string_view map_file(const char* path);

// Reads key, name, sex, ID number, birth date, address, phone from the row at the front of `text`
// and removes the row. No quoted cells: the generator writes none.
Person take_person(std::string_view& text);

// Removes the header row.
void skip_header(std::string_view& text);

}  // namespace bidui::floor
