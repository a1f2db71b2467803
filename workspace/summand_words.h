// One summand of a weight, and one fuzzy key, in words.
#pragma once

#include <string>

#include "workspace/explain.h"
#include "workspace/wording.h"

namespace bidui::workspace {

// "姓名", "name frequency"
std::string summand_words(const model::Summand& summand, Locale locale);
// One field's agreement within a sentence: "身份证号相同", "name homophone".
std::string agreement_words(const model::Summand& summand, Locale locale);
// The level, or why the summand counts so: "同音字（第 3 字不同）", "全县 12 条记录叫这个名字".
std::string detail_words(const Explanation& e, const model::Summand& summand, Locale locale);

// "出生日期+姓"
std::string key_words(key::KeyKind kind, Locale locale);
// What became of the kind: "不同", "有 312 条记录，超过 100 条的上限，…".
std::string key_state_words(const ExplainedKey& key, Locale locale);

// A share as people read it: "95.3%", "1/8.3万", "1/83,000". Rare ones with two digits.
std::string share_words(double share, Locale locale);
// A positive number to the two digits that an estimate has: "2.2", "140", "2.2万", "22,000".
std::string number_words(double number, Locale locale);

}  // namespace bidui::workspace
