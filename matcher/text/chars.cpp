#include "matcher/text/chars.h"

#include "matcher/text/reference.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

constexpr bool in(char32_t c, char32_t first, char32_t last) { return c - first <= last - first; }

constexpr bool is_full_width(char32_t c) { return in(c, 0xFF01, 0xFF5E); }

bool is_private_use(char32_t c) {
  return in(c, 0xE000, 0xF8FF) || in(c, 0xF0000, 0xFFFFD) || in(c, 0x100000, 0x10FFFD);
}

}  // namespace

char32_t fold_char(char32_t c) {
  if (in_han_table(c)) {
    const std::uint16_t to =
        reference_rows<std::uint16_t>(ReferenceSection::kFoldHan)[c - kFirstHan];
    return to != 0 ? to : find_pair(ReferenceSection::kFoldSparse, c, c);
  }
  if (c < 0x2E80) return c == 0x00A0 ? U' ' : c;
  if (is_full_width(c)) return c - 0xFF01 + U'!';
  return find_pair(ReferenceSection::kFoldSparse, c, c);
}

char32_t fold_compatibility(char32_t c) {
  if (c < 0x2E80) return c == 0x00A0 ? U' ' : c;
  if (is_full_width(c)) return c - 0xFF01 + U'!';
  // Beyond the unified block, or one of the few code points there that decoders confuse.
  if (in(c, kFirstHan, 0x9FA5)) return c;
  return find_pair(ReferenceSection::kCompatibility, c, c);
}

char32_t fold_pua(char32_t c) { return find_pair(ReferenceSection::kPua, c, c); }

bool is_han(char32_t c) {
  return in(c, 0x4E00, 0x9FFF) || in(c, 0x3400, 0x4DBF) || in(c, 0x20000, 0x323AF) || c == 0x3007 ||
         in(c, 0xF900, 0xFAFF) || in(c, 0x2E80, 0x2FDF) || in(c, 0x2F800, 0x2FA1F);
}

bool is_interpunct(char32_t c) {
  switch (c) {
    case 0x00B7:  // ·
    case 0x2022:  // •
    case 0x2027:  // ‧
    case 0x2219:  // ∙
    case 0x22C5:  // ⋅
    case 0x30FB:  // ・
    case 0xFF65:  // ･
    case 0xFF0E:  // ．
    case 0x0387:  // ·
    case 0x25CF:  // ●
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0xFF0D:  // －
    case 0x3002:  // 。
    case 0xFF61:  // ｡
    case U'.':
    case U'-':
      return true;
    default:
      return false;
  }
}

bool is_placeholder(char32_t c) {
  switch (c) {
    case U'?':
    case 0xFF1F:  // ？
    case U'*':
    case 0xFF0A:  // ＊
    case 0x25A1:  // □
    case 0x25A0:  // ■
    case 0x3013:  // 〓
    case 0x25CB:  // ○
    case 0x25C7:  // ◇
    case 0x25C6:  // ◆
    case 0x25AF:  // ▯
    case 0x2B1C:  // ⬜
    case 0x00D7:  // ×
    case kReplacement:
    case kWildcard:
      return true;
    default:
      return is_private_use(c) && fold_pua(c) == c;
  }
}

bool is_space(char32_t c) {
  return c <= 0x20 || in(c, 0x7F, 0xA0) || c == 0x3000 || in(c, 0x2000, 0x200F) ||
         in(c, 0x2028, 0x202F) || in(c, 0x205F, 0x2064) || c == 0xFEFF || c == 0x1680 ||
         c == 0x00AD || c == 0x180E || c == 0x3164;
}

bool is_ignorable(char32_t c) {
  return in(c, 0xFE00, 0xFE0F) || in(c, 0xE0100, 0xE01EF) || in(c, 0x0300, 0x036F) ||
         in(c, 0x180B, 0x180D);
}

}  // namespace bidui::text
