// A batch of decided pairs, counted by weight: what estimates of a run's errors are made from.
// Tallies of parts merge.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string_view>

#include "matcher/link/pair_error.h"
#include "matcher/model/capture_recapture.h"

namespace bidui::link {

// Bands of weight: pairs of one band are about equally sure. Non-links come first, weakest first.
inline constexpr std::array<double, 4> kNonLinkBandEdges = {-7, -4.25, -2, 0};
inline constexpr std::array<double, 4> kLinkBandEdges = {5, 10, 16, 24};
inline constexpr std::size_t kNonLinkBands = kNonLinkBandEdges.size() + 1;
inline constexpr std::size_t kBands = kNonLinkBands + kLinkBandEdges.size() + 1;

constexpr bool is_link_band(std::size_t band) { return band >= kNonLinkBands; }
std::size_t band_of(double weight, bool linked);

// One relation (pair of sources) and one band.
struct TallyCell {
  std::uint16_t relation = 0;
  std::uint8_t band = 0;

  auto operator<=>(const TallyCell&) const = default;
};

struct CellTally {
  std::uint64_t pairs = 0;
  double expected_errors = 0;  // false links, or matches among the non-links, by the model
};

struct ErrorTally {
  std::uint64_t records = 0;     // of the group, in all sources but the spine
  std::uint64_t linked = 0;      // of them linked with the spine
  std::uint64_t unlinkable = 0;  // of them too poor in fields to be linked (unlinkable.h)
  std::map<TallyCell, CellTally> cells{};
  // Links by the groups of keys that found them, for each class of shared fields.
  std::array<model::CaptureCounts, kFieldClasses> captured{};

  void add_pair(const DecidedPair& pair, double error_probability);
  void merge(const ErrorTally& other);
  // Matches that no key found, of all classes: a lower bound.
  model::Estimate missed_by_keys() const;
};

}  // namespace bidui::link
