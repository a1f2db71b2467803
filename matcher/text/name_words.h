// The words in a name's cell that are no name.
#pragma once

#include <cstddef>
#include <string_view>

namespace bidui::text {

// The cell says that there is no name: 无, 不详, 同上, 未取名, 小孩.
bool is_no_name(std::u32string_view text);

// A name given by way of another person, a newborn, an unknown given name.
struct NameTail {
  std::size_t cut = 0;       // characters at the end that are no name: 之妻, 爱人
  bool relative = false;     // the name is another person's
  bool remark = false;       // 王伟已故, 王伟户主
  bool placeholder = false;  // no proper name: 王伟之子, 王氏, 王某某, 王宝宝
};
NameTail name_tail(std::u32string_view name);

// True when `last` can be the end of something that is_no_name or name_tail know: a cheap test for
// the ordinary name.
bool may_end_words(char32_t last);

// What the text in brackets behind a name is.
enum class BracketKind { kRemark, kAlias, kDescription };
struct Bracket {
  BracketKind kind = BracketKind::kRemark;
  std::u32string_view alias{};  // without 曾用名 and its like
};
// `surname`: the first character of the name before the brackets.
Bracket classify_bracket(std::u32string_view content, char32_t surname);

}  // namespace bidui::text
