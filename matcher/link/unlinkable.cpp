#include "matcher/link/unlinkable.h"

namespace bidui::link {

double best_weight(const model::Scorer& scorer, const compare::RecordView& record,
                   const model::TermBits& terms) {
  const compare::ComparisonVector vector =
      compare::compare_records(scorer.model().plan, record, record);
  return scorer.weight(vector, terms);
}

}  // namespace bidui::link
