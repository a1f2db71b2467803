// Latin letters with accents to ASCII, from ICU's Latin-ASCII.
#include <cstring>
#include <memory>
#include <string>
#include <unicode/translit.h>

#include "tools/pack_reference/packers.h"
#include "tools/pack_reference/tsv.h"

namespace bidui::pack {
namespace {

text::LatinRow row_of(const icu::Transliterator& fold, char32_t c) {
  icu::UnicodeString letter(static_cast<UChar32>(c));
  fold.transliterate(letter);
  letter.toUpper();
  std::string ascii;
  letter.toUTF8String(ascii);
  text::LatinRow row{};
  if (ascii.size() > sizeof row.letters) return row;
  for (const char letter_byte : ascii) {
    if (letter_byte < 'A' || letter_byte > 'Z') return row;
  }
  std::memcpy(row.letters, ascii.data(), ascii.size());
  return row;
}

std::vector<text::LatinRow> rows_of(const icu::Transliterator& fold, char32_t first,
                                    char32_t last) {
  std::vector<text::LatinRow> rows;
  for (char32_t c = first; c <= last; ++c) rows.push_back(row_of(fold, c));
  return rows;
}

}  // namespace

void pack_latin(Block& block) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> fold(
      icu::Transliterator::createInstance("Latin-ASCII", UTRANS_FORWARD, status));
  if (U_FAILURE(status)) fail("ICU has no Latin-ASCII");
  block.set(text::ReferenceSection::kLatinLow, rows_of(*fold, 0xC0, 0x24F));
  block.set(text::ReferenceSection::kLatinHigh, rows_of(*fold, 0x1E00, 0x1EFF));
}

}  // namespace bidui::pack
