#pragma once

#include <boost/json/fwd.hpp>

#include "matcher/link/linker_stats.h"

namespace bidui::workspace {

// By key kind that has any: keys of the left side, how many of them were refined because too many
// records share them, how many were left out (cut); and the pairs that they imply = met (compared)
// + skipped, a pair as often as it shares a key of the kind.
boost::json::object keys_json(const link::LinkerStats& stats);

}  // namespace bidui::workspace
