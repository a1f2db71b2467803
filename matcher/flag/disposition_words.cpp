#include "matcher/flag/disposition_words.h"

#include <array>

namespace bidui::flag {
namespace {

constexpr std::array<Word, kStates> kStateWords = {
    {{"open", "待交办", "open"},
     {"assigned", "已交办", "assigned"},
     {"checked_true", "核实属实", "checked: true"},
     {"checked_false", "核实不属实", "checked: false"},
     {"cannot_tell", "无法判断", "cannot tell"},
     {"dismissed", "已排除", "dismissed"},
     {"notified", "已告知", "notified"},
     {"contested", "已申辩", "contested"},
     {"decided", "已决定", "decided"},
     {"rectified", "已整改", "rectified"},
     {"confirmed", "已确认", "confirmed"},
     {"closed", "已销号", "closed"}}};

constexpr std::array<Word, kRoles> kRoleWords = {{{"village", "村", "village"},
                                                  {"township", "乡镇", "township"},
                                                  {"county", "县", "county"},
                                                  {"source", "数据来源单位", "source's officer"},
                                                  {"household", "农户", "household"},
                                                  {"program", "程序", "program"}}};

constexpr std::array<Word, kActions> kActionWords = {{{"assign", "交办", "assign"},
                                                      {"check", "核实", "check"},
                                                      {"dismiss", "排除", "dismiss"},
                                                      {"notify", "告知", "notify"},
                                                      {"contest", "申辩", "contest"},
                                                      {"decide", "决定", "decide"},
                                                      {"rectify", "整改", "rectify"},
                                                      {"confirm", "确认", "confirm"},
                                                      {"close", "销号", "close"},
                                                      {"return", "退回", "return"},
                                                      {"reopen", "重新立案", "reopen"}}};

constexpr std::array<Word, kOutcomes> kOutcomeWords = {
    {{"", "", ""},
     {"true", "属实", "true"},
     {"false", "不属实", "false"},
     {"cannot_tell", "无法判断", "cannot tell"},
     {"adverse", "不利决定", "against the household"},
     {"correct", "更正数据", "correct the data"},
     {"leave", "维持现状", "leave as it is"}}};

struct ReasonWord {
  Word word;
  bool of_true;
  bool of_false;
  bool of_cannot_tell;
};

constexpr std::array<ReasonWord, kReasons> kReasonWords = {
    {{{"", "", ""}, false, false, false},
     {{"wrong_link", "关联错误", "wrong link"}, false, true, false},
     {{"source_outdated", "来源数据过时", "source out of date"}, true, true, false},
     {{"legitimate_exception", "合理例外", "legitimate exception"}, false, true, false},
     {{"corrected_since", "比对后已更正", "corrected since"}, false, true, false},
     {{"facts_hold", "情况属实", "the facts hold"}, true, false, false},
     {{"record_error", "登记差错", "recorded wrongly"}, true, true, false},
     {{"nobody_home", "无人在家", "nobody at home"}, false, false, true},
     {{"papers_missing", "材料不全", "papers are missing"}, false, false, true},
     {{"other", "其他", "other"}, true, true, true}}};

template <typename Value, std::size_t N>
std::optional<Value> find(const std::array<Word, N>& words, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (!text.empty() && (words[i].name == text || words[i].zh == text))
      return static_cast<Value>(i);
  }
  return std::nullopt;
}

}  // namespace

const Word& word_of(State state) { return kStateWords[static_cast<std::size_t>(state)]; }
const Word& word_of(Role role) { return kRoleWords[static_cast<std::size_t>(role)]; }
const Word& word_of(Action action) { return kActionWords[static_cast<std::size_t>(action)]; }
const Word& word_of(Outcome outcome) { return kOutcomeWords[static_cast<std::size_t>(outcome)]; }
const Word& word_of(Reason reason) { return kReasonWords[static_cast<std::size_t>(reason)].word; }

std::optional<State> parse_state(std::string_view text) { return find<State>(kStateWords, text); }
std::optional<Role> parse_role(std::string_view text) { return find<Role>(kRoleWords, text); }
std::optional<Action> parse_action(std::string_view text) {
  return find<Action>(kActionWords, text);
}
std::optional<Outcome> parse_outcome(std::string_view text) {
  return find<Outcome>(kOutcomeWords, text);
}
std::optional<Reason> parse_reason(std::string_view text) {
  std::array<Word, kReasons> words{};
  for (std::size_t i = 0; i < kReasons; ++i) words[i] = kReasonWords[i].word;
  return find<Reason>(words, text);
}

bool reason_fits(Reason reason, Outcome outcome) {
  const ReasonWord& known = kReasonWords[static_cast<std::size_t>(reason)];
  switch (outcome) {
    case Outcome::kTrue:
      return known.of_true;
    case Outcome::kFalse:
      return known.of_false;
    case Outcome::kCannotTell:
      return known.of_cannot_tell;
    case Outcome::kNone:
    case Outcome::kAdverse:
    case Outcome::kCorrect:
    case Outcome::kLeave:
      return false;
  }
  return false;
}

}  // namespace bidui::flag
