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
                                          {"name_frequency", "姓名常见程度"},
                                          {"relatives", "亲属邻里也会如此"},
                                          {"household", "同户其他人"},
                                          {"rivals", "还有别人也像"},
                                          {"others", "经由其他记录"},
                                          {"registry", "户籍自身重复"},
                                          {"since_changed", "比对后数据已变"}}};

Summand comparison_summand(const Scorer& scorer, ComparisonVector vector, int comparison) {
  Summand summand{.kind = SummandKind::kComparison, .comparison = comparison};
  summand.level = compare::level_at(vector, comparison);
  if (summand.level == 0) return summand;
  const auto at = static_cast<std::size_t>(comparison);
  const auto context = static_cast<std::size_t>(compare::context_of(comparison, vector));
  const auto level = static_cast<std::size_t>(summand.level);
  const Model& model = scorer.model();
  summand.match = model.match.p[at][context][level];
  summand.stranger = model.stranger.p[at][context][level];
  summand.relative = model.relative.p[at][context][level];
  summand.bits = scorer.summand(comparison, vector);
  return summand;
}

}  // namespace

std::vector<Summand> summands_of(const Scorer& scorer, ComparisonVector vector,
                                 double name_frequency) {
  std::vector<Summand> summands{{.kind = SummandKind::kPrior, .bits = scorer.prior_weight()}};
  for (int c = 0; c < scorer.model().plan.comparison_count(); ++c)
    summands.push_back(comparison_summand(scorer, vector, c));
  const ClassScores scores = scorer.score(vector, name_frequency);
  const double average = scorer.score(vector, 0).stranger;
  if (scores.stranger != average)
    summands.push_back({.kind = SummandKind::kNameFrequency, .bits = average - scores.stranger});
  summands.push_back({.kind = SummandKind::kRelatives,
                      .bits = scores.weight() - (scores.match - scores.stranger)});
  return summands;
}

double sum_of(const std::vector<Summand>& summands) {
  double sum = 0;
  for (const Summand& summand : summands) sum += summand.bits;
  return sum;
}

std::string_view summand_name(const Summand& summand) {
  const bool person =
      summand.kind == SummandKind::kComparison && summand.comparison < compare::kPersonComparisons;
  return person ? comparison_name(summand.comparison)
                : kWords[static_cast<std::size_t>(summand.kind)].name;
}

std::string_view summand_title(const Summand& summand) {
  const bool person =
      summand.kind == SummandKind::kComparison && summand.comparison < compare::kPersonComparisons;
  return person ? comparison_title(summand.comparison)
                : kWords[static_cast<std::size_t>(summand.kind)].title;
}

}  // namespace bidui::model
