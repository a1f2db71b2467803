#include "workspace/report_errors.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

#include "matcher/key/fuzzy_key.h"
#include "matcher/model/model.h"
#include "workspace/compare.h"

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
  if (rates.reviewed) {
    row.false_rate = of_review(rates.false_rate);
    row.missed_rate = of_review(rates.missed_rate);
    return row;
  }
  if (rates.links > 0) row.false_rate.value = rates.false_rate.value;
  if (rates.missed_at_most) {
    const double low = rates.missed_rate.value;
    row.missed_rate = {(low + *rates.missed_at_most) / 2, low, *rates.missed_at_most};
  } else if (rates.links > 0) {
    row.missed_rate = {rates.missed_rate.value, rates.missed_rate.value, std::nullopt};
  }
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
    errors.keys.push_back({.kind = std::string(key::key_kind_name(static_cast<key::KeyKind>(k))),
                           .keys = counts.keys,
                           .refined = counts.refined_keys,
                           .cut = counts.cut_keys});
  }
}

// Context 0 only: the levels of birth and sex where no number says them (docs/model.md).
void add_levels(const model::Model& model, const std::string& source, report::ErrorReport& errors) {
  for (int c = 0; c < model.plan.comparison_count(); ++c) {
    const auto& m = model.match.p[static_cast<std::size_t>(c)][0];
    const auto& u = model.stranger.p[static_cast<std::size_t>(c)][0];
    for (int level = 1; level < compare::kLevelCount; ++level) {
      const auto l = static_cast<std::size_t>(level);
      if (model::level_name(c, level).empty() || m[l] <= 0 || u[l] <= 0) continue;
      errors.levels.push_back({.source = source,
                               .comparison = std::string(model::comparison_title(c)),
                               .level = std::string(model::level_title(c, level)),
                               .m = m[l],
                               .u = u[l],
                               .bits = std::log2(m[l] / u[l])});
    }
  }
}

std::vector<std::string> limits() {
  return {
      "未经复核时，误链率是比对模型自身的期望，前提是“同一人”“亲属”“无关者”三类之内各字段是否一致互"
      "不影响；"
      "在模拟县上实际误链少于估计。",
      "未经复核时，漏链率给出模型的范围：低端只算已打分的记录对，高端按模型预计的真实对总数；来源中"
      "本不在"
      "户籍之内的人会抬高高端。模拟县上真值在两端之间。",
      "检索键漏掉的对数用捕获—再捕获法（Chao "
      "下限）估计：证号、姓名生日、地点三组键并不独立，难配的记录各组都"
      "难，因此是下限。",
      "分组按左方记录自身填写的乡镇、出生、民族、姓名、证号；经复核校准后，分组区间还假定同一权重层"
      "内的错误按"
      "模型给出的比例落在各组。",
      "信息不足：记录现有字段即使完全一致，权重也达不到链接阈值。误差往往先落在这些记录上。"};
}

}  // namespace

void add_errors(const CompareReport& run, report::ReportData& data) {
  report::ErrorReport& errors = data.errors;
  errors.basis = "比对模型自身的估计，没有复核样本（bidui review sample 抽样复核后可校准）。";
  for (const ErrorGroup& group : run.errors.groups) {
    if (is_shown(group))
      errors.rows.push_back(
          row_of(group, link::expected_rates(group.tally, group.expected_matches)));
  }
  add_captured(run.errors, errors);
  add_keys(run.world->linkage.stats, errors);
  for (const SourceLinkage& linkage : run.world->linkage.to_spine)
    add_levels(linkage.model, run.world->sources[linkage.source].schema->title, errors);
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
    data.errors.rows.push_back(
        row_of(group, drawn ? link::reviewed_rates(group.tally, sheet.all(), strata)
                            : link::expected_rates(group.tally)));
    if (group.name.dimension != Dimension::kSources || !drawn) continue;
    for (report::LinkRow& link : data.links) {
      if (group.name.name != link.left_source + "~" + link.right_source) continue;
      link.false_rate = data.errors.rows.back().false_rate.value;
      link.missed_rate = data.errors.rows.back().missed_rate.value;
      link.note = "由人工复核样本校准";
    }
  }
}

}  // namespace bidui::workspace
