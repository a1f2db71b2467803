// The page's charts as inline SVG: shapes carry classes of page.css, never styles of their own.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "connectors/report/report_data.h"
#include "connectors/report/words.h"

namespace bidui::connectors::report {

// A horizontal bar stacked by severity, most serious first, as wide as its place; its length is its
// share of `longest`. `longest` 0 draws an empty bar.
std::string severity_bar(const std::array<std::uint64_t, kSeverities>& counts,
                         std::uint64_t longest, Locale locale);

// Bars over match weight with a logarithmic axis of counts and dashed thresholds.
std::string histogram_chart(const ScoreHistogram& histogram, Locale locale);

// Step 0 (none) to 7 of a shade for `value` where the largest is `largest`; by square root, so
// that small counts beside large ones still show.
int heat_step(double value, double largest);

}  // namespace bidui::connectors::report
