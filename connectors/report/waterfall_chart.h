// The waterfall of a weight as inline SVG, one drawing per row, so that text beside it wraps and
// the page suits any width. Coordinates across are percentages; shapes carry classes of
// explanation.css, never styles of their own.
#pragma once

#include <string>

#include "connectors/report/explanation_data.h"
#include "connectors/report/words.h"

namespace bidui::connectors::report {

class WaterfallChart {
 public:
  // `data` must outlive the chart.
  explicit WaterfallChart(const ExplanationData& data);

  // The bar of the next step, in the order of data.steps; each begins where the last one ended.
  std::string step(const ExplanationStep& step);
  // The bar of the sum, from zero.
  std::string total() const;
  // Names of the thresholds above their lines.
  std::string axis(Locale locale) const;

 private:
  double x(double bits) const;
  std::string lines() const;
  std::string bar(double from, double to, std::string_view kind) const;

  const ExplanationData& data_;
  double low_ = 0;
  double high_ = 0;
  double sum_ = 0;
};

}  // namespace bidui::connectors::report
