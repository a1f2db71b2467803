// A run's decided pairs as it keeps them: the population of reviews.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/link/pair_error.h"
#include "store/store.h"

namespace bidui::workspace {

// What a review needs of a DecidedPair; the weight as the run gave it.
struct PopulationPair {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  double weight = 0;
  std::uint16_t relation = 0;
  bool linked = false;
};

std::string encode_decided_pairs(std::span<const link::DecidedPair> pairs);

// kNotFound: no such run, or made by an older version.
Result<std::vector<PopulationPair>> load_pairs(const store::Store& store, std::string_view run);

}  // namespace bidui::workspace
