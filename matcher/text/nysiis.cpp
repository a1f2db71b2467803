// Names in Latin letters by sound.
#include <array>

#include "matcher/text/latin_name.h"

namespace bidui::text {
namespace {

constexpr std::size_t kCodeLength = 6;

// A token's letters while they are rewritten.
class Letters {
 public:
  explicit Letters(std::string_view token) {
    for (const char c : token) {
      if (c >= 'A' && c <= 'Z' && length_ < chars_.size()) chars_[length_++] = c;
    }
  }
  std::string_view view() const { return {chars_.data(), length_}; }

  // Replaces a beginning by letters that are not longer.
  void replace_start(std::string_view from, std::string_view to) {
    if (!view().starts_with(from)) return;
    const std::size_t removed = from.size() - to.size();
    for (std::size_t i = from.size(); i < length_; ++i) chars_[i - removed] = chars_[i];
    length_ -= removed;
    for (std::size_t i = 0; i < to.size(); ++i) chars_[i] = to[i];
  }
  bool replace_end(std::string_view from, char to) {
    if (!view().ends_with(from)) return false;
    length_ -= from.size();
    chars_[length_++] = to;
    return true;
  }
  std::string_view from(std::size_t i) const { return view().substr(i); }

 private:
  std::array<char, 32> chars_{};
  std::size_t length_ = 0;
};

bool is_vowel(char c) { return c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U'; }

struct Sound {
  std::string_view letters;
  std::size_t used;
};

// The sound of what `rest` begins with; `before` is the letter in front of it.
Sound next_sound(std::string_view rest, char before) {
  if (rest.starts_with("EV")) return {"AF", 2};
  if (is_vowel(rest[0])) return {"A", 1};
  if (rest.starts_with("KN")) return {"N", 2};
  if (rest.starts_with("SCH")) return {"S", 3};
  if (rest.starts_with("PH")) return {"F", 2};
  switch (rest[0]) {
    case 'Q':
      return {"G", 1};
    case 'Z':
      return {"S", 1};
    case 'M':
      return {"N", 1};
    case 'K':
      return {"C", 1};
    case 'H': {
      const bool silent = !is_vowel(before) || (rest.size() > 1 && !is_vowel(rest[1]));
      return silent ? Sound{"", 1} : Sound{"H", 1};
    }
    case 'W':
      return is_vowel(before) ? Sound{"", 1} : Sound{"W", 1};
    default:
      return {rest.substr(0, 1), 1};
  }
}

}  // namespace

// Robert L. Taft, "Name Search Techniques" (New York State, 1970), in its usual modern reading.
std::uint32_t phonetic_code(std::string_view token) {
  Letters letters(token);
  if (letters.view().empty()) return 0;
  letters.replace_start("MAC", "MC");
  letters.replace_start("KN", "N");
  letters.replace_start("PH", "F");
  letters.replace_start("PF", "F");
  letters.replace_start("SCH", "S");
  if (letters.view()[0] == 'K') letters.replace_start("K", "C");
  for (const std::string_view end : {"EE", "IE"}) {
    if (letters.replace_end(end, 'Y')) break;
  }
  for (const std::string_view end : {"DT", "RT", "RD", "NT", "ND"}) {
    if (letters.replace_end(end, 'D')) break;
  }

  std::array<char, 40> code{};
  std::size_t length = 0;
  code[length++] = letters.view()[0];
  char before = letters.view()[0];
  for (std::size_t i = 1; i < letters.view().size() && length < code.size() - 2;) {
    const Sound sound = next_sound(letters.from(i), before);
    for (const char c : sound.letters) {
      if (code[length - 1] != c) code[length++] = c;
    }
    before = letters.view()[i + sound.used - 1];
    i += sound.used;
  }
  if (length > 1 && code[length - 1] == 'S') --length;
  if (length > 2 && code[length - 2] == 'A' && code[length - 1] == 'Y') code[--length - 1] = 'Y';
  if (length > 1 && code[length - 1] == 'A') --length;

  std::uint32_t packed = 0;
  for (std::size_t i = 0; i < kCodeLength; ++i) {
    packed = packed * 27 + (i < length ? static_cast<std::uint32_t>(code[i] - 'A' + 1) : 0);
  }
  return packed;
}

}  // namespace bidui::text
