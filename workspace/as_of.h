// The date that data or a run speak of, as users write it.
#pragma once

#include <string>

#include "matcher/base/result.h"

namespace bidui::workspace {

// kInvalidArgument where it is no date YYYY-MM-DD.
Status check_as_of(const std::string& as_of);

}  // namespace bidui::workspace
