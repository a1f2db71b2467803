// What a review found, as text and as JSON.
#pragma once

#include <string>

#include "workspace/reveal_log.h"
#include "workspace/review_estimate.h"

namespace bidui::cli {

std::string review_text(const workspace::ReviewReport& report);
std::string review_json(const workspace::ReviewReport& report);

// Who took values in full out of the workspace, a line each.
std::string reveals_text(const std::vector<workspace::Reveal>& reveals);
std::string reveals_json(const std::vector<workspace::Reveal>& reveals);

// The strata of a drawn sample, a line each.
std::string sample_text(const workspace::ReviewSample& sample);
std::string sample_json(const workspace::ReviewSample& sample);

}  // namespace bidui::cli
