#include "matcher/text/surname.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "matcher/text/chars.h"
#include "matcher/text/reference.h"
#include "matcher/text/surname_table.h"

namespace bidui::text {
namespace {

using Key = std::array<char32_t, 4>;

std::uint8_t flags_of(char32_t c) {
  if (!in_han_table(c)) return 0;
  return reference_rows<std::uint8_t>(ReferenceSection::kSurnameFlags)[c - kFirstHan];
}

// The rows of the surnames of one character, by character: this is asked for every name.
std::span<const std::uint16_t> plain_rows() {
  static const std::vector<std::uint16_t> kRows = [] {
    std::vector<std::uint16_t> numbers(kHanCount);  // 1 + row; 0 = none
    const auto rows = reference_rows<SurnameRow>(ReferenceSection::kSurnames);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool plain = rows[i].chars[1] == 0 && in_han_table(rows[i].chars[0]);
      if (plain) numbers[rows[i].chars[0] - kFirstHan] = static_cast<std::uint16_t>(i + 1);
    }
    return numbers;
  }();
  return kRows;
}

const SurnameRow* find_row(const Key& key) {
  const auto rows = reference_rows<SurnameRow>(ReferenceSection::kSurnames);
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), key, [](const SurnameRow& row, const Key& x) {
        return std::lexicographical_compare(row.chars, row.chars + 4, x.begin(), x.end());
      });
  const bool equal = found != rows.end() && std::equal(key.begin(), key.end(), found->chars);
  return equal ? &*found : nullptr;
}

// The longest compound surname (4 to 2 characters) that leaves at least one for the given name.
std::uint8_t compound_length(std::span<const char32_t> chars) {
  Key key{};
  std::uint8_t longest = 0;
  for (std::uint8_t i = 0; i < 4 && i + 1u < chars.size(); ++i) {
    key[i] = chars[i];
    if (i > 0 && find_row(key) != nullptr) longest = static_cast<std::uint8_t>(i + 1);
  }
  return longest;
}

}  // namespace

const SurnameRow* find_surname(char32_t first, char32_t second_or_0) {
  if (second_or_0 != 0)
    return (flags_of(first) & kStartsCompound) != 0 ? find_row({first, second_or_0, 0, 0})
                                                    : nullptr;
  if (!in_han_table(first)) return nullptr;
  const std::uint16_t row = plain_rows()[first - kFirstHan];
  return row == 0 ? nullptr : &reference_rows<SurnameRow>(ReferenceSection::kSurnames)[row - 1U];
}

bool is_surname(char32_t c) { return (flags_of(c) & kIsSurname) != 0; }

std::uint8_t surname_length(std::span<const char32_t> chars) {
  constexpr std::size_t kLongestPlain = 4;  // 王李子涵: two surnames, or a given name of three
  if (chars.empty()) return 0;
  const std::uint8_t flags = flags_of(chars[0]);
  if ((flags & kStartsCompound) != 0) {
    const std::uint8_t length = compound_length(chars);
    if (length != 0 && chars.size() <= length + 3u) return length;
  }
  if (chars.size() <= 3) return is_han(chars[0]) || (flags & kIsSurname) != 0 ? 1 : 0;
  return chars.size() <= kLongestPlain && (flags & kIsSurname) != 0 ? 1 : 0;
}

float surname_frequency(char32_t first, char32_t second_or_0) {
  constexpr float kFloor = 4e-7F;
  const SurnameRow* row = find_surname(first, second_or_0);
  return row != nullptr ? row->frequency : kFloor;
}

}  // namespace bidui::text
