#pragma once

#include <boost/json/fwd.hpp>

#include "matcher/link/hot_keys.h"

namespace bidui::workspace {

// By key kind that has any: keys, how many of them were refined because too many records share
// them, and how many were left out (cut).
boost::json::object keys_json(const link::KeyCounts& counts);

}  // namespace bidui::workspace
