// Records too poor in fields to be linked: not even a record that says the same in everything would
// reach the threshold.
#pragma once

#include "matcher/link/record_table.h"
#include "matcher/model/scorer.h"

namespace bidui::link {

// The weight of the record against a copy of itself: the best that any record could reach.
// `terms` as in Scorer::score.
double best_weight(const model::Scorer& scorer, const compare::RecordView& record,
                   const model::TermBits& terms);

}  // namespace bidui::link
