// The levels of household evidence, fitted once the other levels stand.
#pragma once

#include <span>

#include "matcher/model/train.h"

namespace bidui::model {

// EM over the pairs that have household evidence (compare::Comparison::kHousehold or kHolder), in
// which only the probabilities of these levels move: how often the other members of a match, a
// relative or a stranger live in the other record's household, and whose a contradicting number is.
// `counts`, merged, leave out the pairs of records that are surely linked elsewhere: the levels are
// to tell whether a record that has no other partner has this one. The model's own levels count as
// thirty pairs. Rounded as train() does.
void train_household(Model& model, std::span<const VectorCount> counts);

}  // namespace bidui::model
