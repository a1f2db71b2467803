#include "matcher/model/summands.h"

#include <array>

namespace bidui::model {
namespace {

struct Words {
  std::string_view name;
  std::string_view title;
};

// In the order of SummandKind.
constexpr std::array<Words, 9> kWords = {{{"prior", "起点"},
                                          {"column", "其他列"},
                                          {"column_frequency", "取值常见程度"},
                                          {"relatives", "也可能是亲属邻里"},
                                          {"household", "同户其他人"},
                                          {"rivals", "还有别人也像"},
                                          {"others", "经由其他记录"},
                                          {"registry", "户籍自身重复"},
                                          {"since_changed", "比对后数据已变"}}};
// In the order of Term.
constexpr std::array<Words, kPersonTerms> kTerms = {{{"name_frequency", "姓名常见程度"},
                                                     {"sound_frequency", "姓名读音常见程度"},
                                                     {"surname_frequency", "姓氏常见程度"},
                                                     {"given_name_frequency", "名字常见程度"},
                                                     {"village_frequency", "村的大小"}}};
constexpr Words kStrangers{"strangers", "也可能是陌生人"};

// log2 of the match's share over that of the kind of non-matches.
double over(const ClassScores& scores, Against against) {
  return scores.match - (against == Against::kRelatives ? scores.relative : scores.stranger);
}

Summand comparison_summand(const Scorer& scorer, ComparisonVector vector, int comparison,
                           Against against) {
  Summand summand{.kind = SummandKind::kComparison, .comparison = comparison, .against = against};
  summand.level = compare::level_at(vector, comparison);
  if (summand.level == 0) return summand;
  const auto at = static_cast<std::size_t>(comparison);
  const auto context = static_cast<std::size_t>(compare::context_of(comparison, vector));
  const auto level = static_cast<std::size_t>(summand.level);
  const Model& model = scorer.model();
  summand.match = model.match.p[at][context][level];
  summand.stranger = model.stranger.p[at][context][level];
  summand.relative = model.relative.p[at][context][level];
  summand.bits = over(scorer.level_scores(comparison, vector), against);
  return summand;
}

Words words_of(const Summand& summand) {
  if (summand.kind == SummandKind::kComparison && summand.comparison < compare::kPersonComparisons)
    return {comparison_name(summand.comparison), comparison_title(summand.comparison)};
  if (summand.kind == SummandKind::kOtherKind && summand.against == Against::kRelatives)
    return kStrangers;
  if (summand.kind == SummandKind::kTermFrequency && summand.term < static_cast<int>(kPersonTerms))
    return kTerms[static_cast<std::size_t>(summand.term)];
  return kWords[static_cast<std::size_t>(summand.kind)];
}

}  // namespace

std::vector<Summand> summands_of(const Scorer& scorer, ComparisonVector vector,
                                 const TermBits& terms, bool unheld) {
  const ClassScores scores = scorer.score(vector, terms, unheld);
  const Against against =
      scores.relative > scores.stranger ? Against::kRelatives : Against::kStrangers;
  const auto made = [&](SummandKind kind, double bits) {
    return Summand{.kind = kind, .bits = bits, .against = against};
  };
  std::vector<Summand> summands{made(SummandKind::kPrior, over(scorer.priors(unheld), against))};
  for (int c = 0; c < scorer.model().plan.comparison_count(); ++c)
    summands.push_back(comparison_summand(scorer, vector, c, against));
  for (int c = 0; c < scorer.model().plan.comparison_count(); ++c) {
    const double bits = scorer.term_bits(c, vector, terms);
    if (against == Against::kRelatives || bits == 0) continue;
    summands.push_back(made(SummandKind::kTermFrequency, -bits));
    summands.back().comparison = c;
    summands.back().term = term_of(c, vector);
  }
  summands.push_back(made(SummandKind::kOtherKind, scores.weight() - over(scores, against)));
  return summands;
}

double sum_of(const std::vector<Summand>& summands) {
  double sum = 0;
  for (const Summand& summand : summands) sum += summand.bits;
  return sum;
}

std::string_view summand_name(const Summand& summand) { return words_of(summand).name; }
std::string_view summand_title(const Summand& summand) { return words_of(summand).title; }

}  // namespace bidui::model
