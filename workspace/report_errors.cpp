#include "workspace/report_errors.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

#include "matcher/key/fuzzy_key.h"
#include "matcher/model/model.h"
#include "workspace/compare.h"
#include "workspace/summand_words.h"

namespace bidui::workspace {
namespace {

namespace report = connectors::report;

report::RateEstimate of_review(const model::Estimate& rate) {
  return {rate.value, rate.interval.low, rate.interval.high};
}

report::ErrorRow row_of(const ErrorGroup& group, const link::ErrorRates& rates) {
  report::ErrorRow row{.dimension = std::string(dimension_title(group.name.dimension)),
                       .group = group.name.title,
                       .records = group.tally.records,
                       .linked = group.tally.linked,
                       .unlinkable = group.tally.unlinkable,
                       .links = rates.links};
  const ReportedRates reported = reported_rates(rates);
  row.false_rate = reported.false_rate;
  row.missed_rate = reported.missed_rate;
  return row;
}

bool is_shown(const ErrorGroup& group) {
  return group.tally.records > 0 || !group.tally.cells.empty();
}

void add_captured(const ErrorSheet& sheet, report::ErrorReport& errors) {
  for (const ErrorGroup& group : sheet.groups) {
    if (group.name.dimension != Dimension::kSources || is_within_source(group.name)) continue;
    double found = 0;
    for (const model::CaptureCounts& counts : group.tally.captured)
      found = std::accumulate(counts.begin(), counts.end(), found);
    if (found < 1) continue;
    const model::Estimate missed = group.tally.missed_by_keys();
    errors.captured.push_back({.sources = group.name.title,
                               .found = static_cast<std::uint64_t>(std::llround(found)),
                               .missed = missed.value,
                               .low = missed.interval.low,
                               .high = missed.interval.high});
  }
}

void add_keys(const link::LinkerStats& stats, report::ErrorReport& errors) {
  for (std::size_t k = 0; k < stats.keys.size(); ++k) {
    const link::KeyKindCounts& counts = stats.keys[k];
    if (counts.keys == 0) continue;
    const auto kind = static_cast<key::KeyKind>(k);
    errors.keys.push_back({.kind = key_words(kind, report::Locale::kChinese),
                           .english_kind = key_words(kind, report::Locale::kEnglish),
                           .keys = counts.keys,
                           .refined = counts.refined_keys,
                           .cut = counts.cut_keys});
  }
}

// Context 0 only: the levels of birth and sex where no number says them (docs/model.md).
void add_levels(const model::Model& model, const std::string& source, report::ErrorReport& errors) {
  for (int c = 0; c < model.plan.comparison_count(); ++c) {
    const auto& m = model.match.p[static_cast<std::size_t>(c)][0];
    const auto& r = model.relative.p[static_cast<std::size_t>(c)][0];
    const auto& u = model.stranger.p[static_cast<std::size_t>(c)][0];
    for (int level = 1; level < compare::kLevelCount; ++level) {
      const auto l = static_cast<std::size_t>(level);
      if (model::level_name(c, level).empty() || m[l] <= 0 || u[l] <= 0) continue;
      errors.levels.push_back({.source = source,
                               .comparison = std::string(model::comparison_title(c)),
                               .level = std::string(model::level_title(c, level)),
                               .m = m[l],
                               .relatives = r[l],
                               .u = u[l],
                               .bits = std::log2(m[l] / u[l]),
                               .relatives_bits = r[l] > 0 ? std::log2(m[l] / r[l]) : 0});
    }
  }
}

std::vector<std::string> limits() {
  return {
      "未经复核时，误链率、漏链率都是比对模型自身的期望，前提是“同一人”“亲属”“无关者”三类之内各字段"
      "是"
      "否一致互不影响。这不是区间：真值可能更高，也可能更低，在模拟县上与真值相差多少见 "
      "docs/errors.md。",
      "“≤”后的数：即使模型无误，链接数这样少，偶然也可能到此数（一例未见时为 "
      "3÷链接数）；与户籍的漏链率"
      "另取模型按真实对总数推算的数，以大者为准，来源中本不在户籍之内的人会抬高它。真值也可能超过此"
      "数。",
      "检索键漏掉的对数用捕获—再捕获法（Chao "
      "下限）估计：证号、姓名生日、地点三组键并不独立，难配的记录各组都难，因此是下限。",
      "分组：乡镇、年龄、民族按左方记录自身填写，没有填的取与之链接的户籍记录（未链接的，取该对的户"
      "籍记录"
      "）；姓名书写、证件号码总按左方记录自身。",
      "经复核校准后，同一权重层内的错误按模型给出的比例分到各组，区间留出这一比例有偏（来源对之间可"
      "差一倍"
      "以上）和偶然起伏的余地；来源对另用自己那部分判断。",
      "信息不足：记录现有字段即使完全一致，权重也达不到链接阈值。误差往往先落在这些记录上。"};
}

std::string basis_of(const CompareReport& run) {
  if (!run.calibration)
    return "比对模型自身的估计，没有复核样本（bidui review sample 抽样复核后可校准）。";
  std::string reviewers;
  for (const std::string& person : run.calibration->reviewers)
    reviewers += (reviewers.empty() ? "" : "、") + person;
  return fmt::format(
      "比对模型的估计，权重按样本 {}（比对 {}，{}复核，{} 个判断）校准；本次比对自身没有复核样本。",
      run.calibration->sample, run.calibration->run, reviewers, run.calibration->answers);
}

}  // namespace

ReportedRates reported_rates(const link::ErrorRates& rates) {
  if (rates.reviewed) return {of_review(rates.false_rate), of_review(rates.missed_rate)};
  if (rates.links == 0) return {};
  return {{rates.false_rate.value, std::nullopt, rates.false_at_most},
          {rates.missed_rate.value, std::nullopt, rates.missed_at_most}};
}

void add_errors(const CompareReport& run, report::ReportData& data) {
  report::ErrorReport& errors = data.errors;
  errors.basis = basis_of(run);
  for (const ErrorGroup& group : run.errors.groups) {
    if (is_shown(group))
      errors.rows.push_back(
          row_of(group, link::expected_rates(group.tally, group.expected_matches)));
  }
  add_captured(run.errors, errors);
  add_keys(run.world->linkage.stats, errors);
  for (const SourceLinkage& linkage : run.world->linkage.to_spine)
    add_levels(linkage.model, run.world->sources[linkage.source].schema->title, errors);
  if (run.world->linkage.among_sources.pairs_compared > 0)
    add_levels(run.world->linkage.among_sources.model, "各来源之间、来源内重复", errors);
  errors.limits = limits();
}

void apply_review(const ErrorSheet& sheet, std::span<const link::ReviewedStratum> strata,
                  report::ReportData& data) {
  std::uint64_t answers = 0;
  for (const link::ReviewedStratum& stratum : strata) answers += stratum.trials;
  data.errors.reviewed = true;
  data.errors.basis = fmt::format("由 {} 对人工复核的样本校准，方括号内为 95% 区间。", answers);
  data.errors.rows.clear();
  for (const ErrorGroup& group : sheet.groups) {
    if (!is_shown(group)) continue;
    const bool drawn = !is_within_source(group.name);  // repetitions are never drawn
    data.errors.rows.push_back(row_of(
        group, drawn ? reviewed_rates(group, sheet, strata) : link::expected_rates(group.tally)));
    if (group.name.dimension != Dimension::kSources || !drawn) continue;
    for (report::LinkRow& link : data.links) {
      if (group.name.name != link.left_source + "~" + link.right_source) continue;
      link.false_rate = data.errors.rows.back().false_rate;
      link.missed_rate = data.errors.rows.back().missed_rate;
      link.note = "由人工复核样本校准";
    }
  }
}

}  // namespace bidui::workspace
