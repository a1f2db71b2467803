#include "matcher/text/pinyin.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "matcher/text/reference.h"
#include "matcher/text/surname_table.h"

namespace bidui::text {
namespace {

Readings reading_set(std::uint32_t row) {
  const ReadingRow& set = reference_rows<ReadingRow>(ReferenceSection::kReadingSets)[row];
  return {{set.syllables[0], set.syllables[1], set.syllables[2], set.syllables[3]}};
}

// Something of each ideograph of the tables.
template <typename Of>
std::vector<std::uint16_t> codes_of_ideographs(const Of& of) {
  std::vector<std::uint16_t> codes(kHanCount);
  for (char32_t c = kFirstHan; c <= kLastHan; ++c) codes[c - kFirstHan] = of(c);
  return codes;
}

std::uint16_t folded_first(const Readings& readings) { return fold_dialect(readings.syllables[0]); }

template <typename Fold>
bool share(const Readings& a, const Readings& b, Fold fold) {
  for (const std::uint16_t x : a.syllables) {
    if (x == 0) return false;
    for (const std::uint16_t y : b.syllables) {
      if (y == 0) break;
      if (fold(x) == fold(y)) return true;
    }
  }
  return false;
}

// Lower case letters with v for ü, without a tone digit; at most 7, 0-filled. Empty when the text
// is no syllable.
SyllableRow plain_letters(std::string_view text) {
  SyllableRow row{};
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool umlaut = c == '\xC3' && i + 1 < text.size() &&
                        (text[i + 1] == '\xBC' || text[i + 1] == '\x9C');  // ü, Ü
    if (umlaut) {
      c = 'v';
      ++i;
    } else if (c == ':' && length > 0 && row.letters[length - 1] == 'u') {
      row.letters[length - 1] = 'v';
      continue;
    } else if (c >= '0' && c <= '5' && i + 1 == text.size()) {
      break;
    }
    if (c < 'a' || c > 'z' || length + 1 == sizeof row.letters) return {};
    row.letters[length++] = c;
  }
  return row;
}

}  // namespace

Readings readings(char32_t c) {
  if (in_han_table(c)) {
    return reading_set(reference_rows<std::uint16_t>(ReferenceSection::kReadingHan)[c - kFirstHan]);
  }
  return c < 0x3007 ? Readings{} : reading_set(find_pair(ReferenceSection::kReadingSparse, c, 0));
}

Readings surname_readings(char32_t first, char32_t second_or_0) {
  const SurnameRow* row = find_surname(first, second_or_0);
  return row != nullptr && row->first_set != 0 ? reading_set(row->first_set) : readings(first);
}

Readings surname_second_readings(char32_t first, char32_t second) {
  const SurnameRow* row = find_surname(first, second);
  return row != nullptr && row->second_set != 0 ? reading_set(row->second_set) : readings(second);
}

std::uint16_t fold_dialect(std::uint16_t syllable) {
  const auto codes = reference_rows<std::uint16_t>(ReferenceSection::kDialect);
  return syllable < codes.size() ? codes[syllable] : std::uint16_t{0};
}

std::uint16_t folded_reading(char32_t c) {
  static const auto kCodes =
      codes_of_ideographs([](char32_t han) { return folded_first(readings(han)); });
  return in_han_table(c) ? kCodes[c - kFirstHan] : folded_first(readings(c));
}

std::uint16_t folded_surname_reading(char32_t first) {
  static const auto kCodes =
      codes_of_ideographs([](char32_t han) { return folded_first(surname_readings(han, 0)); });
  return in_han_table(first) ? kCodes[first - kFirstHan] : folded_first(surname_readings(first, 0));
}

bool share_reading(const Readings& a, const Readings& b) {
  return share(a, b, [](std::uint16_t x) { return x; });
}

bool share_dialect_reading(const Readings& a, const Readings& b) {
  return share(a, b, fold_dialect);
}

std::uint16_t find_syllable(std::string_view letters) {
  const SyllableRow wanted = plain_letters(letters);
  if (wanted.letters[0] == '\0') return 0;
  const auto rows = reference_rows<SyllableRow>(ReferenceSection::kSyllables);
  const auto found = std::lower_bound(
      rows.begin() + 1, rows.end(), wanted, [](const SyllableRow& a, const SyllableRow& b) {
        return std::memcmp(a.letters, b.letters, sizeof a.letters) < 0;
      });
  const bool equal = found != rows.end() &&
                     std::memcmp(found->letters, wanted.letters, sizeof wanted.letters) == 0;
  return equal ? static_cast<std::uint16_t>(found - rows.begin()) : std::uint16_t{0};
}

std::string_view syllable_letters(std::uint16_t syllable) {
  const auto rows = reference_rows<SyllableRow>(ReferenceSection::kSyllables);
  if (syllable >= rows.size()) return {};
  const char* letters = rows[syllable].letters;
  return {letters, strnlen(letters, sizeof rows[syllable].letters)};
}

}  // namespace bidui::text
