#include "cli/explanation_table.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "cli/table.h"
#include "workspace/wording.h"

namespace bidui::cli {
namespace {

using connectors::report::ExplanationData;
using connectors::report::ExplanationKey;
using connectors::report::ExplanationRow;
using connectors::report::ExplanationStep;
using connectors::report::Locale;
using connectors::report::StepKind;
using workspace::pick;

// Bars from the running sum to the next: █ for evidence for, ░ against.
class Waterfall {
 public:
  explicit Waterfall(const std::vector<ExplanationStep>& steps) {
    double sum = 0;
    for (const ExplanationStep& step : steps) {
      sum += step.bits;
      low_ = std::min(low_, sum);
      high_ = std::max(high_, sum);
    }
    per_bit_ = kWidth / std::max(high_ - low_, 1.0);
  }

  // Each step begins where the last one ended.
  std::string step(double bits) {
    const double from = sum_;
    sum_ += bits;
    return bar(from, sum_);
  }
  std::string bar(double from, double to) const {
    const int begin = column(std::min(from, to));
    const int end = std::max(column(std::max(from, to)), begin + (from == to ? 0 : 1));
    std::string text(static_cast<std::size_t>(begin), ' ');
    for (int c = begin; c < end; ++c) text += to > from ? "█" : "░";
    return text;
  }

 private:
  static constexpr double kWidth = 28;
  int column(double bits) const { return static_cast<int>(std::lround((bits - low_) * per_bit_)); }
  double low_ = 0;
  double high_ = 0;
  double per_bit_ = 1;
  double sum_ = 0;
};

std::string records_part(const ExplanationData& data) {
  Table table({{""}, {data.left}, {data.right}}, 2);
  for (const ExplanationRow& row : data.rows) table.add({row.title, row.left, row.right});
  return table.text();
}

std::string weights_part(const ExplanationData& data, Locale locale) {
  Waterfall waterfall(data.steps);
  Table table({{pick(locale, "比较项", "summand")},
               {pick(locale, "一致程度", "agreement")},
               {pick(locale, "同一人中", "matches"), Align::kRight},
               {pick(locale, "亲属中", "relatives"), Align::kRight},
               {pick(locale, "陌生人中", "strangers"), Align::kRight},
               {pick(locale, "得分", "bits"), Align::kRight},
               {.title = "", .whole = true}},
              2);
  for (const ExplanationStep& step : data.steps) {
    const bool missing = step.kind == StepKind::kMissing;
    table.add({step.title, step.detail, step.match, step.relative, step.stranger,
               missing || std::abs(step.bits) < .05 ? "0" : fmt::format("{:+.1f}", step.bits),
               waterfall.step(step.bits)});
  }
  table.add({std::string(pick(locale, "合计", "total")), data.total_detail, "", "", "",
             fmt::format("{:+.1f}", data.total), waterfall.bar(0, data.total)});
  std::string text = table.text();
  const std::string possible = fmt::format("{:.1f}", data.possible_bits);
  if (data.link_bits) {
    text += fmt::format(
        fmt::runtime(pick(locale, "  {} 分以上列为可能，{:.1f} 分以上认定；每 1 分把握翻一倍\n",
                          "  possible from {}, linked from {:.1f}; each bit doubles the odds\n")),
        possible, *data.link_bits);
  }
  return text;
}

std::string rivals_part(const ExplanationData& data, Locale locale) {
  if (data.rivals.empty()) return {};
  std::string text = fmt::format("\n{}\n", pick(locale, "也像的其他记录", "Others that fit"));
  for (const std::string& rival : data.rivals) text += wrapped(rival, 2);
  return text;
}

std::string keys_part(const ExplanationData& data, Locale locale) {
  Table shared({{""}, {""}}, 2);
  std::string apart;
  for (const ExplanationKey& key : data.keys) {
    if (key.shared) {
      shared.add({key.title, key.state});
    } else {
      if (!apart.empty()) apart += pick(locale, "、", ", ");
      apart += key.title;
    }
  }
  const std::string none = fmt::format("  {}\n", pick(locale, "没有共同的键", "none is shared"));
  const std::string text = shared.empty() ? none : shared.text();
  if (apart.empty()) return text;
  return text +
         wrapped(
             std::string(pick(locale, "不同或只有一边有：", "differ, or one side only: ")) + apart,
             2);
}

}  // namespace

std::string explanation_table(const ExplanationData& data, Locale locale) {
  std::string text =
      data.verdict + std::string(pick(locale, "。\n", ".\n")) + wrapped(data.headline, 0);
  for (const std::string& reason : data.reasons) text += wrapped("· " + reason, 2);
  text += "\n" + records_part(data);
  for (const std::string& remark : data.numbers) text += wrapped("· " + remark, 2);
  text +=
      fmt::format(fmt::runtime(pick(locale, "\n得分（模型 {}{}）\n", "\nWeight (model {}{})\n")),
                  data.model, data.run.empty() ? "" : " · " + data.run);
  text += weights_part(data, locale) + rivals_part(data, locale);
  text += fmt::format("\n{}\n", pick(locale, "检索键（有一类相同才会拿来比较）",
                                     "Fuzzy keys (two records are compared where they share one)"));
  return text + keys_part(data, locale);
}

}  // namespace bidui::cli
