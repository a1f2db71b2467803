#include "workspace/summand_words.h"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string_view>
#include <utility>

#include "connectors/report/html_text.h"

namespace bidui::workspace {
namespace {

using connectors::report::grouped;
using model::Summand;
using model::SummandKind;

std::string places_words(const std::vector<int>& places, bool name, Locale locale) {
  std::vector<std::string> numbers;
  for (const int place : places) numbers.push_back(std::to_string(place));
  if (locale == Locale::kChinese)
    return fmt::format("（第 {} {}不同）", join(numbers, locale), name ? "字" : "位");
  const bool one = places.size() == 1;
  return fmt::format(" ({}{} {} differ{})", name ? "character" : "digit", one ? "" : "s",
                     join(numbers, locale), one ? "s" : "");
}

bool is_comparison(const Summand& s, compare::Comparison comparison) {
  return s.kind == SummandKind::kComparison && s.comparison == static_cast<int>(comparison);
}

std::string level_words(const Summand& s, Locale locale) {
  return locale == Locale::kChinese ? std::string(model::level_title(s.comparison, s.level))
                                    : spaced(model::level_name(s.comparison, s.level));
}

std::string comparison_details(const Explanation& e, const Summand& s, Locale locale) {
  std::string text = level_words(s, locale);
  if (is_comparison(s, compare::Comparison::kName) && !e.name_places.empty())
    text += places_words(e.name_places, true, locale);
  if (is_comparison(s, compare::Comparison::kId) && !e.id_places.empty())
    text += places_words(e.id_places, false, locale);
  return text;
}

}  // namespace

std::string summand_words(const Summand& summand, Locale locale) {
  return locale == Locale::kChinese ? std::string(model::summand_title(summand))
                                    : spaced(model::summand_name(summand));
}

std::string agreement_words(const Summand& s, Locale locale) {
  if (s.kind != SummandKind::kComparison) return summand_words(s, locale);
  if (locale == Locale::kEnglish)
    return summand_words(s, locale) + " " + spaced(model::level_name(s.comparison, s.level));
  const std::string level = level_words(s, locale);
  const bool address = is_comparison(s, compare::Comparison::kAddress);
  const bool apart = s.level == static_cast<int>(compare::AddressLevel::kDifferent);
  if (address && !apart) return s.bits < 0 ? "住址仅" + level : level;
  return summand_words(s, locale) + level;
}

std::string detail_words(const Explanation& e, const Summand& summand, Locale locale) {
  switch (summand.kind) {
    case SummandKind::kPrior:
      if (summand.against == model::Against::kRelatives) {
        return fmt::format(fmt::runtime(pick(locale, "同一人的记录对与亲属邻里的相比，约 {} 比 1",
                                             "{} matches to a pair of relatives")),
                           number_words(std::exp2(summand.bits), locale));
      }
      return fmt::format(fmt::runtime(pick(locale, "随便取两条记录，是同一人的机会约 {}",
                                           "of two records taken at random, {} are one person")),
                         share_words(std::exp2(summand.bits), locale));
    case SummandKind::kComparison:
      return comparison_details(e, summand, locale);
    case SummandKind::kTermFrequency:
      if (summand.term != static_cast<int>(model::Term::kName)) {
        return fmt::format(fmt::runtime(pick(locale, "是平均的 {} 倍", "{} times the average")),
                           number_words(std::exp2(-summand.bits), locale));
      }
      return fmt::format(
          fmt::runtime(pick(locale, "{1} 条记录中有 {0} 条叫这个名字", "{} of {} records")),
          grouped(e.evidence.bearers), grouped(e.evidence.compared));
    case SummandKind::kOtherKind:
      return summand.against == model::Against::kStrangers
                 ? std::string(
                       pick(locale, "一家人、邻居之间也会这样一致", "they may agree so, too"))
                 : std::string(pick(locale, "不相干的人也会这样一致", "they may agree so, too"));
    case SummandKind::kHousehold:
      return std::string(pick(locale, "两户其他人是否也对得上", "whether their members agree"));
    case SummandKind::kRivals:
      return std::string(pick(locale, "同样符合的不止这一条", "other records fit as well"));
    case SummandKind::kOthers:
      return std::string(pick(locale, "经同一人的其他记录连起来", "joined by other records"));
    case SummandKind::kRegistry:
      return std::string(pick(locale, "按户籍重复登记认定", "by the registry's own rule"));
    case SummandKind::kSinceChanged:
      return std::string(pick(locale, "比对之后又导入过数据", "data were imported after the run"));
  }
  return {};
}

std::string key_words(key::KeyKind kind, Locale locale) {
  return locale == Locale::kChinese ? std::string(key_kind_title(kind))
                                    : spaced(key::key_kind_name(kind));
}

std::string key_state_words(const ExplainedKey& key, Locale locale) {
  const auto counted = [&](std::string_view zh, std::string_view en) {
    return fmt::format(fmt::runtime(pick(locale, zh, en)), grouped(key.records), key_cap(),
                       grouped(key.refined_records));
  };
  switch (key.state) {
    case KeyState::kMeets:
      return counted("相同（户籍以外有 {} 条记录）", "shared (records beside the registry: {})");
    case KeyState::kRefinedMeets:
      return counted("相同：户籍以外有 {} 条记录，超过 {} 条，加限定后剩 {} 条，仍碰到一起",
                     "shared: {} records are over {}, refined to {}, they still meet");
    case KeyState::kRefinedApart:
      return counted("相同，但户籍以外有 {} 条记录，超过 {} 条的上限，加上限定条件后两边不一致",
                     "shared, but by {} records, over the cap of {}; refined, they differ");
    case KeyState::kCut:
      return counted("相同，但户籍以外有 {} 条记录，超过 {} 条的上限，加上限定条件后还有 {} 条",
                     "shared, but by {} records, over the cap of {}, and still {} when refined");
    case KeyState::kCovered:
      return std::string(pick(locale, "相同，但两边都有证号和出生日期，不单凭住地比较",
                              "shared, but both have number and birth date: a place alone is not "
                              "followed"));
    case KeyState::kApart:
      return std::string(pick(locale, "不同", "differs"));
    case KeyState::kOneSided:
      return std::string(pick(locale, "只有一边有", "one side only"));
  }
  return {};
}

std::string share_words(double share, Locale locale) {
  constexpr double kPercentFrom = .001;
  if (share >= kPercentFrom) return fmt::format("{:.{}f}%", share * 100, share < .1 ? 2 : 1);
  if (share <= 0) return "0";
  const double one_in = 1 / share;
  constexpr double kBeyondWords = 1e15;
  if (one_in >= kBeyondWords)
    return std::string(pick(locale, "不到 1/1000万亿", "< 1/1,000,000,000,000,000"));
  return "1/" + number_words(one_in, locale);
}

std::string number_words(double number, Locale locale) {
  if (number < 1) return fmt::format("{:.2g}", number);
  if (number < 10) return fmt::format("{:.1f}", number);
  const double digit = std::pow(10, std::floor(std::log10(number)) - 1);
  const double rounded = std::round(number / digit) * digit;
  constexpr std::array<std::pair<double, std::string_view>, 3> kUnits = {
      {{1e12, "万亿"}, {1e8, "亿"}, {1e4, "万"}}};
  for (const auto& [unit, word] : kUnits) {
    if (locale != Locale::kChinese || rounded < unit) continue;
    return fmt::format("{:.{}f}{}", rounded / unit, rounded < 10 * unit ? 1 : 0, word);
  }
  return grouped(static_cast<std::uint64_t>(std::llround(rounded)));
}

}  // namespace bidui::workspace
