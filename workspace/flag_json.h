// Flags as JSON: what `bidui flag list --json`, `bidui lookup --json` and the service give.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>

#include "workspace/shown_flag.h"
#include "workspace/wording.h"

namespace bidui::workspace {

// A flag without its evidence, titles in the language. `today`: tells what is overdue (by its
// deadline); without it nothing is.
boost::json::object flag_json(const ShownFlag& flag, Locale locale,
                              std::optional<flag::DayNumber> today);

// Records and values of its evidence, titles in the language, personal values as the flag has them.
boost::json::array evidence_json(const ShownFlag& flag, Locale locale);

}  // namespace bidui::workspace
