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

std::optional<bool> find_truth(std::string_view word) {
  if (contains(kTrueWords, word)) return true;
  if (contains(kFalseWords, word)) return false;
  return std::nullopt;
}

}  // namespace

std::optional<bool> parse_boolean(std::string_view text) {
  if (const auto truth = find_truth(text)) return truth;
  return find_truth(fold_value(text));
}

std::optional<std::string_view> canonical_code(const Field& field, std::string_view text) {
  if (field.type == SemanticType::kBoolean) {
    if (const auto truth = parse_boolean(text)) return *truth ? "true" : "false";
  }
  return find_code(field, text);  // a field of another type has no spellings
}

}  // namespace bidui::schema
