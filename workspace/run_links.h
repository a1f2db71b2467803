// The links of a run as links.csv lists them (contracts §3).
#pragma once

#include <vector>

#include "workspace/run_world.h"

namespace bidui::workspace {

struct RunLink {
  std::uint32_t a = 0;  // a < b
  std::uint32_t b = 0;
  double weight = 0;    // log2 posterior odds; implied: as strength
  double strength = 0;  // weight of the weakest link on the strongest path between the two
  LinkLevel level = LinkLevel::kL1;  // L1: possible
  bool direct = false;               // else implied by others of the entity
  std::uint32_t kinds = 0;           // bit set of the key kinds that found a direct link

  bool linked() const { return level != LinkLevel::kL1; }
};

// Every pair of records of one entity, and the possible links; by (a, b). O(links) for
// entities of a few records.
std::vector<RunLink> run_links(const RunWorld& world);

}  // namespace bidui::workspace
