#include "workspace/reconcile_words.h"

#include <fmt/format.h>

namespace bidui::workspace {
namespace {

struct Words {
  std::string_view zh;
  std::string_view en;
  std::string text(bool chinese) const { return std::string(chinese ? zh : en); }
};

constexpr std::array<Words, kItemClasses> kClasses = {
    Words{"一致", "agree"},          Words{"类别不同", "other kind"},
    Words{"年度不同", "other date"}, Words{"归属不同", "elsewhere"},
    Words{"重复", "repeated"},       Words{"疑似同一", "possible"},
    Words{"只在一方", "in one only"}};

constexpr std::array<std::pair<std::string_view, Words>, 5> kGroupingTitles = {{
    {"township", {"乡镇", "township"}},
    {"village", {"村", "village"}},
    {"kind", {"类别", "kind"}},
    {"since", {"年度", "date"}},
    {"village_kind", {"村类别", "kind of village"}},
}};

std::string or_empty(const std::string& text, bool chinese) {
  return text.empty() ? (chinese ? "（空）" : "(empty)") : text;
}

std::string pair_words(const ListDifference& d, const ListTitle& left, bool chinese) {
  std::string text;
  const auto add = [&](const std::string& title, const std::string& a, const std::string& b) {
    if (a == b) return;
    text += (text.empty() ? ""
             : chinese    ? "；"
                          : "; ") +
            title + (chinese ? "：" : ": ") + or_empty(a, chinese) + (chinese ? " 对 " : " vs ") +
            or_empty(b, chinese);
  };
  const auto place = [](const ListSide& side) { return side.township + side.village; };
  if (!left.kind_title.empty()) add(chinese ? left.kind_title : "kind", d.left.kind, d.right.kind);
  if (!left.since_title.empty())
    add(chinese ? left.since_title : "date", d.left.since, d.right.since);
  add(chinese ? "地方" : "place", place(d.left), place(d.right));
  return text;
}

}  // namespace

std::string item_class_title(ItemClass item_class, bool chinese) {
  return kClasses[static_cast<std::size_t>(item_class)].text(chinese);
}

std::string grouping_title(std::string_view by, bool chinese) {
  for (const auto& [name, words] : kGroupingTitles) {
    if (name == by) return words.text(chinese);
  }
  return std::string(by);
}

std::string unit_title(const ListTitle& list, bool chinese) {
  if (list.houses) return chinese ? "处" : "houses";
  if (list.households) return chinese ? "户" : "households";
  return chinese ? "人" : "persons";
}

std::string short_title(const Reconciliation& result, bool left, bool chinese) {
  const ListTitle& own = left ? result.left : result.right;
  const ListTitle& other = left ? result.right : result.left;
  const auto base = [](const ListTitle& list) {
    return std::string(source_of_instance(list.instance));
  };
  if (base(own) != base(other)) return chinese ? own.title : own.instance;
  const std::size_t at = own.instance.find('@');
  if (at != std::string::npos) return own.instance.substr(at + 1);
  return chinese ? own.title : own.instance;
}

std::string group_title(const GroupCounts& group, bool chinese) {
  if (group.group.empty()) return chinese ? "（未写明）" : "(not given)";
  return group.group;
}

std::string difference_words(const Reconciliation& result, const ListDifference& d, bool chinese) {
  const std::string own = short_title(result, d.of_left, chinese);
  const std::string other = short_title(result, !d.of_left, chinese);
  const std::string lacks =
      chinese ? fmt::format("{} 没有", other) : fmt::format("not in {}", other);
  switch (d.reason) {
    case DifferenceReason::kDiffers:
      return pair_words(d, result.left, chinese);
    case DifferenceReason::kSameTwice:
      return chinese ? fmt::format("{} 内重复，与 {} 同", own, d.rival)
                     : fmt::format("twice in {}: as {}", own, d.rival);
    case DifferenceReason::kAnotherHouse:
      return chinese ? fmt::format("{} 中同一人的另一处房，另见 {}", own, d.rival)
                     : fmt::format("another house of one person in {}: see {}", own, d.rival);
    case DifferenceReason::kAnotherUnit:
      return chinese ? fmt::format("人在 {} 中，但在别的户内", other)
                     : fmt::format("its people are in {}, in another household", other);
    case DifferenceReason::kReviewLink:
      return chinese ? "两方可能是同一个，链接不确定，请人工看" : "maybe the same: to be reviewed";
    case DifferenceReason::kDied:
      return lacks + (chinese ? "；人已死亡" : "; dead");
    case DifferenceReason::kMovedOut:
      return lacks + (chinese ? "；户口已迁出" : "; moved out");
    case DifferenceReason::kAfterOther:
      return lacks + (chinese ? fmt::format("；晚于 {} 的截止日", other)
                              : fmt::format("; newer than {}", other));
    case DifferenceReason::kNotInCivil:
      return lacks + (chinese ? "；户籍库也查无，可能是号码、姓名有误而没能对上"
                              : "; nor in the civil registry: number or name may be wrong");
    case DifferenceReason::kNotListed:
      return lacks;
  }
  return lacks;
}

std::vector<std::string> reconcile_definitions(bool chinese) {
  if (!chinese)
    return {
        "Total of a list = agree + other kind + other date + elsewhere + repeated + possible + in "
        "one only. Every item is counted once; the first three are one number for both lists.",
        "Elsewhere: in both lists, but the other list has it under another group (township, "
        "village, kind).",
        "Repeated: the same people stand in the other list, or earlier in this one, by another "
        "item; for houses also another house of one person.",
        "Possible: a link that is not sure; look at it before counting it as missing.",
        "A difference is a question about two lists, not a finding about a household."};
  return {
      "一方总数 = 一致 + 类别不同 + 年度不同 + 归属不同 + 重复 + 疑似同一 + "
      "只在一方；每一项只计一次，前三项两方是同一个数。",
      "归属不同（异组）：两方都有，但另一方记在别的组（乡镇、村、类别）下。",
      "重复：同样的人在另一方（或本方前面）已由另一项对应；住房还包括同一人的另一处房。",
      "疑似同一：链接不确定，先人工看，再决定是否算缺。",
      "差异是对两份名单的疑问，不是对农户的结论。"};
}

}  // namespace bidui::workspace
