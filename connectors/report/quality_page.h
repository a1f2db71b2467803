// The quality of one delivery as a page: one file, no script.
#pragma once

#include <string>

#include "connectors/report/quality_data.h"
#include "connectors/report/words.h"

namespace bidui::connectors::report {

// The same data give the same bytes.
std::string quality_page(const QualityReport& report, Locale locale);

}  // namespace bidui::connectors::report
