// An explanation for machines: the form of docs/explain.md.
#pragma once

#include <string>

#include "workspace/explain.h"
#include "workspace/wording.h"

namespace bidui::workspace {

// One JSON object. Members are never removed or renamed without a new `format`; texts are in the
// language of `locale`, all else does not depend on it.
std::string explanation_json(const Explanation& e, Locale locale);

}  // namespace bidui::workspace
