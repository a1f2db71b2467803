// Agreement of free columns: Latin names, streets, post codes, numbers, categories.
#pragma once

#include "matcher/compare/levels.h"
#include "matcher/record/features.h"
#include "matcher/record/record_view.h"

namespace bidui::compare {

using record::TextKind;

// For identifiers and numbers only kEqual, kNear and kDifferent occur; for categories kEqual and
// kDifferent.
TextLevel compare_text(TextKind kind, const record::TextFeature& a, const record::TextFeature& b);

}  // namespace bidui::compare
