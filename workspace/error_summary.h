// The error sheet's figures in summary.json (contracts §3).
#pragma once

#include <boost/json/fwd.hpp>

#include "workspace/error_sheet.h"

namespace bidui::workspace {

// `calibrated`: the run's weights were, by an earlier review. "basis" says what the figures rest
// on, "to_civil" has a line per source, "groups" the same by every group of the sheet. Rates are
// shares from 0 to 1.
boost::json::object error_summary(const RunWorld& world, const ErrorSheet& sheet, bool calibrated);

}  // namespace bidui::workspace
