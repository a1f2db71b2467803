#include "bench/world/utf8.h"

#include <array>
#include <unicode/ucnv.h>

namespace bidui::world {
namespace {

std::size_t sequence_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

}  // namespace

std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text[i]);
    result.emplace_back(text.substr(i, length));
    i += length;
  }
  return result;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += sequence_length(text[i])) ++count;
  return count;
}

std::string full_width(std::string_view ascii) {
  std::string result;
  for (const char c : ascii) {
    const unsigned code = 0xff01U + static_cast<unsigned>(static_cast<unsigned char>(c)) - 0x21U;
    result += static_cast<char>(0xe0U | (code >> 12U));
    result += static_cast<char>(0x80U | ((code >> 6U) & 0x3fU));
    result += static_cast<char>(0x80U | (code & 0x3fU));
  }
  return result;
}

std::string chinese_number(int number) {
  static constexpr std::array<const char*, 10> kDigits = {"",   "一", "二", "三", "四",
                                                          "五", "六", "七", "八", "九"};
  const auto tens = static_cast<std::size_t>(number / 10 % 10);
  std::string result;
  if (tens > 1) result += kDigits[tens];
  if (tens > 0) result += "十";
  return result + kDigits[static_cast<std::size_t>(number % 10)];
}

std::string encode(const std::string& utf8, const char* encoding) {
  const bool utf16 = std::string_view(encoding) == "UTF-16LE";
  std::string result(utf8.size() * 2 + 16, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t size =
      ucnv_convert(encoding, "UTF-8", result.data(), static_cast<std::int32_t>(result.size()),
                   utf8.data(), static_cast<std::int32_t>(utf8.size()), &status);
  result.resize(U_SUCCESS(status) ? static_cast<std::size_t>(size) : 0);
  return utf16 ? "\xff\xfe" + result : result;
}

}  // namespace bidui::world
