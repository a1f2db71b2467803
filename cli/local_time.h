// The wall clock, for what is recorded; the only place of this program that reads it for that.
#pragma once

#include <string>

namespace bidui::cli {

// "2026-11-30T17:20:33+0800", in the time zone of the machine.
std::string local_time();
// "2026-11-30".
std::string local_day();

}  // namespace bidui::cli
