// What a calibration would change: the pairs of the run it was fitted to, decided again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/store.h"
#include "workspace/review_refit.h"

namespace bidui::workspace {

// Links and possible links of one pair of sources, before and with the calibration.
struct ChangedPairs {
  std::string title{};  // "建档立卡 → 户籍"
  std::string name{};   // "poverty~civil"
  std::uint64_t links = 0;
  std::uint64_t links_lost = 0;
  std::uint64_t links_gained = 0;
  std::uint64_t possible = 0;
  std::uint64_t possible_after = 0;
};

// Of each pair of sources, in the order of the error sheet. Links that the next comparison implies
// or gives up because of others are not followed: it may differ by a few. The errors of the store.
Result<std::vector<ChangedPairs>> preview_calibration(const store::Store& store,
                                                      const KeptCalibration& calibration);

}  // namespace bidui::workspace
