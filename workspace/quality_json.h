// The quality of a delivery as JSON, for other systems.
#pragma once

#include <boost/json/object.hpp>

#include "connectors/report/quality_data.h"

namespace bidui::workspace {

boost::json::object quality_json(const connectors::report::QualityReport& report);

}  // namespace bidui::workspace
