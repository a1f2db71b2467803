// What people decided about two records, or about records that are one person with them.
#pragma once

#include <vector>

#include "workspace/constraint.h"
#include "workspace/explained_pair.h"

namespace bidui::workspace {

// The workspace's cannot-links between the newest run's two persons, that of the pair itself first;
// where the run made them one person, that of the pair only. Errors: those of the store.
Result<std::vector<Constraint>> pair_constraints(const ExplainedPair& pair);

}  // namespace bidui::workspace
