// A report as bytes: what a run keeps so that it can be shown later as it was.
#pragma once

#include <string>
#include <string_view>

#include "connectors/report/report_data.h"
#include "matcher/base/result.h"

namespace bidui::workspace {

// Layout, version 5: "BDR5", then the members of ReportData in the order of its declaration.
// Numbers as LEB128, doubles as 8 bytes little-endian, a list as its length and elements. A text
// that occurred before is its number plus 1, a new one 0, its length and its bytes.
std::string encode_report(const connectors::report::ReportData& data);

// kCorrupt where the bytes are no report of this version.
Result<connectors::report::ReportData> decode_report(std::string_view bytes);

}  // namespace bidui::workspace
