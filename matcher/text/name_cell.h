// A name's cell taken apart: the slow path of name.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bidui::text {

inline constexpr std::size_t kMaxCellLength = 128;

// Characters on the stack; what does not fit is cut.
class CharBuffer {
 public:
  void push(char32_t c) {
    if (length_ < chars_.size()) chars_[length_++] = c;
  }
  void truncate(std::size_t length) { length_ = length; }
  std::size_t size() const { return length_; }
  bool empty() const { return length_ == 0; }
  char32_t operator[](std::size_t i) const { return chars_[i]; }
  std::u32string_view view() const { return {chars_.data(), length_}; }

 private:
  std::array<char32_t, kMaxCellLength> chars_{};
  std::size_t length_ = 0;
};

// The cell in compatibility form, without what surrounds a name.
struct NameCell {
  CharBuffer main;  // with spaces, interpuncts and marks; kWildcard for a described character
  std::array<CharBuffer, 2> aliases;
  std::size_t alias_count = 0;
  std::uint16_t flags = 0;  // NameFlag
};

NameCell read_name_cell(std::string_view utf8);

}  // namespace bidui::text
