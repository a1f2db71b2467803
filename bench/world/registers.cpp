#include "bench/world/registers.h"

#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {

std::string civil_key(const World& world, PersonIndex person) {
  return fmt::format("C{}{:08}", world.divisions.home.current_code, person + 1);
}

std::string booklet_key(const World& world, BookletIndex booklet) {
  return fmt::format("{}{:07}", world.divisions.home.current_code, booklet + 1);
}

Registers decide_registers(World& world, const NameTables& names, IdOffice& office,
                           const ErrorRates& rates, std::uint64_t seed) {
  Registers registers;
  Office work{.world = world,
              .names = names,
              .id_office = office,
              .rates = rates,
              .registers = registers,
              .rng = Rng(seed, 2),
              .dead_of_home = {},
              .allowance_of_home = {}};
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    const Person& person = world.people[i];
    const bool recent = person.death <= world.today && person.death > day_of(2014, 1, 1);
    if (recent && person.home != kNone) work.dead_of_home[person.home].push_back(i);
  }
  decide_deaths(work);
  decide_poverty(work);
  decide_allowance(work);
  decide_relocation(work);
  decide_houses(work);
  find_missing_members(work);
  find_absent_from_civil(work);
  return registers;
}

}  // namespace bidui::world
