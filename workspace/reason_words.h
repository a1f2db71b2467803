// A reason in one to three sentences.
#pragma once

#include <string>

#include "workspace/explain.h"
#include "workspace/wording.h"

namespace bidui::workspace {

std::string reason_words(const Explanation& e, const Reason& reason, Locale locale);

}  // namespace bidui::workspace
