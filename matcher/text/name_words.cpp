#include "matcher/text/name_words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "matcher/text/chars.h"
#include "matcher/text/surname.h"

namespace bidui::text {
namespace {

using Words = std::span<const std::u32string_view>;

constexpr std::u32string_view kNoName[] = {
    U"无",     U"不详",   U"不祥",   U"未知",     U"不知",     U"同上",     U"待补",
    U"暂无",   U"待定",   U"没有",   U"空",       U"无名",     U"无名氏",   U"未取名",
    U"没取名", U"待取名", U"未命名", U"尚未取名", U"暂未取名", U"未起名",   U"小孩",
    U"婴儿",   U"新生儿", U"孩子",   U"宝宝",     U"无姓名",   U"姓名不详", U"未登记"};

// Longest first.
constexpr std::u32string_view kRelativeTails[] = {
    U"的妻子", U"的丈夫", U"的母亲", U"的父亲", U"的妻", U"之妻", U"之夫", U"之母",
    U"之父",   U"之媳",   U"之嫂",   U"之弟",   U"之兄", U"之妹", U"之姐", U"妻子",
    U"老婆",   U"丈夫",   U"爱人",   U"媳妇",   U"母亲", U"父亲", U"家属", U"妻"};

constexpr std::u32string_view kNewbornTails[] = {U"之子",   U"之女",   U"之长子", U"之次子",
                                                 U"之长女", U"之次女", U"之儿",   U"的儿子",
                                                 U"的女儿", U"之婴"};

constexpr std::u32string_view kUnnamedTails[] = {
    U"未取名", U"没取名", U"待取名", U"未命名", U"小孩", U"婴儿", U"新生儿", U"某某", U"宝宝"};

constexpr std::u32string_view kRemarkTails[] = {U"已故", U"户主", U"去世",
                                                U"死亡", U"病故", U"已亡"};

constexpr std::u32string_view kAliasPrefixes[] = {
    U"曾用名",   U"曾用", U"原名", U"又名", U"别名", U"小名", U"乳名",
    U"化名",     U"俗名", U"改名", U"现名", U"本名", U"学名", U"户口名",
    U"身份证名", U"又叫", U"也叫", U"也作", U"原"};

constexpr std::u32string_view kRemarks[] = {
    U"户主", U"已故", U"亡故", U"病故", U"去世", U"死亡", U"已亡", U"过世", U"身故", U"外出",
    U"务工", U"打工", U"迁出", U"迁入", U"迁移", U"出嫁", U"外嫁", U"已嫁", U"嫁",   U"入赘",
    U"服刑", U"在校", U"学生", U"大学", U"参军", U"当兵", U"残",   U"五保", U"低保", U"特困",
    U"贫困", U"新增", U"自然", U"女",   U"男",   U"长子", U"次子", U"之子", U"儿子", U"孙子",
    U"妻子", U"配偶", U"本人", U"监护", U"代",   U"户口", U"重复", U"核实", U"失踪", U"智障",
    U"精神", U"注销", U"亡",   U"故",   U"党员", U"组长", U"书记", U"主任", U"村",   U"组",
    U"社",   U"未",   U"无",   U"不",   U"已"};

bool ends_with_any(std::u32string_view text, Words words, std::size_t least, std::size_t& length) {
  for (const std::u32string_view word : words) {
    if (text.ends_with(word) && text.size() >= word.size() + least) {
      length = word.size();
      return true;
    }
  }
  return false;
}

bool all_han(std::u32string_view text) { return std::all_of(text.begin(), text.end(), is_han); }

// 上龙下天, 左木右木, 三个马, 马字旁: how a character that cannot be typed looks.
bool is_description(std::u32string_view text) {
  const auto has = [&](char32_t c) { return text.find(c) != text.npos; };
  const bool upper_lower = has(U'上') && has(U'下');
  const bool left_right = has(U'左') && has(U'右');
  const bool repeated =
      text.size() >= 2 && text.size() <= 4 &&
      std::all_of(text.begin(), text.end(), [&](char32_t c) { return c == text[0]; });
  const bool words = text.find(U"字旁") != text.npos || text.find(U"偏旁") != text.npos ||
                     text.find(U"字头") != text.npos || text.find(U"三个") == 0;
  return upper_lower || left_right || words || (repeated && all_han(text)) || has(U'+');
}

bool has_remark(std::u32string_view text) {
  for (const std::u32string_view word : kRemarks) {
    // Short marks count alone or at the start; 代 inside a name is a name.
    const bool found = word.size() == 1 ? text == word || (word != U"代" && text.starts_with(word))
                                        : text.find(word) != text.npos;
    if (found) return true;
  }
  return false;
}

// 王氏, 李张氏: surnames only, so that 张广氏 stays a name.
bool is_surnames_and(std::u32string_view name, char32_t last) {
  return name.size() >= 2 && name.size() <= 4 && name.ends_with(last) &&
         std::all_of(name.begin(), name.end() - 1, is_surname);
}

}  // namespace

bool is_no_name(std::u32string_view text) {
  return std::find(std::begin(kNoName), std::end(kNoName), text) != std::end(kNoName);
}

NameTail name_tail(std::u32string_view name) {
  NameTail tail;
  if (ends_with_any(name, kNewbornTails, 2, tail.cut)) {
    tail.relative = tail.placeholder = true;
  } else if (ends_with_any(name, kUnnamedTails, 1, tail.cut)) {
    tail.placeholder = true;
    const bool whole = name.ends_with(U"宝宝") || name.ends_with(U"某某");
    if (whole) tail.cut = 0;
    if (name.ends_with(U"宝宝") && name.size() > 3) tail.placeholder = false;
  } else if (ends_with_any(name, kRemarkTails, 2, tail.cut)) {
    tail.remark = true;
  } else if (ends_with_any(name, kRelativeTails, 2, tail.cut)) {
    tail.relative = true;
  } else if (is_surnames_and(name, U'氏') || (name.size() == 2 && name.ends_with(U'某'))) {
    tail.placeholder = true;
  }
  return tail;
}

namespace {

constexpr std::u32string_view kLastOfWords =
    U"无详祥知上补定有空名氏孩儿子宝录记妻夫母父媳嫂弟兄妹姐婆人妇亲属女婴某故主世亡";

constexpr std::uint64_t last_bit(char32_t c) { return std::uint64_t{1} << (c ^ c >> 6U) % 64; }

// One of 64 bits for each of them: most names end here.
constexpr std::uint64_t kLastBits = [] {
  std::uint64_t bits = 0;
  for (const char32_t c : kLastOfWords) bits |= last_bit(c);
  return bits;
}();

}  // namespace

bool may_end_words(char32_t last) {
  return (kLastBits & last_bit(last)) != 0 && kLastOfWords.find(last) != kLastOfWords.npos;
}

Bracket classify_bracket(std::u32string_view content, char32_t surname) {
  if (content.empty()) return {};
  for (const std::u32string_view prefix : kAliasPrefixes) {
    if (!content.starts_with(prefix)) continue;
    std::u32string_view rest = content.substr(prefix.size());
    while (!rest.empty() && (rest[0] == U':' || rest[0] == U'叫' || rest[0] == U'为')) {
      rest.remove_prefix(1);
    }
    if (!rest.empty() && all_han(rest)) return {BracketKind::kAlias, rest};
  }
  if (is_description(content)) return {BracketKind::kDescription, {}};
  const bool looks_like_name = content.size() >= 2 && content.size() <= 4 && all_han(content);
  if (!looks_like_name || has_remark(content)) return {};
  const bool pet_name =
      content.size() <= 3 && (content.ends_with(U'娃') || content.ends_with(U'妹') ||
                              content.ends_with(U'狗') || content.ends_with(U'毛'));
  if (content[0] == surname || is_surname(content[0]) || pet_name) {
    return {BracketKind::kAlias, content};
  }
  return {};
}

}  // namespace bidui::text
