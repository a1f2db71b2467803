#include "workspace/split_name.h"

#include <algorithm>
#include <unordered_set>

namespace bidui::workspace {
namespace {

constexpr std::string_view kBlank = " \t.";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

using Words = std::unordered_set<std::string>;

Words first_words(std::span<const std::string_view> cells) {
  Words words;
  for (const std::string_view cell : cells) {
    const std::string_view text = trim(cell);
    if (!text.empty()) words.insert(lower(text.substr(0, text.find(' '))));
  }
  return words;
}

}  // namespace

bool has_han(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE3 && byte <= 0xE9;
  });
}

SplitName split_name(std::string_view cell, NameOrder order) {
  const std::string_view text = trim(cell);
  const std::size_t comma = text.find(',');
  if (comma != std::string_view::npos)
    return {.family = trim(text.substr(0, comma)), .given = trim(text.substr(comma + 1))};
  const std::size_t space = order == NameOrder::kFamilyFirst ? text.find(' ') : text.rfind(' ');
  if (space == std::string_view::npos) return {.family = text, .given = {}};
  const std::string_view before = trim(text.substr(0, space));
  const std::string_view after = trim(text.substr(space + 1));
  if (order == NameOrder::kFamilyFirst) return {.family = before, .given = after};
  return {.family = after, .given = before};
}

NameOrder find_name_order(std::span<const std::string_view> full,
                          std::span<const std::string_view> family,
                          std::span<const std::string_view> given) {
  const Words families = first_words(family);
  const Words givens = first_words(given);
  std::ptrdiff_t family_first = 0;
  for (const std::string_view cell : full) {
    const std::string text = lower(trim(cell));
    const std::size_t space = text.find(' ');
    if (space == std::string::npos || text.find(',') != std::string::npos) continue;
    const std::string first = text.substr(0, space);
    const std::string last = text.substr(text.rfind(' ') + 1);
    family_first += families.contains(first) ? 1 : 0;
    family_first += givens.contains(last) ? 1 : 0;
    family_first -= givens.contains(first) ? 1 : 0;
    family_first -= families.contains(last) ? 1 : 0;
  }
  return family_first > 0 ? NameOrder::kFamilyFirst : NameOrder::kGivenFirst;
}

}  // namespace bidui::workspace
