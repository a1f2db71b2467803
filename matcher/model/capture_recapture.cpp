#include "matcher/model/capture_recapture.h"

namespace bidui::model {
Estimate missed_by_all(const CaptureCounts& counts) {
  (void)counts;
  return {};
}
}  // namespace bidui::model
