// Samples of visits and the indicators, on a terminal and as JSON.
#pragma once

#include <string>
#include <vector>

#include "workspace/indicators.h"

namespace bidui::cli {

std::string visits_text(const workspace::VisitSample& sample);
std::string visits_json(const workspace::VisitSample& sample);
std::string visit_list_text(const std::vector<workspace::VisitSample>& samples);

std::string visit_report_text(const workspace::SampleReport& report);
std::string visit_report_json(const workspace::SampleReport& report);

std::string flag_indicators_text(const workspace::FlagIndicators& indicators);
std::string flag_indicators_json(const workspace::FlagIndicators& indicators);

}  // namespace bidui::cli
