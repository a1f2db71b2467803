#include "matcher/schema/code_value.h"

#include <algorithm>
#include <array>
#include <span>

#include "matcher/schema/header.h"

namespace bidui::schema {
namespace {

constexpr std::array<std::string_view, 11> kTrueWords = {"是",   "有", "1", "y",  "yes", "t",
                                                         "true", "√",  "✓", "对", "是的"};
constexpr std::array<std::string_view, 13> kFalseWords = {
    "否", "无", "0", "n", "no", "f", "false", "×", "x", "✗", "没有", "不是", "非"};

std::optional<std::string_view> find_spelling(const Field& field, std::string_view folded) {
  const auto it = std::lower_bound(
      field.spellings.begin(), field.spellings.end(), folded,
      [](const CodeSpelling& spelling, std::string_view text) { return spelling.folded < text; });
  if (it == field.spellings.end() || it->folded != folded) return std::nullopt;
  return field.codes[it->code_index].code;
}

std::optional<std::string_view> find_code(const Field& field, std::string_view text) {
  if (text.empty() || field.spellings.empty()) return std::nullopt;
  if (const auto code = find_spelling(field, text)) return code;
  if (const auto code = find_spelling(field, fold_value(text))) return code;
  return find_spelling(field, normalise_header(text).text);
}

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::optional<bool> parse_boolean(std::string_view text) {
  const std::string folded = fold_value(text);
  if (contains(kTrueWords, folded)) return true;
  if (contains(kFalseWords, folded)) return false;
  return std::nullopt;
}

std::optional<std::string_view> canonical_code(const Field& field, std::string_view text) {
  if (field.type != SemanticType::kCode && field.type != SemanticType::kBoolean) {
    return std::nullopt;
  }
  if (const auto code = find_code(field, text)) return code;
  if (field.type == SemanticType::kCode) return std::nullopt;
  const auto truth = parse_boolean(text);
  if (!truth) return std::nullopt;
  return *truth ? "true" : "false";
}

}  // namespace bidui::schema
