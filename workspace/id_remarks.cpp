#include "workspace/id_remarks.h"

#include <array>
#include <cmath>
#include <fmt/format.h>

#include "connectors/report/html_text.h"

namespace bidui::workspace {
namespace {

using compare::IdAlteration;
using compare::IdFinding;
using compare::IdPart;

std::string part_words(IdPart part, Locale locale) {
  switch (part) {
    case IdPart::kNone:
      break;
    case IdPart::kRegion:
      return std::string(pick(locale, "地址码", "region"));
    case IdPart::kBirth:
      return std::string(pick(locale, "出生日期", "birth date"));
    case IdPart::kSequence:
      return std::string(pick(locale, "顺序码", "sequence"));
    case IdPart::kSeveral:
      return std::string(pick(locale, "不止一段", "several parts"));
  }
  return {};
}

std::string years_words(int years, Locale locale) {
  if (years == 0) return {};
  return fmt::format(
      fmt::runtime(years > 0
                       ? pick(locale, "，右方的晚 {} 年", ", the right one {} years later")
                       : pick(locale, "，右方的早 {} 年", ", the right one {} years earlier")),
      std::abs(years));
}

// Both numbers are valid and differ.
std::string alteration_words(const IdAlteration& found, Locale locale) {
  constexpr double kWorthSaying = 3;  // bits
  if (found.part == IdPart::kSeveral)
    return std::string(
        pick(locale, "两个号码都有效而有几段不同：一人两号、重复登记，或不是同一人，请核实。",
             "Both numbers are valid and differ in several parts: one person with two numbers, "
             "registered twice, or two people. Please check."));
  std::string text = fmt::format(
      fmt::runtime(pick(locale, "两个号码都有效，只有{}不同（{} 位{}）。",
                        "Both numbers are valid; only the {} differs (digits: {}{}). ")),
      part_words(found.part, locale), found.digits, years_words(found.years_later, locale));
  if (found.bits >= kWorthSaying) {
    text += fmt::format(
        fmt::runtime(pick(locale, "像是整段改过并重算了校验码，这样的可能约为逐位写错的 {} 倍；",
                          "It looks rewritten, check digit and all: about {} times likelier than "
                          "mistyped digit by digit. ")),
        connectors::report::grouped(
            static_cast<std::uint64_t>(std::llround(std::exp2(found.bits)))));
  }
  return text + std::string(pick(locale, "派出所更正后换发的号码也是这样，请核实。",
                                 "A number that the police corrected and issued anew looks the "
                                 "same: please check."));
}

std::string pair_words(const Explanation& e, Locale locale) {
  switch (e.id_finding) {
    case IdFinding::kNone:
      break;
    case IdFinding::kMistyped:
      return std::string(pick(
          locale, "两个号码只差一两位，而且不是都有效：像是写错或录错，不像改过。",
          "The numbers are nearly equal and not both valid: mistyped, it seems, not altered."));
    case IdFinding::kTwoNumbers:
      return alteration_words(e.id_alteration, locale);
    case IdFinding::kSharedNumber:
      return std::string(pick(
          locale, "没有认定为同一人，却用同一个号码：抄了亲属的号码、借用，或一号两人，请核实。",
          "Not one person, but one number: copied from a relative, borrowed, or given twice. "
          "Please check."));
  }
  return {};
}

std::string record_words(const ExplainedRecord& r, Locale locale) {
  const compare::IdConsistency& own = r.id_consistency;
  std::vector<std::string> parts;
  if (own.birth > compare::BirthLevel::kEqual && own.birth != compare::BirthLevel::kPartial) {
    constexpr int kBirth = static_cast<int>(compare::Comparison::kBirth);
    const int level = static_cast<int>(own.birth);
    parts.push_back(
        fmt::format(fmt::runtime(pick(locale, "所填出生日期（{}）", "the birth date given ({})")),
                    locale == Locale::kChinese ? std::string(model::level_title(kBirth, level))
                                               : spaced(model::level_name(kBirth, level))));
  }
  if (own.sex == compare::SexLevel::kDifferent)
    parts.emplace_back(pick(locale, "所填性别", "the sex given"));
  if (own.region == compare::AddressLevel::kDifferent)
    parts.emplace_back(
        pick(locale, "住址所在县（迁入的人常这样）", "the county of the address (people move)"));
  if (parts.empty()) return {};
  return fmt::format(
      fmt::runtime(pick(locale, "{} 的号码与{}不符。", "The number of {} does not fit {}.")),
      r.record, join(parts, locale));
}

}  // namespace

std::vector<std::string> id_remarks(const Explanation& e, Locale locale) {
  std::vector<std::string> remarks;
  for (std::string& words : std::array{pair_words(e, locale), record_words(e.left, locale),
                                       record_words(e.right, locale)}) {
    if (!words.empty()) remarks.push_back(std::move(words));
  }
  return remarks;
}

std::string_view id_finding_name(IdFinding finding) {
  constexpr std::array<std::string_view, 4> kNames = {"none", "mistyped", "two_numbers",
                                                      "shared_number"};
  return kNames[static_cast<std::size_t>(finding)];
}

std::string_view id_part_name(IdPart part) {
  constexpr std::array<std::string_view, 5> kNames = {"none", "region", "birth", "sequence",
                                                      "several"};
  return kNames[static_cast<std::size_t>(part)];
}

}  // namespace bidui::workspace
