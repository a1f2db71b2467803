// What a run compares of two records: their vector with the levels of household evidence, and which
// prior holds; told again from the stored records.
#pragma once

#include "matcher/base/result.h"
#include "matcher/compare/comparison_vector.h"
#include "workspace/record_reader.h"

namespace bidui::workspace {

struct RunVector {
  compare::ComparisonVector vector = 0;
  bool unheld = false;  // Model::unheld_pair_odds is the prior
};

// `first` before `second` by source; both loaded. Only pairs with the civil registry have household
// evidence, as link/household_evidence.h gives it. Reads the members of the first record's
// household and the registry's records of their numbers. Errors: those of the store.
Result<RunVector> run_vector(RecordReader& reader, RecordPlace first, RecordPlace second);

}  // namespace bidui::workspace
