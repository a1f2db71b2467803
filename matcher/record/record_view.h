// One record to compare or to make keys of.
#pragma once

#include <span>

#include "matcher/record/features.h"

namespace bidui::record {

// How the values of a free column err, and so which agreement levels and keys make sense.
enum class TextKind : std::uint8_t {
  kName,        // given and family names: by sound and Jaro-Winkler
  kText,        // streets, suburbs: Jaro-Winkler, prefix
  kIdentifier,  // numbers of a person: equal, one edit, or different
  kNumber,      // house numbers, post codes: equal, one edit, or different
  kCategory,    // equal or different
};

// Person features with the free columns, in the order of the plan. Points into a table that must
// outlive it.
struct RecordView {
  const PersonFeatures* person = nullptr;
  std::span<const TextFeature> texts{};
};

}  // namespace bidui::record
