// Names in Latin letters: accents folded, punctuation removed, tokens that can be compared by
// sound.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace bidui::text {

inline constexpr std::size_t kMaxLatinLength = 32;
inline constexpr std::size_t kMaxLatinTokens = 6;

struct LatinName {
  std::array<char, kMaxLatinLength> text{};  // A-Z, 0-9 and single spaces; 0-filled
  std::uint8_t length = 0;
  std::uint8_t token_count = 0;
  bool cut = false;  // longer than the text

  std::string_view view() const { return {text.data(), length}; }
  std::string_view token(std::size_t i) const;  // empty beyond token_count

  bool operator==(const LatinName&) const = default;
};

// Upper case ASCII: accents folded (é to E, ß to SS, ø to O), apostrophes and dots dropped inside a
// token (O'BRIEN to OBRIEN), hyphens and other punctuation to a space. Letters of other scripts are
// left out. No allocation.
LatinName standardise_latin(std::string_view utf8);

// A code by sound for names of English, after NYSIIS, at most 6 letters in base 27; 0 when the
// token has no letter. MACDONALD = MCDONALD, PHILIP = FILIP.
std::uint32_t phonetic_code(std::string_view token);

}  // namespace bidui::text
