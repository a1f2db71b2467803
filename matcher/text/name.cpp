#include "matcher/text/name.h"

#include <algorithm>

#include "matcher/text/chars.h"
#include "matcher/text/latin_name.h"
#include "matcher/text/name_cell.h"
#include "matcher/text/name_words.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/surname.h"

namespace bidui::text {
namespace {

bool is_ascii_letter(char32_t c) { return (c | 0x20) >= U'a' && (c | 0x20) <= U'z' && c < 0x80; }
bool is_digit(char32_t c) { return c - U'0' < 10; }

// Adds one character with its original form; sets kCut when there is no room.
void add_char(Name& name, char32_t original) {
  if (name.length == kMaxNameLength) {
    name.flags |= kCut;
    return;
  }
  const char32_t folded = fold_char(original);
  if (folded != original) name.flags |= kVariantFolded | kRepaired;
  name.original_folded[name.length] = original;
  name.chars[name.length++] = folded;
}

void add_wildcard(Name& name) {
  name.flags |= kDamaged | kRepaired;
  add_char(name, kWildcard);
}

// Letters inside a Han name: each syllable stands for a character that could not be typed. Letters
// that are no pinyin stand for one.
void add_pinyin(Name& name, std::u32string_view letters) {
  constexpr std::size_t kLongestSyllable = 6;
  name.flags |= kPinyinInside;
  std::array<char, kMaxCellLength> ascii{};
  std::transform(letters.begin(), letters.end(), ascii.begin(),
                 [](char32_t c) { return static_cast<char>(c); });
  std::string_view rest(ascii.data(), letters.size());
  while (!rest.empty()) {
    std::size_t length = std::min(rest.size(), kLongestSyllable);
    std::uint16_t syllable = 0;
    for (; length > 0; --length) {
      syllable = find_syllable(rest.substr(0, length));
      if (syllable != 0) break;
    }
    if (syllable == 0) length = rest.size();
    if (syllable != 0 && name.hint_syllable == 0 && name.length < kMaxNameLength) {
      name.hint_syllable = syllable;
      name.hint_index = name.length;
    }
    add_wildcard(name);
    rest.remove_prefix(length);
  }
}

// One stretch of a cell to a name of Han characters.
class HanReader {
 public:
  explicit HanReader(std::u32string_view text) : text_(text) {
    while (!text_.empty() && text_.back() == U' ') text_.remove_suffix(1);
  }

  Name read() {
    cut_marks();
    for (at_ = 0; at_ < text_.size();) step();
    name_.script = NameScript::kHan;
    return name_;
  }

 private:
  // A trailing * or number is a mark of the list's keeper, unless it stands for the given name.
  void cut_marks() {
    std::size_t end = text_.size();
    while (end > 0 &&
           (text_[end - 1] == U'*' || is_digit(text_[end - 1]) || text_[end - 1] == U' ')) {
      --end;
    }
    const std::u32string_view before = text_.substr(0, end);
    const auto units = std::count_if(before.begin(), before.end(), [](char32_t c) {
      return is_han(c) || is_ascii_letter(c) || is_placeholder(c);
    });
    if (end == text_.size() || units < 2) return;
    text_ = before;
    name_.flags |= kRemark | kRepaired;
  }

