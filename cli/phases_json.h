#pragma once

#include <boost/json/fwd.hpp>
#include <vector>

#include "workspace/phase_clock.h"

namespace bidui::cli {

// The phases in turn: phase, seconds, cpu_seconds, the rows, keys, pairs and bytes of those that
// have any, and parts, phases that ran beside each other.
boost::json::array phases_json(const std::vector<workspace::PhaseTime>& phases);

}  // namespace bidui::cli
