// Sentences in two languages.
#pragma once

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/report/words.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {

using connectors::report::Locale;

inline std::string_view pick(Locale locale, std::string_view zh, std::string_view en) {
  return locale == Locale::kChinese ? zh : en;
}

inline const std::string& pick(Locale locale, const Bilingual& words) {
  return locale == Locale::kChinese ? words.zh : words.en;
}

// "one_edit" as "one edit".
inline std::string spaced(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '_', ' ');
  return text;
}

// A value that a rule shows; true and false stand as 是 and 否 in the evidence.
inline std::string_view truth_words(std::string_view value, Locale locale) {
  if (locale == Locale::kChinese) return value;
  return value == "是" ? "yes" : value == "否" ? "no" : value;
}

// A weight with one decimal place, never "-0.0".
inline std::string bits_words(double bits) {
  constexpr double kNothing = .05;
  return fmt::format("{:.1f}", std::abs(bits) < kNothing ? 0 : bits);
}

// With 、 or commas between the parts.
inline std::string join(const std::vector<std::string>& parts, Locale locale) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += pick(locale, "、", ", ");
    text += part;
  }
  return text;
}

// Sentences one behind the other, with semicolons between.
inline std::string join_sentences(const std::vector<Bilingual>& sentences, Locale locale) {
  std::string text;
  for (const Bilingual& sentence : sentences) {
    if (!text.empty()) text += pick(locale, "；", "; ");
    text += pick(locale, sentence);
  }
  return text;
}

}  // namespace bidui::workspace
