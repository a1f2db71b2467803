#include "connectors/report/words.h"

#include <array>
#include <fmt/format.h>

#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

struct Entry {
  std::string_view chinese;
  std::string_view english;
};

constexpr auto kWords = std::to_array<Entry>({
#define WORD(name, chinese, english) Entry{chinese, english},
#include "connectors/report/words.def"
#undef WORD
});

}  // namespace

std::string_view word(Word which, Locale locale) {
  const Entry& entry = kWords[static_cast<std::size_t>(which)];
  return locale == Locale::kChinese ? entry.chinese : entry.english;
}

Word severity_word(Severity severity) {
  switch (severity) {
    case Severity::kHigh:
      return Word::kHigh;
    case Severity::kMedium:
      return Word::kMedium;
    case Severity::kLow:
      return Word::kLow;
    case Severity::kInfo:
      return Word::kInfo;
  }
  return Word::kInfo;
}

Word status_word(FlagStatus status) {
  switch (status) {
    case FlagStatus::kNew:
      return Word::kNew;
    case FlagStatus::kSame:
      return Word::kSame;
    case FlagStatus::kChanged:
      return Word::kChanged;
    case FlagStatus::kGone:
      return Word::kGone;
    case FlagStatus::kReopened:
      return Word::kReopened;
  }
  return Word::kSame;
}

std::string_view level_text(LinkLevel level, Locale locale) {
  switch (level) {
    case LinkLevel::kNone:
      return word(Word::kNoLevel, locale);
    case LinkLevel::kL1:
      return "L1";
    case LinkLevel::kL2:
      return "L2";
    case LinkLevel::kL3:
      return "L3";
  }
  return word(Word::kNoLevel, locale);
}

const std::string& key_words(const KeyRow& key, Locale locale) {
  return locale == Locale::kChinese ? key.kind : key.english_kind;
}

std::string_view language_tag(Locale locale) { return locale == Locale::kChinese ? "zh-CN" : "en"; }

std::string possible_cut(const ReportData& data, Locale locale) {
  if (data.possible_count() == data.possible.size()) return {};
  return "  " + fmt::format(fmt::runtime(word(Word::kPossibleCut, locale)),
                            grouped(data.possible_count()), grouped(data.possible.size()));
}

}  // namespace bidui::connectors::report
