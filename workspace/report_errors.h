// The error sheet of a run for its report.
#pragma once

#include <span>

#include "connectors/report/report_data.h"
#include "matcher/link/error_rates.h"

namespace bidui::workspace {

struct CompareReport;  // compare.h
struct ErrorSheet;     // error_sheet.h

// Fills data.errors: rates by the model, key kinds, what the keys missed, level probabilities.
void add_errors(const CompareReport& run, connectors::report::ReportData& data);

struct ReportedRates {
  connectors::report::RateEstimate false_rate{};
  connectors::report::RateEstimate missed_rate{};
};
// With the interval of reviewed pairs, else with the bound of the model's estimate; nothing where
// there is no link.
ReportedRates reported_rates(const link::ErrorRates& rates);

// Puts the rates that a review shows in place of the model's.
void apply_review(const ErrorSheet& sheet, std::span<const link::ReviewedStratum> strata,
                  connectors::report::ReportData& data);

}  // namespace bidui::workspace
