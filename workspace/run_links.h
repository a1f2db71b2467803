// The links of a run as links.csv lists them (contracts §3).
#pragma once

#include <vector>

#include "workspace/run_world.h"

namespace bidui::workspace {

struct RunLink {
  std::uint32_t a = 0;  // a < b
  std::uint32_t b = 0;
  // log2 posterior odds: of a link, of the weakest link on the strongest path between the two; of a
  // possible link its own.
  double weight = 0;
  LinkLevel level = LinkLevel::kL1;  // L1: possible
  bool direct = false;               // that path is the pair itself; else it is implied by others
  std::uint32_t kinds = 0;           // bit set of the key kinds that found it; 0: never compared

  bool linked() const { return level != LinkLevel::kL1; }
};

// Every pair of records of one entity, and the possible links; by (a, b). O(links) for
// entities of a few records.
std::vector<RunLink> run_links(const RunWorld& world);

}  // namespace bidui::workspace
