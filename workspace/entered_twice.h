// Whether two rows of one source are one person entered twice.
#pragma once

#include "matcher/link/candidate_search.h"

namespace bidui::workspace {

// Names equal or variants, and of somebody (no placeholder).
bool written_alike(const record::PersonFeatures& a, const record::PersonFeatures& b);

// Two rows of one source are one person only where the source itself says so: number and name
// agree, or everything else does while no number speaks against it.
bool may_be_entered_twice(const link::CandidatePair& pair, const record::PersonFeatures& a,
                          const record::PersonFeatures& b);

}  // namespace bidui::workspace
