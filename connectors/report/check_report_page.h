// The page of a check report: one file, no script, made for A4.
#pragma once

#include <string>
#include <string_view>

#include "connectors/report/check_report_data.h"
#include "connectors/report/words.h"

namespace bidui::connectors::report {

// `code` stands in the head and at the foot. The same data give the same bytes.
std::string check_report_page(const CheckReport& report, std::string_view code, Locale locale);

}  // namespace bidui::connectors::report
