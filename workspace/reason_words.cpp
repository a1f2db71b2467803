#include "workspace/reason_words.h"

#include <algorithm>
#include <fmt/format.h>

#include "workspace/summand_words.h"

namespace bidui::workspace {
namespace {

using model::Summand;

std::string pulls_words(const std::vector<Summand>& summands, Locale locale) {
  std::vector<std::string> parts;
  for (const Summand& s : summands)
    parts.push_back(fmt::format("{} {:+.1f}", agreement_words(s, locale), s.bits));
  if (parts.empty()) {
    return std::string(pick(locale, "没有相反的证据，只是一致的信息太少。",
                            " Nothing speaks against it; too little speaks for it."));
  }
  return fmt::format(fmt::runtime(pick(locale, "拉低得分的是：{}。", " Pulled down by {}.")),
                     join(parts, locale));
}

std::string near_miss_words(const key::NearMiss& miss, Locale locale) {
  std::vector<std::string> parts;
  for (const key::RecordPart part : miss.parts) {
    parts.push_back(locale == Locale::kChinese ? std::string(key::record_part_title(part))
                                               : spaced(key::record_part_name(part)));
  }
  return fmt::format(fmt::runtime(pick(locale, "{}若一致，就会按“{}”碰到一起",
                                       "had the {} agreed, they would share the key “{}”")),
                     join(parts, locale), key_words(miss.kinds.front(), locale));
}

std::string no_key_words(const Explanation& e, Locale locale) {
  constexpr std::size_t kShown = 2;
  std::string text(pick(locale, "没有任何一类检索键相同，比对时没有碰到一起，因此没有比较。",
                        "They share no fuzzy key, so they never met and were not compared."));
  if (std::ranges::find(e.keys.kinds, KeyState::kCovered, &ExplainedKey::state) !=
      e.keys.kinds.end()) {
    text +=
        pick(locale, "（同住一地的键相同，但两边都有证号和出生日期，不单凭住地比较。）",
             " (They share a key of the place; but both have number and birth date, and a place "
             "alone is not followed then.)");
  }
  for (std::size_t i = 0; i < std::min(e.keys.near_misses.size(), kShown); ++i) {
    text += i == 0 ? pick(locale, "差一点：", " Nearest miss: ") : pick(locale, "；", "; ");
    text += near_miss_words(e.keys.near_misses[i], locale);
  }
  return e.keys.near_misses.empty() ? text : text + std::string(pick(locale, "。", "."));
}

std::string common_keys_words(const Explanation& e, Locale locale) {
  std::string text(pick(locale, "共有的检索键都太常见，因此没有比较：",
                        "The keys they share are too common, so they were not compared: "));
  std::vector<std::string> parts;
  for (const ExplainedKey& key : e.keys.kinds) {
    if (key.state == KeyState::kRefinedApart || key.state == KeyState::kCut)
      parts.push_back(fmt::format(fmt::runtime(pick(locale, "“{}”{}", "“{}” {}")),
                                  key_words(key.kind, locale), key_state_words(key, locale)));
  }
  return text + join(parts, locale) + std::string(pick(locale, "。", "."));
}

std::string taken_words(const Explanation& e, const PlaceTaker& taker, Locale locale) {
  const bool left_has_it = taker.of == e.left.record;
  const std::string weight =
      taker.weight ? fmt::format(fmt::runtime(pick(locale, "，得分 {:.1f}", " with weight {:.1f}")),
                                 *taker.weight)
                   : std::string();
  // Who is too unlike anyway has lost nothing by it.
  const bool lost = e.evidence.weight >= possible_threshold();
  if (locale == Locale::kEnglish) {
    return fmt::format("{} is already one person with {} ({} {}){}; a person stands once in {}.",
                       taker.of, taker.record, taker.name, taker.id_number, weight,
                       left_has_it ? e.right.instance : e.left.instance);
  }
  return fmt::format("{} 已与 {}（{} {}）认定为同一人{}；一个人在“{}”里只有一条记录{}。", taker.of,
                     taker.record, taker.name, taker.id_number, weight,
                     left_has_it ? e.right.source : e.left.source, lost ? "，这一对因此落选" : "");
}

std::string veto_words(const Explanation& e, const Conflict& c, Locale locale) {
  const bool enough = e.decision.threshold && reaches(e.weight, *e.decision.threshold);
  if (locale == Locale::kEnglish) {
    return fmt::format(
        "{}each is one person with a record of its own in {} ({} and {}), where a "
        "person stands once.",
        enough ? "The weight would suffice, but " : "Also, ", c.instance, c.left, c.right);
  }
  return fmt::format("{}两边在“{}”里各有一条记录（{} 和 {}），在那里是两个人，不能合成一人。",
                     enough ? "得分本已够，但" : "而且", c.source, c.left, c.right);
}

// "王某（bidui review S0001）认定 A 与 B 不是同一人，理由：…"
std::string constraint_words(const Explanation& e, const Constraint& c, Locale locale) {
  const bool chinese = locale == Locale::kChinese;
  const auto is_of = [&](const std::string& record) {
    return record == e.left.record || record == e.right.record;
  };
  const bool itself = is_of(c.left) && is_of(c.right);
  std::string text =
      chinese
          ? fmt::format("{}认定{}不是同一人（理由：{}）", c.by,
                        itself ? "这两条" : fmt::format(" {} 与 {} ", c.left, c.right), c.reason)
          : fmt::format("{} decided that {} are not one person ({})", c.by,
                        itself ? "the two" : fmt::format("{} and {}", c.left, c.right), c.reason);
  // What a run saw it obeyed: one that links the two was made before.
  const bool since = e.decision.verdict == Verdict::kLinked ||
                     (itself && e.decision.verdict == Verdict::kPossible);
  if (since)
    return text + std::string(pick(locale, "，是这次比对之后定的，下次 bidui compare 起生效。",
                                   ", after this run: it holds from the next bidui compare on."));
  if (itself)
    return text + std::string(pick(locale, "，因此不关联。", ", so they are not linked."));
  return text + std::string(pick(locale, "；合并这两条会把它们并成一人，因此不合并。",
                                 "; linking these would make them one, so it is not done."));
}

std::string path_words(const Explanation& e, Locale locale) {
  std::string path;
  for (const std::string& record : e.decision.path) path += (path.empty() ? "" : " — ") + record;
  return fmt::format(
      fmt::runtime(pick(locale,
                        "两条记录没有直接认定，是经由同一个人的其他记录连起来的：{}。得分取两头各"
                        "自最强关联中较弱的一个。",
                        "They were not linked directly but through other records of the person: "
                        "{}. The weight is the weaker of the two ends' strongest links.")),
      path);
}

std::string threshold_words(const Explanation& e, double weight, Locale locale) {
  const double threshold = e.decision.threshold.value_or(0);
  return fmt::format(fmt::runtime(pick(locale, "{}（到 {} 才列为可能，到 {} 才认定）",
                                       "{} (possible from {}, linked from {})")),
                     bits_words(weight), bits_words(possible_threshold()),
                     bits_words(std::max(threshold, 0.0)));
}

std::string low_words(const Explanation& e, const Reason& reason, Locale locale) {
  const double own = e.decision.via == LinkVia::kDirect ? e.decision.own_weight : e.evidence.weight;
  const bool low = reason.kind == ReasonKind::kTooLow;
  const bool compared = e.keys.meets() && e.decision.verdict != Verdict::kNotCompared;
  const std::string_view start =
      low ? (compared
                 ? pick(locale, "比较过，但得分太低：", "Compared, but the weight is too low: ")
                 : pick(locale, "就算比较，得分也太低：",
                        "Had they been compared, the weight would be too low: "))
          : pick(locale, "像，但还不够确定：得分 ", "Alike, but not certain enough: ");
  return std::string(start) + threshold_words(e, own, locale) +
         std::string(pick(locale, "。", ".")) + pulls_words(reason.summands, locale);
}

std::string rivals_words(const Explanation& e, Locale locale) {
  const double own = e.decision.own_weight;
  if (!reaches(own, e.decision.threshold.value_or(0))) {
    return fmt::format(
        fmt::runtime(pick(locale, "还有别的记录也同样像，分不清是哪一个，得分再降到 {}。",
                          "Other records fit as well, and which of them it is cannot be told: "
                          "down to {}.")),
        bits_words(e.decision.weight));
  }
  return fmt::format(
      fmt::runtime(pick(locale,
                        "单看这两条，得分 {} 已够；但还有别的记录也同样像，分不清是哪一个，"
                        "得分降到 {}。",
                        "Alone the two would have {}, enough; but other records fit as well, and "
                        "which of them it is cannot be told: {}.")),
      bits_words(own), threshold_words(e, e.decision.weight, locale));
}

}  // namespace

std::string reason_words(const Explanation& e, const Reason& reason, Locale locale) {
  const auto say = [&](std::string_view zh, std::string_view en) {
    return std::string(pick(locale, zh, en));
  };
  const auto say_of_source = [&](std::string_view zh, std::string_view en) {
    return fmt::format(fmt::runtime(pick(locale, zh, en)),
                       locale == Locale::kChinese ? e.left.source : e.left.instance);
  };
  switch (reason.kind) {
    case ReasonKind::kNothingCompared:
      return say("还没有比对过，以下按初始模型临时计算；请先运行 bidui compare。",
                 "Nothing was compared yet: what follows is computed with a model that knows no "
                 "data. Run bidui compare first.");
    case ReasonKind::kNotInRun:
      return say(
          "最近一次比对没有包含其中的数据（可能是后来导入的），以下按模型临时计算；"
          "请重新运行 bidui compare。",
          "The newest run did not see both records (imported later?): what follows is "
          "computed now. Run bidui compare again.");
    case ReasonKind::kThroughOthers:
      return path_words(e, locale);
    case ReasonKind::kRegistryRule:
      return say(
          "两条都在户籍登记里：证号和姓名都相同，或者同户、同名、同性别且出生日期相近，"
          "按户籍重复登记认定，不看得分。",
          "Both stand in the civil registry: number and name are equal, or household, name, "
          "sex and about the birth date. That is a repetition, whatever the weight.");
    case ReasonKind::kRegistryOnly:
      return say(
          "两条都在户籍登记里。户籍是其他来源对照的底本，内部不打分：只有证号和姓名都相同，"
          "或者同户、同名、同性别且出生日期相近，才算重复登记。",
          "Both stand in the civil registry, which is not compared with itself: only equal "
          "number and name, or one household, name, sex and about the birth date, count as "
          "a repetition.");
    case ReasonKind::kManyPerPerson:
      return say_of_source(
          "“{}”里一个人可以有多条记录，同一来源的记录之间不互相比对；"
          "是不是同一个人，看它们各自和户籍的关联。",
          "{} may hold a person more than once, so its records are not compared "
          "with each other: ask for each one's link to the civil registry.");
    case ReasonKind::kSameSource:
      return say_of_source(
          "两条都在“{}”里。同一来源里只有证号和姓名都相符，或者其余信息全都"
          "一致而证号不矛盾，才算同一人重复登记。",
          "Both stand in {}: within one source only equal number and name, or "
          "all else equal and no number against it, make one person.");
    case ReasonKind::kNoSharedKey:
      return no_key_words(e, locale);
    case ReasonKind::kKeysTooCommon:
      return common_keys_words(e, locale);
    case ReasonKind::kTooLow:
    case ReasonKind::kBelowThreshold:
      return low_words(e, reason, locale);
    case ReasonKind::kRivals:
      return rivals_words(e, locale);
    case ReasonKind::kPlaceTaken:
      return taken_words(e, e.decision.takers[reason.at], locale);
    case ReasonKind::kCannotLink:
      return constraint_words(e, e.decision.constraints[reason.at], locale);
    case ReasonKind::kVetoed:
      return veto_words(e, e.decision.conflicts[reason.at], locale);
  }
  return {};
}

}  // namespace bidui::workspace
