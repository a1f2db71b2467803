#include "cli/model_text.h"

#include <cmath>
#include <fmt/format.h>

#include "cli/console.h"
#include "cli/table.h"
#include "matcher/compare/comparison_vector.h"
#include "matcher/link/frequency_tables.h"

namespace bidui::cli {
namespace {

using compare::Comparison;
using workspace::RunModel;

std::string number(double value) { return fmt::format("{:.3g}", value); }

std::string trained_on(const std::vector<workspace::TrainingDelivery>& deliveries) {
  std::string text;
  for (const workspace::TrainingDelivery& d : deliveries) {
    text += fmt::format("    {} {} {}  {} {}  {}\n", d.source, d.coverage, d.as_of,
                        grouped(d.records), say("条记录", "records"), d.content_hash.substr(0, 16));
  }
  return text.empty() ? fmt::format("    {}\n", say("不详（由文件给定）", "not known (given)"))
                      : text;
}

std::string comparison_words(int comparison, std::size_t context) {
  static constexpr std::array<std::string_view, 3> kZh = {"", "（号码一致或接近）", "（号码不同）"};
  static constexpr std::array<std::string_view, 3> kEn = {"", " (numbers agree)",
                                                          " (numbers differ)"};
  if (chinese())
    return std::string(model::comparison_title(comparison)) + std::string(kZh[context]);
  return std::string(model::comparison_name(comparison)) + std::string(kEn[context]);
}

void add_levels(const model::Model& model, int comparison, std::size_t context, Table& table) {
  const auto c = static_cast<std::size_t>(comparison);
  for (int level = 1; level < compare::kLevelCount; ++level) {
    const std::string_view name = model::level_name(comparison, level);
    if (name.empty()) break;
    const auto l = static_cast<std::size_t>(level);
    const double m = model.match.p[c][context][l];
    const double u = model.stranger.p[c][context][l];
    table.add({level == 1 ? comparison_words(comparison, context) : "",
               std::string(chinese() ? model::level_title(comparison, level) : name), number(m),
               number(u), number(model.relative.p[c][context][l]),
               m > 0 && u > 0 ? fmt::format("{:+.1f}", std::log2(m / u)) : "—"});
  }
}

std::string levels_text(const RunModel& kept) {
  Table table({{say("比较项", "comparison")},
               {say("一致程度", "level")},
               {say("m（同一人）", "m (match)"), Align::kRight},
               {say("u（陌生人）", "u (stranger)"), Align::kRight},
               {say("亲属", "relative"), Align::kRight},
               {say("权重", "weight"), Align::kRight}},
              4);
  for (int c = 0; c < compare::kPersonComparisons; ++c) {
    for (std::size_t context = 0; context < (model::has_contexts(c) ? compare::kContextCount : 1U);
         ++context)
      add_levels(kept.model, c, context, table);
  }
  return table.text();
}

std::string prior_text(const model::Model& model) {
  const double odds = model.pair_odds > 0 ? model.pair_odds : model.match_share;
  std::string text = fmt::format(
      "    {} {:.1f}   {} {}   {}\n", say("先验（log2）", "prior (log2)"),
      std::log2(std::max(odds, 1e-300)),
      say("同一人在全部记录对中的比例", "share of matches among all pairs"),
      number(model.match_share),
      model.converged ? fmt::format(fmt::runtime(say("{} 轮后收敛", "converged after {} rounds")),
                                    model.iterations)
                      : std::string(say("估计没有收敛", "the estimation did not converge")));
  return text;
}

std::string tables_text(const workspace::RunModels& models) {
  if (models.tables == nullptr)
    return std::string(say("频率表：尚未统计\n", "frequency tables: not counted yet\n"));
  const link::FrequencyTables& tables = *models.tables;
  return fmt::format("{}{:016x}   {} {}   {} {}   {} {}\n{}", say("频率表 ", "frequency tables "),
                     link::tables_hash(tables), say("姓名", "names"),
                     grouped(tables.terms.names().values().size()), say("过热键", "hot keys"),
                     grouped(tables.keys.refined.size()), say("其中截去", "cut"),
                     grouped(tables.keys.cut.size()), trained_on(models.counted_on));
}

}  // namespace

std::string model_text(const workspace::RunModels& models, std::string_view source) {
  std::string text = fmt::format("{} {}\n{}", say("模型", "model"), workspace::models_hash(models),
                                 tables_text(models));
  for (const RunModel& kept : models.models) {
    if (!source.empty() && kept.name != source) continue;
    text += fmt::format("\n{}\n{}{}\n{}", kept.name, trained_on(kept.trained_on),
                        prior_text(kept.model), levels_text(kept));
  }
  return text;
}

}  // namespace bidui::cli
