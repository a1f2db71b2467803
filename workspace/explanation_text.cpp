#include "workspace/explanation_text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "connectors/report/html_text.h"
#include "workspace/id_remarks.h"
#include "workspace/reason_words.h"
#include "workspace/summand_words.h"

namespace bidui::workspace {
namespace {

using connectors::report::ExplanationData;
using connectors::report::ExplanationRow;
using connectors::report::ExplanationStep;
using connectors::report::ExplanationTone;
using connectors::report::StepKind;
using model::Summand;
using model::SummandKind;

// Fields that add (or take) a bit or more, strongest first, at most three.
std::vector<std::string> strongest(const Explanation& e, bool adding, Locale locale) {
  constexpr std::size_t kMost = 3;
  std::vector<const Summand*> chosen;
  for (const Summand& s : e.summands) {
    if (s.kind == SummandKind::kComparison && (adding ? s.bits >= 1 : s.bits <= -1))
      chosen.push_back(&s);
  }
  std::ranges::stable_sort(chosen, [](const Summand* a, const Summand* b) {
    return std::abs(a->bits) > std::abs(b->bits);
  });
  if (chosen.size() > kMost) chosen.resize(kMost);
  std::vector<std::string> words;
  for (const Summand* s : chosen) words.push_back(agreement_words(*s, locale));
  return words;
}

// "每 20,000 次这样的判定约有 1 次出错"
std::string certainty_words(const Explanation& e, Locale locale) {
  const double wrong = std::exp2(-e.weight);  // odds; as good as the probability where it matters
  switch (e.decision.verdict) {
    case Verdict::kLinked:
      if (wrong < 1e-6)
        return std::string(pick(locale, "把握极大：出错的可能不到百万分之一。",
                                "The odds of an error are below one in a million."));
      return fmt::format(fmt::runtime(pick(locale, "这样的判定每 {} 次约错 1 次。",
                                           "About one in {} such links is false.")),
                         number_words(1 / (1 - e.probability), locale));
    case Verdict::kPossible:
      if (reaches(e.weight, e.decision.threshold.value_or(0)))
        return std::string(pick(locale, "单看这两条把握很大，但与别处的关联矛盾，要请人核实。",
                                "Alone the two would be certain enough, but other links "
                                "contradict: somebody has to check."));
      return fmt::format(
          fmt::runtime(pick(locale, "按现有信息，是同一个人的可能约 {:.0f}%，要请人核实。",
                            "The probability is about {:.0f}%: somebody has to check.")),
          100 * e.probability);
    case Verdict::kNotLinked:
    case Verdict::kNotCompared:
      break;
  }
  return {};
}

ExplanationTone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kLinked:
      return ExplanationTone::kLinked;
    case Verdict::kPossible:
      return ExplanationTone::kPossible;
    case Verdict::kNotLinked:
    case Verdict::kNotCompared:
      break;
  }
  return ExplanationTone::kApart;
}

std::string number_words(const ExplainedRecord& r, Locale locale) {
  const std::string& state = locale == Locale::kChinese ? r.id_state : r.id_state_en;
  if (state.empty() || r.id_number.empty()) return r.id_number + state;
  return fmt::format(fmt::runtime(pick(locale, "{}（{}）", "{} ({})")), r.id_number, state);
}

std::string birth_words(const ExplainedRecord& r, Locale locale) {
  return r.birth_from_id ? r.birth + std::string(pick(locale, "（取自证号）", " (from the number)"))
                         : r.birth;
}

std::vector<ExplanationRow> record_rows(const Explanation& e, Locale locale) {
  std::vector<ExplanationRow> rows;
  const auto add = [&](std::string_view zh, std::string_view en, std::string a, std::string b) {
    if (!a.empty() || !b.empty())
      rows.push_back({std::string(pick(locale, zh, en)), std::move(a), std::move(b)});
  };
  const ExplainedRecord& a = e.left;
  const ExplainedRecord& b = e.right;
  const bool zh = locale == Locale::kChinese;
  add("来源", "source", zh ? a.source : a.instance, zh ? b.source : b.instance);
  add("姓名", "name", a.name, b.name);
  add("曾用名", "former name", a.former_name, b.former_name);
  add("身份证号", "ID number", number_words(a, locale), number_words(b, locale));
  add("出生日期", "born", birth_words(a, locale), birth_words(b, locale));
  add("性别", "sex", a.sex, b.sex);
  add("住址", "address", a.address, b.address);
  add("电话", "phone", a.phone, b.phone);
  add("户号", "household", a.household, b.household);
  add("文件和行", "file, row", fmt::format("{}:{}", a.file, a.row),
      fmt::format("{}:{}", b.file, b.row));
  return rows;
}

