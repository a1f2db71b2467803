// What the answers of a review say of a run's errors.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/link/error_rates.h"
#include "workspace/error_sheet.h"
#include "workspace/review_answers.h"

namespace bidui::workspace {

struct EstimatedGroup {
  GroupName name{};
  link::ErrorRates rates{};
};

struct ReviewerPair {
  std::string one{};
  std::string other{};
  model::Agreement agreement{};
};

struct ReviewProgress {
  std::string person{};
  std::size_t answered = 0;
  std::size_t cannot_tell = 0;
};

struct ReviewReport {
  ReviewSample sample{};
  std::vector<link::ReviewedStratum> strata{};  // parallel to the sample's
  std::vector<EstimatedGroup> groups{};         // all together first
  std::vector<ReviewProgress> reviewers{};
  std::vector<ReviewerPair> agreement{};  // of each two reviewers with a pair in common
  std::vector<std::size_t> disputed{};    // numbers of pairs in the sample, from 0
  std::size_t cannot_tell = 0;            // pairs of which nobody could tell
  std::size_t usable = 0;                 // pairs with an answer that counts
};

// `sample` "": the newest. kNotFound; the errors of the store.
Result<ReviewReport> report_review(const store::Store& store, std::string_view sample);

// The strata of the run's newest sample that has answers, for its error sheet; empty where nothing
// was reviewed.
Result<std::vector<link::ReviewedStratum>> reviewed_strata(const store::Store& store,
                                                           std::string_view run);

}  // namespace bidui::workspace
