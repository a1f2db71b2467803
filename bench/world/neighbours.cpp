#include "bench/world/decisions.h"

namespace bidui::world {

HomeIndex add_neighbour_home(Office& office) {
  World& world = office.world;
  const auto home = static_cast<HomeIndex>(world.homes.size());
  world.homes.push_back(
      {.village = static_cast<std::uint16_t>(office.rng.index(world.villages.size())),
       .outside =
           static_cast<std::uint8_t>(1 + office.rng.index(world.divisions.neighbours.size()))});
  office.registers.poverty_of_home.resize(world.homes.size(), kNone);
  return home;
}

void add_neighbours(Office& office, HomeIndex home, int count) {
  World& world = office.world;
  for (int k = 0; k < count; ++k) {
    const PersonIndex person =
        add_outsider(world, office.names, office.id_office, home, office.rng);
    world.homes[home].members.push_back(person);
  }
  world.homes[home].head = world.homes[home].members.front();
  office.registers.poverty_key_of_person.resize(world.people.size());
  office.registers.death_reported.resize(world.people.size());
}

}  // namespace bidui::world
