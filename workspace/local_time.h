// The wall clock, for what is recorded; the only place of this program that reads it for that.
#pragma once

#include <chrono>
#include <string>

#include "matcher/rule/value.h"

namespace bidui::workspace {

// "2026-11-30T17:20:33+0800", in the time zone of the machine.
std::string local_time();
// "2026-11-30".
std::string local_day();
rule::DayNumber today();
// "2026-11-30T09:20:33Z": in so long from now.
std::string utc_time_after(std::chrono::seconds time);

}  // namespace bidui::workspace
