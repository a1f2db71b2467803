// Flags for a terminal and as JSON.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "workspace/shown_flag.h"

namespace bidui::cli {

// The title in the user's language.
std::string flag_title(const workspace::ShownFlag& flag);
std::string status_title(flag::Status status);
std::string severity_title(rule::Severity severity);

// One flag in a few lines, each behind `indent` spaces.
std::string flag_summary_text(const workspace::ShownFlag& flag, std::size_t indent);

// Everything about one flag; `today` tells what is overdue.
std::string flag_text(const workspace::ShownFlag& flag, flag::DayNumber today);

// One flag with its evidence as it is kept.
boost::json::object flag_with_evidence(const workspace::ShownFlag& flag);

}  // namespace bidui::cli
