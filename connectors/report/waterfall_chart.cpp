#include "connectors/report/waterfall_chart.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace bidui::connectors::report {
namespace {

constexpr double kMargin = 9;  // percent on each side, for the numbers beside the bars
constexpr std::string_view kOpen = R"(<svg aria-hidden="true">)";

std::string_view bar_class(const ExplanationStep& step) {
  switch (step.kind) {
    case StepKind::kStart:
      return "bar start";
    case StepKind::kContext:
      return "bar context";
    case StepKind::kEvidence:
    case StepKind::kMissing:
      break;
  }
  return step.bits < 0 ? "bar down" : "bar";
}

// Without a sign where it is rounded to nothing.
double shown(double bits) { return std::abs(bits) < .05 ? 0 : bits; }

std::string line(std::string_view kind, double x) {
  return fmt::format(R"(<line class="{0}" x1="{1:.2f}%" x2="{1:.2f}%" y1="0" y2="100%"/>)", kind,
                     x);
}

}  // namespace

WaterfallChart::WaterfallChart(const ExplanationData& data) : data_(data) {
  const auto include = [&](double bits) {
    low_ = std::min(low_, bits);
    high_ = std::max(high_, bits);
  };
  double sum = 0;
  for (const ExplanationStep& step : data.steps) include(sum += step.bits);
  include(data.possible_bits);
  if (data.link_bits) include(*data.link_bits);
}

double WaterfallChart::x(double bits) const {
  return kMargin + (bits - low_) / std::max(high_ - low_, 1.0) * (100 - 2 * kMargin);
}

std::string WaterfallChart::lines() const {
  std::string svg = line("zero", x(0)) + line("limit low", x(data_.possible_bits));
  return data_.link_bits ? svg + line("limit", x(*data_.link_bits)) : svg;
}

std::string WaterfallChart::bar(double from, double to, std::string_view kind) const {
  constexpr double kThinnest = .25;
  const double begin = x(std::min(from, to));
  const double end = std::max(x(std::max(from, to)), begin + kThinnest);
  return fmt::format(R"(<rect class="{}" x="{:.2f}%" width="{:.2f}%" y="22%" height="56%"/>)", kind,
                     begin, end - begin);
}

std::string WaterfallChart::step(const ExplanationStep& step) {
  const double from = sum_;
  sum_ += step.bits;
  std::string svg = std::string(kOpen) + lines();
  if (step.kind == StepKind::kMissing) return svg + line("thread", x(sum_)) + "</svg>";
  svg += line("thread", x(from)) + bar(from, sum_, bar_class(step));
  // The number stands where the bar points to, off the way of the next one.
  const bool right = step.bits >= 0;
  svg += fmt::format(R"(<text class="{}" x="{:.2f}%" dx="{}" y="50%" dy=".35em">{:+.1f}</text>)",
                     right ? "" : "end", x(sum_), right ? 5 : -5, shown(step.bits));
  return svg + "</svg>";
}

std::string WaterfallChart::total() const {
  const bool right = data_.total >= 0;
  return std::string(kOpen) + lines() + bar(0, data_.total, "bar sum") +
         fmt::format(
             R"(<text class="{}" x="{:.2f}%" dx="{}" y="50%" dy=".35em">{:+.1f}</text></svg>)",
             right ? "" : "end", x(data_.total), right ? 5 : -5, shown(data_.total));
}

std::string WaterfallChart::axis(Locale locale) const {
  const auto mark = [&](double bits, Word which, std::string_view anchor, int dx) {
    return fmt::format(R"(<text class="mark {}" x="{:.2f}%" dx="{}" y="14">{} {:.1f}</text>)",
                       anchor, x(bits), dx, word(which, locale), bits);
  };
  std::string svg(kOpen);
  svg += mark(data_.possible_bits, Word::kExplainPossibleFrom, "end", 8);
  if (data_.link_bits) svg += mark(*data_.link_bits, Word::kExplainLinkFrom, "", -8);
  return svg + "</svg>";
}

}  // namespace bidui::connectors::report
