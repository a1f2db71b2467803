// Chinese texts that the program made itself, put in English: what a run keeps in Chinese can be
// shown in both languages. A text that is not known stays as it is.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace bidui::workspace {

// A sentence with {} where values stand; in English {0}, {1}, … are those values, each put in
// English itself.
struct SentencePair {
  std::string_view zh;
  std::string_view en;
};

class Glossary {
 public:
  explicit Glossary(std::span<const SentencePair> sentences = {}) : sentences_(sentences) {}

  // The first meaning stays.
  void add(std::string_view zh, std::string_view en);
  // A word or term, one of the sentences, or a list of these joined by → or ； or 、.
  std::string english(std::string_view text) const;
  // A list of terms that may hold the separator themselves; the text where one is not known.
  std::string english_list(std::string_view text, std::string_view between,
                           std::string_view between_en) const;

 private:
  // The length of the longest term that `text` begins with and that `between` or the end follows.
  std::size_t term_at_start(std::string_view text, std::string_view between) const;
  std::string from_sentence(std::string_view text) const;

  std::map<std::string, std::string, std::less<>> terms_;
  std::span<const SentencePair> sentences_;
};

}  // namespace bidui::workspace
