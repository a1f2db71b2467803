// What a review of all pairs of a run says of the errors of a part of them.
#pragma once

#include <span>
#include <vector>

#include "matcher/link/error_tally.h"
#include "matcher/model/proportion.h"

namespace bidui::link {

struct CellAnswers {
  std::uint64_t trials = 0;
  std::uint64_t errors = 0;
};

// A stratum of a review: pairs were drawn from all of these cells together, and `trials` answered.
struct ReviewedStratum {
  std::vector<TallyCell> cells{};
  std::uint64_t trials = 0;
  std::uint64_t errors = 0;            // false links, or matches among non-links
  std::vector<CellAnswers> answers{};  // of each cell; empty: not known
};

// The errors of `group`, a part of `all` or the whole, among the cells of `strata`. Of a stratum
// that is its own the answers alone speak. Of one that it shares with others it has the errors that
// were seen in cells of its own, and of those not seen the share that the model gives it: more or
// less than that as the errors seen in its cells are more or less than their share. `spread` is the
// coefficient of variation of true shares around the model's (gamma); the interval has that and
// chance besides.
model::Estimate group_errors(const ErrorTally& group, const ErrorTally& all,
                             std::span<const ReviewedStratum> strata, double spread);

}  // namespace bidui::link
