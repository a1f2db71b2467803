// The quality of a delivery on a terminal.
#pragma once

#include <string>

#include "connectors/report/quality_data.h"

namespace bidui::cli {

// A few lines: counts, what changed since the delivery before, what is to be looked at.
std::string quality_summary(const connectors::report::QualityReport& report);

// The summary, the fields and the townships as tables.
std::string quality_text(const connectors::report::QualityReport& report);

}  // namespace bidui::cli
