// What each step must carry: deadline and assignee, reason, note and visit, …
#pragma once

#include "matcher/base/result.h"
#include "matcher/flag/disposition.h"

namespace bidui::flag {

// kInvalidArgument, naming all that is missing or what does not fit. `disposition` is the flag's
// before the step.
Status check_content(const Disposition& disposition, const Step& step);

}  // namespace bidui::flag
