#include "workspace/member_change.h"

#include <array>

#include "matcher/rule/calendar.h"

namespace bidui::workspace {
namespace {

struct Words {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
};

constexpr std::array<Words, kMemberChanges> kWords = {{
    {"born", "出生", "born"},
    {"married_in", "婚入", "married in"},
    {"moved_in", "迁入", "moved in"},
    {"from_household", "由别户转入", "from another household"},
    {"added", "补录", "added"},
    {"died", "死亡", "died"},
    {"married_out", "婚出", "married out"},
    {"moved_out", "迁出", "moved out"},
    {"to_household", "转到别户", "to another household"},
    {"removed", "移出名单（原因不明）", "removed, reason unknown"},
}};

// A year before the earlier list, as packed birth dates are: births reach a list late.
std::uint32_t born_since(std::string_view before) {
  const auto day = rule::parse_date_text(before);
  if (!day) return 0;
  return static_cast<std::uint32_t>((rule::year_of(day->first) - 1) * 10000 +
                                    rule::month_of(day->first) * 100);
}

}  // namespace

std::string_view member_change_name(MemberChange change) {
  return kWords[static_cast<std::size_t>(change)].name;
}

std::string member_change_title(MemberChange change, bool chinese) {
  const Words& words = kWords[static_cast<std::size_t>(change)];
  return std::string(chinese ? words.zh : words.en);
}

MemberChange reason_joined(const PersonFacts& facts, std::uint32_t birth, std::string_view before) {
  const std::uint32_t since = born_since(before);
  const bool baby = birth != 0 && since != 0 && birth >= since;
  if (baby) return MemberChange::kBorn;
  // What happened long before the earlier list did not bring the person into the later one.
  const bool recent = facts.change_date.empty() || facts.change_date >= before.substr(0, 4);
  if (recent && facts.change_reason == "marriage") return MemberChange::kMarriedIn;
  if (recent && (facts.change_reason == "moved_in" || facts.change_reason == "demobilised" ||
                 facts.change_reason == "graduated" || facts.change_reason == "released"))
    return MemberChange::kMovedIn;
  return MemberChange::kAdded;
}

MemberChange reason_left(const PersonFacts& facts) {
  if (facts.dead) return MemberChange::kDied;
  const bool gone = facts.cancelled == "cancelled" || facts.cancelled == "moved_out";
  if (gone && facts.change_reason == "death") return MemberChange::kDied;
  if (gone && facts.change_reason == "marriage") return MemberChange::kMarriedOut;
  if (facts.cancelled == "moved_out" ||
      (gone && (facts.change_reason == "moved_out" || facts.change_reason == "settled_abroad" ||
                facts.change_reason == "conscription" || facts.change_reason == "student")))
    return MemberChange::kMovedOut;
  return MemberChange::kRemoved;
}

}  // namespace bidui::workspace
