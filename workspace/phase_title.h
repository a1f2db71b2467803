// What long work is doing (progress.h), for people.
#pragma once

#include <string>
#include <string_view>

#include "workspace/wording.h"

namespace bidui::workspace {

// The name itself in English, and where it has no title.
std::string phase_title(std::string_view phase, Locale locale);

}  // namespace bidui::workspace
