// The report's words in both languages: words.def is the table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "connectors/report/report_data.h"

namespace bidui::connectors::report {

enum class Locale : std::uint8_t { kChinese, kEnglish };

enum class Word : std::uint16_t {
#define WORD(name, chinese, english) name,
#include "connectors/report/words.def"
#undef WORD
};

// The word in the locale's language; static storage, never empty.
std::string_view word(Word which, Locale locale);

Word severity_word(Severity severity);
Word status_word(FlagStatus status);

// "L3", or a dash where the flag needs no link.
std::string_view level_text(LinkLevel level, Locale locale);

// "  Of 31,204 in all, …" where the report does not list all possible links; else "".
std::string possible_cut(const ReportData& data, Locale locale);

const std::string& key_words(const KeyRow& key, Locale locale);

// BCP 47: "zh-CN" or "en".
std::string_view language_tag(Locale locale);

}  // namespace bidui::connectors::report
