// One text for one JSON value, so that its hash is its identity: members sorted by name, no white
// space, numbers as Boost.JSON prints them.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace bidui::flag {

// O(n log n) in the members of each object.
std::string canonical_json(const boost::json::value& value);

}  // namespace bidui::flag
