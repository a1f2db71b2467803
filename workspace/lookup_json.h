// Look-ups and histories as JSON: what `bidui lookup --json` and the service give.
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "workspace/household_history.h"
#include "workspace/lookup.h"
#include "workspace/wording.h"

namespace bidui::workspace {

// `today`: tells which flags are overdue; without it none is.
boost::json::object lookup_json(const LookupResult& result, Locale locale,
                                std::optional<flag::DayNumber> today = {});
boost::json::object history_json(const HouseholdHistory& history, Locale locale);

}  // namespace bidui::workspace