  void step() {
    const char32_t c = text_[at_];
    if (is_ascii_letter(c)) {
      std::size_t end = at_;
      while (end < text_.size() && is_ascii_letter(text_[end])) ++end;
      add_pinyin(name_, text_.substr(at_, end - at_));
      at_ = end;
      return;
    }
    ++at_;
    if (is_han(c)) {
      add_char(name_, c);
    } else if (is_placeholder(c)) {
      add_wildcard(name_);
    } else {
      if (is_interpunct(c) && name_.length > 0 && at_ < text_.size()) name_.flags |= kInterpunct;
      name_.flags |= kRepaired;
    }
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
  Name name_;
};

Name read_latin(std::u32string_view text) {
  std::array<char, kMaxCellLength * 4> utf8;
  std::size_t length = 0;
  for (const char32_t c : text) length += encode_utf8(c, utf8.data() + length);
  const LatinName latin = standardise_latin({utf8.data(), length});
  Name name;
  for (const char c : latin.view()) {
    if (c != ' ') add_char(name, static_cast<unsigned char>(c));
  }
  if (latin.cut) name.flags |= kCut;
  if (name.length > 0) name.script = NameScript::kLatin;
  return name;
}

Name read_other(std::u32string_view text) {
  Name name;
  for (const char32_t c : text) {
    if (is_placeholder(c)) {
      add_wildcard(name);
    } else if (c >= 0x80 && !is_space(c) && !is_interpunct(c)) {
      add_char(name, c);
    } else if (is_interpunct(c) && name.length > 0) {
      name.flags |= kInterpunct | kRepaired;
    }
  }
  const bool nothing_known = std::all_of(name.view().begin(), name.view().end(),
                                         [](char32_t c) { return c == kWildcard; });
  if (nothing_known) {
    Name empty;
    empty.flags = static_cast<std::uint16_t>(name.flags | (name.length > 0 ? kPlaceholder : 0));
    return empty;
  }
  name.script = NameScript::kOther;
  return name;
}

void truncate(Name& name, std::size_t length) {
  for (std::size_t i = length; i < name.length; ++i) name.chars[i] = name.original_folded[i] = 0;
  name.length = static_cast<std::uint8_t>(length);
  if (name.hint_index >= length) name.hint_syllable = name.hint_index = 0;
}

// Words at the end of a Han name that are no part of it, and its surname.
void finish_han(Name& name) {
  const std::u32string_view chars(name.chars.data(), name.length);
  if (name.length > 0 && may_end_words(chars.back())) {
    if (is_no_name(chars)) {
      truncate(name, 0);
      name.flags |= kPlaceholder;
    } else {
      const NameTail tail = name_tail(chars);
      if (tail.cut != 0) name.flags |= kRepaired;
      if (tail.remark) name.flags |= kRemark;
      if (tail.relative) name.flags |= kTitleRelative;
      if (tail.placeholder) name.flags |= kPlaceholder;
      truncate(name, name.length - tail.cut);
    }
  }
  if (name.length == 0) name.script = NameScript::kNone;
  name.surname_length = surname_length(name.view());
}

Name read_part(std::u32string_view text) {
  const bool has_han = std::any_of(text.begin(), text.end(), is_han);
  if (has_han) {
    Name name = HanReader(text).read();
    finish_han(name);
    return name;
  }
  Name name = read_latin(text);
  return name.length > 0 && std::any_of(text.begin(), text.end(), is_ascii_letter)
             ? name
             : read_other(text);
}

// Two to four ideographs of the unified block and nothing else. False when it is anything else.
bool read_plain(std::string_view utf8, Name& name) {
  if (utf8.size() < 6 || utf8.size() > 12 || utf8.size() % 3 != 0) return false;
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  std::uint8_t length = 0;
  for (; p < end; p += 3) {
    const auto b0 = static_cast<unsigned char>(p[0]);
    if (b0 < 0xE4 || b0 > 0xE9) return false;
    const Decoded decoded = decode_utf8(p, end);
    if (decoded.bytes != 3 || decoded.c < 0x4E00 || decoded.c > 0x9FA5) return false;
    const char32_t folded = fold_char(decoded.c);
    if (folded != decoded.c) name.flags |= kVariantFolded | kRepaired;
    name.original_folded[length] = decoded.c;
    name.chars[length++] = folded;
  }
  name.length = length;
  name.script = NameScript::kHan;
  finish_han(name);
  return true;
}

// True when the name is the cell as it stands, white space around it left out.
bool is_unchanged(const Name& name, std::string_view utf8) {
  const char* p = utf8.data();
  const char* const end = p + utf8.size();
  std::size_t i = 0;
  bool ended = false;
  while (p < end) {
    const Decoded decoded = decode_utf8(p, end);
    p += decoded.bytes;
    if (is_space(decoded.c) && decoded.c != 0xFEFF && (i == 0 || i == name.length)) {
      ended = i != 0;
    } else if (ended || i == name.length || decoded.c != name.original_folded[i++]) {
      return false;
    }
  }
  return i == name.length;
}

void add_alias(StandardName& all, const Name& alias) {
  if (alias.length == 0 || all.alias_count == all.aliases.size()) return;
  all.aliases[all.alias_count++] = alias;
  all.main.flags |= kAliasPresent;
}

}  // namespace

StandardName standardise_name(std::string_view utf8) {
  StandardName all;
  if (read_plain(utf8, all.main)) return all;
  all.main = Name{};
  const NameCell cell = read_name_cell(utf8);
  all.main = read_part(cell.main.view());
  all.main.flags |= cell.flags;
  if (all.main.script == NameScript::kHan && !is_unchanged(all.main, utf8)) {
    all.main.flags |= kRepaired;
  }
  for (std::size_t i = 0; i < cell.alias_count; ++i) {
    add_alias(all, read_part(cell.aliases[i].view()));
  }
  return all;
}

std::string to_utf8(const Name& name) {
  std::u32string chars(name.view().begin(), name.view().end());
  std::replace(chars.begin(), chars.end(), kWildcard, char32_t{U'□'});
  return to_utf8(std::span<const char32_t>(chars));
}

}  // namespace bidui::text
