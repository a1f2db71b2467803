// The offices' decisions, one function per registry, in the order in which they are taken. Each
// adds the contradictions that it plants or causes. Private to decide_registers().
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "bench/world/registers.h"

namespace bidui::world {

// What the decisions share.
struct Office {
  World& world;
  const NameTables& names;
  IdOffice& id_office;
  const ErrorRates& rates;
  Registers& registers;
  Rng rng;
  // The dead of the last years, by the home they left.
  std::unordered_map<HomeIndex, std::vector<PersonIndex>> dead_of_home;
  // Homes that are in the poverty registry for no reason but the relocation: their houses are
  // sound.
  std::unordered_set<HomeIndex> entered_by_relocation{};
  std::vector<std::uint32_t> allowance_of_home;  // first case, or kNone
};

// A home in one of the villages whose family is registered in a neighbouring county, still empty.
HomeIndex add_neighbour_home(Office& office);
// Its people, the head first. REQUIRES: count > 0.
void add_neighbours(Office& office, HomeIndex home, int count);

void decide_deaths(Office& office);
void decide_poverty(Office& office);
void decide_allowance(Office& office);
void decide_relocation(Office& office);
void decide_houses(Office& office);
// Contradictions that follow from who is where, after all is decided.
void find_missing_members(Office& office);
void find_absent_from_civil(Office& office);

}  // namespace bidui::world
