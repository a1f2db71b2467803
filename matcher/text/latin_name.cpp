#include "matcher/text/latin_name.h"

#include "matcher/text/chars.h"
#include "matcher/text/reference.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

// The ASCII letters of an accented Latin letter; none for anything else.
std::string_view ascii_letters(char32_t c) {
  const LatinRow* row = nullptr;
  if (c >= 0xC0 && c <= 0x24F) {
    row = &reference_rows<LatinRow>(ReferenceSection::kLatinLow)[c - 0xC0];
  } else if (c >= 0x1E00 && c <= 0x1EFF) {
    row = &reference_rows<LatinRow>(ReferenceSection::kLatinHigh)[c - 0x1E00];
  } else {
    return {};
  }
  std::size_t length = 0;
  while (length < sizeof row->letters && row->letters[length] != '\0') ++length;
  return {row->letters, length};
}

bool is_upper_or_digit(char32_t c) { return (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9'); }

// Dropped inside a token: O'BRIEN, ST.JOHN keeps its letters together only for apostrophes.
bool is_dropped(char32_t c) {
  return c == U'\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x00B4 || c == U'`' ||
         is_ignorable(c);
}

class Writer {
 public:
  void letter(char c) {
    const std::size_t needed = pending_space_ && name_.length > 0 ? 2 : 1;
    const bool new_token = name_.length == 0 || needed == 2;
    if (name_.length + needed > kMaxLatinLength ||
        (new_token && name_.token_count == kMaxLatinTokens)) {
      name_.cut = true;
      return;
    }
    if (needed == 2) name_.text[name_.length++] = ' ';
    if (new_token) ++name_.token_count;
    name_.text[name_.length++] = c;
    pending_space_ = false;
  }
  void space() { pending_space_ = true; }
  const LatinName& name() const { return name_; }
  bool cut() const { return name_.cut; }

 private:
  LatinName name_;
  bool pending_space_ = false;
};

void add(Writer& writer, char32_t c) {
  c = fold_char(c);
  if (c >= U'a' && c <= U'z') c -= U'a' - U'A';
  if (is_upper_or_digit(c)) {
    writer.letter(static_cast<char>(c));
  } else if (const std::string_view letters = ascii_letters(c); !letters.empty()) {
    for (const char letter : letters) writer.letter(letter);
  } else if (!is_dropped(c)) {
    writer.space();
  }
}

}  // namespace

std::string_view LatinName::token(std::size_t i) const {
  std::string_view rest = view();
  for (; i > 0; --i) {
    const std::size_t space = rest.find(' ');
    if (space == rest.npos) return {};
    rest.remove_prefix(space + 1);
  }
  return rest.substr(0, rest.find(' '));
}

LatinName standardise_latin(std::string_view utf8) {
  Writer writer;
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  while (p < end && !writer.cut()) {
    const Decoded decoded = decode_utf8(p, end);
    add(writer, decoded.c);
    p += decoded.bytes;
  }
  return writer.name();
}

}  // namespace bidui::text
