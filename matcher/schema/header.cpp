#include "matcher/schema/header.h"

#include <cstdint>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace bidui::schema {
namespace {

using icu::UnicodeString;

bool is_removed(UChar32 c) {
  return u_isUWhiteSpace(c) || u_iscntrl(c) || u_charType(c) == U_FORMAT_CHAR;
}

// ICU's own instances, got once: behind a guard that the thread sanitizer sees, unlike ICU's. Null
// where ICU lacks its data.
const icu::Normalizer2* nfkc_instance() {
  static const icu::Normalizer2* const kInstance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCInstance(status);
  }();
  return kInstance;
}

const icu::Normalizer2* nfd_instance() {
  static const icu::Normalizer2* const kInstance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFDInstance(status);
  }();
  return kInstance;
}

// NFKC without white space, control and zero-width characters; ASCII letters in lower case.
UnicodeString fold(std::string_view text) {
  const UnicodeString source =
      UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  const icu::Normalizer2* const nfkc = nfkc_instance();
  if (nfkc == nullptr) return source;
  UErrorCode status = U_ZERO_ERROR;
  const UnicodeString composed = nfkc->normalize(source, status);
  UnicodeString folded;
  for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    const UChar32 c = composed.char32At(i);
    if (is_removed(c)) continue;
    folded.append(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  }
  // What stood apart may compose now: a letter, a space, an accent.
  return folded.length() == composed.length() ? folded : nfkc->normalize(folded, status);
}

bool is_opening(UChar32 c) {
  return c == '(' || c == '[' || c == '{' || c == u'【' || c == u'〔' || c == u'〈' || c == u'《';
}

bool is_closing(UChar32 c) {
  return c == ')' || c == ']' || c == '}' || c == u'】' || c == u'〕' || c == u'〉' || c == u'》';
}

bool is_decoration(UChar32 c) {
  return c == '*' || c == ':' || c == '"' || c == '\'' || c == '`' || c == '#' || c == u'★' ||
         c == u'▲' || c == u'“' || c == u'”' || c == u'‘' || c == u'’' || c == u'※';
}

UnicodeString without_decoration(const UnicodeString& text) {
  UnicodeString plain;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (const UChar32 c = text.char32At(i); !is_decoration(c)) plain.append(c);
  }
  return plain;
}

bool is_digit(UChar32 c) { return c >= '0' && c <= '9'; }
bool is_letter(UChar32 c) { return c >= 'a' && c <= 'z'; }
bool is_han(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC); }

// How many leading characters are numbering: an optional letter, one or two digits, an optional
// letter, an optional mark; only in front of Chinese text ("address_1" and "4x" stay).
std::int32_t numbering_length(const UnicodeString& text) {
  std::int32_t i = 0;
  if (is_letter(text.charAt(i))) ++i;
  const std::int32_t first_digit = i;
  while (i < text.length() && is_digit(text.charAt(i))) ++i;
  const std::int32_t digits = i - first_digit;
  if (digits < 1 || digits > 2) return 0;
  if (is_letter(text.charAt(i))) ++i;
  while (i < text.length()) {
    const UChar32 c = text.charAt(i);
    if (c != '.' && c != u'、' && c != ')' && c != '-' && c != ',') break;
    ++i;
  }
  return i < text.length() && is_han(text.char32At(i)) ? i : 0;
}

struct Split {
  UnicodeString outside, inside;
};

// Text outside and inside of brackets; `inside` holds the first bracket only. An unclosed bracket
// runs to the end.
Split split_brackets(const UnicodeString& text) {
  Split split;
  int depth = 0, brackets = 0;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (is_opening(c)) {
      brackets += depth++ == 0 ? 1 : 0;
    } else if (is_closing(c)) {
      depth -= depth > 0 ? 1 : 0;
    } else if (depth == 0) {
      split.outside.append(c);
    } else if (brackets == 1) {
      split.inside.append(c);
    }
  }
  return split;
}

std::string to_utf8(const UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

}  // namespace

NormalHeader normalise_header(std::string_view cell) {
  Split split = split_brackets(fold(cell));
  split.outside = without_decoration(split.outside);
  if (split.outside.isEmpty()) split.outside = without_decoration(split.inside);
  // Numbering can hide numbering ("A4 1.姓名"); once nothing is left to remove, it is stable.
  while (const std::int32_t length = numbering_length(split.outside)) {
    split.outside.remove(0, length);
  }
  return {.text = to_utf8(split.outside), .bracket = to_utf8(split.inside)};
}

std::string without_accents(std::string_view text) {
  const icu::Normalizer2* const nfd = nfd_instance();
  if (nfd == nullptr) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const UnicodeString parted = nfd->normalize(
      UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), status);
  UnicodeString plain;
  for (std::int32_t i = 0; i < parted.length(); i = parted.moveIndex32(i, 1)) {
    const UChar32 c = parted.char32At(i);
    const UChar32 kFirstMark = 0x300, kLastMark = 0x36F;
    if (c < kFirstMark || c > kLastMark) plain.append(c);
  }
  return to_utf8(plain);
}

std::string fold_value(std::string_view text) { return to_utf8(fold(text)); }

}  // namespace bidui::schema
