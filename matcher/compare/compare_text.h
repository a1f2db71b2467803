// Agreement of free columns: Latin names, streets, post codes, numbers, categories.
#pragma once

#include "matcher/compare/levels.h"
#include "matcher/record/features.h"

namespace bidui::compare {

// How the values of a column err, and so which levels make sense.
enum class TextKind : std::uint8_t {
  kName,        // given and family names: Jaro-Winkler
  kText,        // streets, suburbs: Jaro-Winkler, prefix
  kIdentifier,  // numbers of a person: equal, one edit, or different
  kNumber,      // house numbers, post codes: equal, one edit, or different
  kCategory,    // equal or different
};

// For identifiers and numbers only kEqual, kNear and kDifferent occur; for categories kEqual and
// kDifferent.
TextLevel compare_text(TextKind kind, const record::TextFeature& a, const record::TextFeature& b);

}  // namespace bidui::compare