// What a record says of a comparison, masked.
std::string value_of(const ExplainedRecord& r, int comparison) {
  switch (static_cast<compare::Comparison>(comparison)) {
    case compare::Comparison::kName:
      return r.name;
    case compare::Comparison::kId:
      return r.id_number;
    case compare::Comparison::kBirth:
      return r.birth;
    case compare::Comparison::kSex:
      return r.sex;
    case compare::Comparison::kAddress:
      return r.address;
    case compare::Comparison::kPhone:
      return r.phone;
    case compare::Comparison::kHousehold:
    case compare::Comparison::kHolder:
      break;  // said of the two households, not by a field
  }
  return {};
}

std::string rival_words(const Rival& r, Locale locale) {
  return fmt::format(fmt::runtime(pick(locale, "{0} 也像 {1}（{2} {3} {4}）：单看得分 {5:+.1f}",
                                       "{0} fits {1}, too ({2} {3} {4}): {5:+.1f} alone")),
                     r.of, r.record, r.name, r.id_number, r.birth, r.weight);
}

ExplanationStep step_of(const Explanation& e, const Summand& s, Locale locale) {
  ExplanationStep step{.kind = StepKind::kContext,
                       .title = summand_words(s, locale),
                       .detail = detail_words(e, s, locale),
                       .bits = s.bits};
  if (s.kind == SummandKind::kPrior) step.kind = StepKind::kStart;
  if (s.kind != SummandKind::kComparison) return step;
  step.kind = s.level == 0 ? StepKind::kMissing : StepKind::kEvidence;
  step.left = value_of(e.left, s.comparison);
  step.right = value_of(e.right, s.comparison);
  if (s.level == 0) return step;
  step.match = share_words(s.match, locale);
  step.stranger = share_words(s.stranger, locale);
  step.relative = share_words(s.relative, locale);
  return step;
}

std::string total_words(const Explanation& e, Locale locale) {
  constexpr double kShown = .9999;
  if (e.probability > kShown)
    return std::string(pick(locale, "是同一人的可能超过 99.99%", "probability above 99.99%"));
  return fmt::format(fmt::runtime(pick(locale, "是同一人的可能 {}", "probability {}")),
                     share_words(e.probability, locale));
}

}  // namespace

std::string verdict_words(Verdict verdict, Locale locale) {
  switch (verdict) {
    case Verdict::kLinked:
      return std::string(pick(locale, "是同一个人", "One person"));
    case Verdict::kPossible:
      return std::string(pick(locale, "可能是同一个人", "Possibly one person"));
    case Verdict::kNotLinked:
      return std::string(pick(locale, "没有认定为同一个人", "Not linked"));
    case Verdict::kNotCompared:
      return std::string(pick(locale, "没有比对过", "Not compared yet"));
  }
  return {};
}

std::string headline_words(const Explanation& e, Locale locale) {
  const std::string stop(pick(locale, "。", ". "));
  std::string text;
  const std::vector<std::string> pro = strongest(e, true, locale);
  const std::vector<std::string> contra = strongest(e, false, locale);
  if (!pro.empty())
    text += std::string(pick(locale, "像的地方：", "For it: ")) + join(pro, locale) + stop;
  if (!contra.empty())
    text += std::string(pick(locale, "不像的地方：", "Against it: ")) + join(contra, locale) + stop;
  text += certainty_words(e, locale);
  return text.ends_with(' ') ? text.substr(0, text.size() - 1) : text;
}

ExplanationData explanation_text(const Explanation& e, Locale locale) {
  ExplanationData data{.tone = tone_of(e.decision.verdict),
                       .verdict = verdict_words(e.decision.verdict, locale),
                       .headline = headline_words(e, locale),
                       .run = e.decision.run,
                       .model = e.evidence.model,
                       .left = e.left.record,
                       .right = e.right.record,
                       .rows = record_rows(e, locale),
                       .numbers = id_remarks(e, locale),
                       .total = e.weight,
                       .total_detail = total_words(e, locale),
                       .possible_bits = possible_threshold()};
  if (e.decision.threshold) data.link_bits = std::max(*e.decision.threshold, 0.0);
  for (const Reason& reason : e.reasons) data.reasons.push_back(reason_words(e, reason, locale));
  for (const Rival& rival : e.rivals) data.rivals.push_back(rival_words(rival, locale));
  for (const Summand& s : e.summands) data.steps.push_back(step_of(e, s, locale));
  for (const ExplainedKey& key : e.keys.kinds) {
    data.keys.push_back({.title = key_words(key.kind, locale),
                         .state = key_state_words(key, locale),
                         .shared = key.state < KeyState::kApart});
  }
  return data;
}

}  // namespace bidui::workspace
