// The offices' decisions, one function per registry, in the order in which they are taken. Each
// adds the contradictions that it plants or causes.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "bench/world/profile.h"
#include "bench/world/registers.h"

namespace bidui::world {

// What the decisions share.
struct Office {
  World& world;
  const NameTables& names;
  IdOffice& id_office;
  const ErrorRates& rates;
  const Profile& profile;
  Registers& registers;
  Rng rng;
  // The dead of the last years, by the home they left.
  std::unordered_map<HomeIndex, std::vector<PersonIndex>> dead_of_home{};
  // Homes that are in the poverty registry for no reason but the relocation: their houses are
  // sound.
  std::unordered_set<HomeIndex> entered_by_relocation{};
  std::vector<std::uint32_t> allowance_of_home{};  // first case, or kNone
  std::size_t next_member = 0;                     // 人编号 given out so far
  std::size_t next_relocated = 0;                  // 人员档案号
};

// A home in one of the villages whose family is registered in a neighbouring county, still empty.
HomeIndex add_neighbour_home(Office& office);
// Its people, the head first. REQUIRES: count > 0.
void add_neighbours(Office& office, HomeIndex home, int count);

// The six registries of every world.
void decide_registers(Office& office);

void decide_deaths(Office& office);
void decide_poverty(Office& office);
void decide_allowance(Office& office);
void decide_relocation(Office& office);
void decide_houses(Office& office);
// Contradictions that follow from who is where, after all is decided.
void find_missing_members(Office& office);
void find_absent_from_civil(Office& office);

// With --offices all, after those: what befalls and is done besides, then the further offices.
void decide_further(Office& office, std::uint64_t seed);

void plant_lives(Office& office);
void plant_lists(Office& office);
void keep_departed(Office& office);
void plant_benefits(Office& office);
void decide_vehicles(Office& office);
// Cars bought between two days, by poor households too.
void buy_vehicles(Office& office, Day after, Day until);
void decide_businesses(Office& office);
void decide_payroll(Office& office);
void decide_disability(Office& office);
void decide_titles(Office& office);
void register_weddings(Office& office, Day after, Day until);

// The registration goes to another county; the row stays, marked.
void move_out_of_county(World& world, PersonIndex person, Day day);
// Homes of which everybody has died of late.
std::vector<HomeIndex> homes_left_empty(const Office& office);

// In the poverty registry: a new household without members, a member, a part of a home.
PovertyHousehold& open_household(Office& office, HomeIndex home, Day identified);
void add_listed(Office& office, PovertyHousehold& household, PersonIndex person, Day identified);
void list_part(Office& office, HomeIndex home, const std::vector<PersonIndex>& people,
               Day identified);

}  // namespace bidui::world
