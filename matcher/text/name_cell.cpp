#include "matcher/text/name_cell.h"

#include <algorithm>

#include "matcher/text/chars.h"
#include "matcher/text/name.h"
#include "matcher/text/name_words.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

bool is_opening(char32_t c) {
  constexpr std::u32string_view kOpening = U"([{<【〔〈《「『";
  return kOpening.find(c) != kOpening.npos;
}

bool is_closing(char32_t c) {
  constexpr std::u32string_view kClosing = U")]}>】〕〉》」』";
  return kClosing.find(c) != kClosing.npos;
}

bool is_quote(char32_t c) {
  constexpr std::u32string_view kQuotes = U"'\"`‘’“”";
  return kQuotes.find(c) != kQuotes.npos;
}

// Between two names of one person, and between two persons.
bool separates_alias(char32_t c) { return c == U'/' || c == U'\\' || c == U'|'; }
bool separates_persons(char32_t c) {
  return c == U'、' || c == U',' || c == U';' || c == U'&' || c == U'\n';
}

CharBuffer decode_cell(std::string_view utf8) {
  std::array<char32_t, kMaxCellLength> raw;
  const std::size_t count = decode_utf8(utf8, raw);
  CharBuffer chars;
  for (std::size_t i = 0; i < count; ++i) {
    const char32_t c = fold_compatibility(raw[i]);
    if (is_ignorable(c) || is_quote(c)) continue;
    if (c == U'\n') {
      chars.push(c);
    } else if (!is_space(c)) {
      chars.push(c);
    } else if (c == U' ' || c == U'\t' || c == 0x3000) {
      chars.push(U' ');
    }
  }
  return chars;
}

std::u32string_view trim(std::u32string_view text) {
  while (!text.empty() && (text[0] == U' ' || text[0] == U'\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == U' ' || text.back() == U'\n')) text.remove_suffix(1);
  return text;
}

class Splitter {
 public:
  explicit Splitter(std::u32string_view text) : text_(trim(text)) {
    has_han_ = std::any_of(text_.begin(), text_.end(), is_han);
  }

  NameCell split() {
    skip_label();
    while (at_ < text_.size()) {
      const char32_t c = text_[at_];
      if (is_opening(c)) {
        bracket(at_ + 1);
      } else if (has_han_ && separates_alias(c)) {
        rest_is_alias();
      } else if (has_han_ && separates_persons(c) && !cell_.main.empty()) {
        rest_after_comma();
      } else if (alias_word_here()) {
        bracket(at_);
      } else {
        if (!is_closing(c)) cell_.main.push(c);
        ++at_;
      }
    }
    return cell_;
  }

 private:
  // 户主：王伟, 姓名:王伟
  void skip_label() {
    constexpr std::size_t kLongestLabel = 4;
    const std::size_t colon = text_.find(U':');
    if (colon == text_.npos || !has_han_) return;
    const std::u32string_view label = text_.substr(0, colon);
    if (label.size() > kLongestLabel || std::any_of(label.begin(), label.end(), is_opening)) return;
    cell_.flags |= kRemark | kRepaired;
    at_ = colon + 1;
  }

  // 王伟曾用名王强: the rest is as if it stood in brackets.
  bool alias_word_here() const {
    const std::u32string_view rest = text_.substr(at_);
    return !cell_.main.empty() && (rest.starts_with(U"曾用名") || rest.starts_with(U"又名") ||
                                   rest.starts_with(U"原名") || rest.starts_with(U"别名"));
  }

  // What follows a comma: another person, or a remark.
  void rest_after_comma() {
    const std::u32string_view rest = trim(text_.substr(at_ + 1));
    const Bracket found = classify_bracket(rest.substr(0, rest.find_first_of(U"、,;&")), 0);
    const bool person = found.kind == BracketKind::kAlias;
    cell_.flags |= static_cast<std::uint16_t>(kRepaired | (person ? kSeveralPersons : kRemark));
    at_ = text_.size();
  }

  void bracket(std::size_t start) {
    std::size_t end = start;
    while (end < text_.size() && !is_closing(text_[end])) ++end;
    const std::u32string_view content = trim(text_.substr(start, end - start));
    at_ = std::min(end + 1, text_.size());
    cell_.flags |= kRepaired;
    const Bracket found = classify_bracket(content, cell_.main.empty() ? 0 : cell_.main[0]);
    switch (found.kind) {
      case BracketKind::kRemark:
        cell_.flags |= kRemark;
        break;
      case BracketKind::kAlias:
        add_alias(found.alias);
        break;
      case BracketKind::kDescription:
        cell_.main.push(kWildcard);
        break;
    }
  }

  void rest_is_alias() {
    const std::size_t start = at_ + 1;
    std::size_t end = start;
    while (end < text_.size() && !separates_alias(text_[end]) && !is_opening(text_[end])) ++end;
    add_alias(trim(text_.substr(start, end - start)));
    cell_.flags |= kRepaired;
    at_ = end;
  }

  void add_alias(std::u32string_view alias) {
    if (alias.empty()) return;
    if (trim(cell_.main.view()).empty()) {  // (王伟): the brackets hold the name itself
      for (const char32_t c : alias) cell_.main.push(c);
      return;
    }
    if (cell_.alias_count == cell_.aliases.size()) return;
    for (const char32_t c : alias) cell_.aliases[cell_.alias_count].push(c);
    ++cell_.alias_count;
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
  bool has_han_ = false;
  NameCell cell_;
};

}  // namespace

NameCell read_name_cell(std::string_view utf8) {
  const CharBuffer chars = decode_cell(utf8);
  return Splitter(chars.view()).split();
}

}  // namespace bidui::text
