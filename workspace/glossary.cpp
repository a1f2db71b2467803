#include "workspace/glossary.h"

#include <array>
#include <optional>
#include <vector>

namespace bidui::workspace {
namespace {

// What stands at the places {} of the pattern; nothing where the text is not of it.
std::optional<std::vector<std::string_view>> values_in(std::string_view text,
                                                       std::string_view pattern) {
  std::vector<std::string_view> values;
  std::size_t place = pattern.find("{}");
  if (!text.starts_with(pattern.substr(0, place))) return std::nullopt;
  if (place == std::string_view::npos)
    return text == pattern ? std::optional(values) : std::nullopt;
  text.remove_prefix(place);
  while (place != std::string_view::npos) {
    pattern.remove_prefix(place + 2);
    place = pattern.find("{}");
    const std::string_view next = pattern.substr(0, place);
    const bool last = place == std::string_view::npos;
    if (last && !text.ends_with(next)) return std::nullopt;
    const std::size_t end = last ? text.size() - next.size() : text.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    values.push_back(text.substr(0, end));
    text.remove_prefix(end + next.size());
  }
  return values;
}

}  // namespace

void Glossary::add(std::string_view zh, std::string_view en) {
  if (!zh.empty()) terms_.try_emplace(std::string(zh), en);
}

std::string Glossary::from_sentence(std::string_view text) const {
  for (const SentencePair& sentence : sentences_) {
    const auto values = values_in(text, sentence.zh);
    if (!values) continue;
    std::string english(sentence.en);
    for (std::size_t v = 0; v < values->size(); ++v) {
      const std::string place = "{" + std::to_string(v) + "}";
      if (const std::size_t at = english.find(place); at != std::string::npos)
        english.replace(at, place.size(), this->english((*values)[v]));
    }
    return english;
  }
  return {};
}

std::string Glossary::english(std::string_view text) const {
  if (const auto at = terms_.find(text); at != terms_.end()) return at->second;
  if (std::string sentence = from_sentence(text); !sentence.empty()) return sentence;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kSeparators = {
      {{" → ", " → "}, {"；", "; "}, {"、", ", "}}};
  for (const auto& [between, between_en] : kSeparators) {
    if (text.find(between) == std::string_view::npos) continue;
    if (std::string list = english_list(text, between, between_en); list != text) return list;
  }
  return std::string(text);
}

std::size_t Glossary::term_at_start(std::string_view text, std::string_view between) const {
  for (std::size_t end = text.size(); end != 0 && end != std::string_view::npos;
       end = text.substr(0, end).rfind(between)) {
    if (terms_.contains(text.substr(0, end))) return end;
  }
  return 0;
}

std::string Glossary::english_list(std::string_view text, std::string_view between,
                                   std::string_view between_en) const {
  std::string english;
  for (std::string_view rest = text; !rest.empty();) {
    std::size_t length = term_at_start(rest, between);
    std::string item;
    if (length != 0) {
      item = terms_.find(rest.substr(0, length))->second;
    } else {
      length = std::min(rest.find(between), rest.size());
      item = from_sentence(rest.substr(0, length));
      if (item.empty()) return std::string(text);
    }
    if (!english.empty()) english += between_en;
    english += item;
    rest.remove_prefix(length);
    if (rest.starts_with(between)) rest.remove_prefix(between.size());
  }
  return english;
}

}  // namespace bidui::workspace
