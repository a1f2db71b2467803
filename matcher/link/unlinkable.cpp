#include "matcher/link/unlinkable.h"

namespace bidui::link {

double best_weight(const model::Scorer& scorer, const compare::RecordView& record,
                   double name_frequency) {
  const compare::ComparisonVector vector =
      compare::compare_records(scorer.model().plan, record, record);
  return scorer.weight(vector, name_frequency);
}

}  // namespace bidui::link
