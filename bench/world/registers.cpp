#include "bench/world/registers.h"

#include <array>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {

std::string civil_key(const World& world, PersonIndex person) {
  return fmt::format("C{}{:08}", world.divisions.home.current_code, person + 1);
}

std::string booklet_key(const World& world, BookletIndex booklet) {
  return fmt::format("{}{:07}", world.divisions.home.current_code, booklet + 1);
}

void AsOf::advance(int days) {
  for (Day* day : {&civil, &poverty, &allowance, &housing, &relocation, &death, &vehicle, &business,
                   &payroll, &disability, &marriage, &real_estate}) {
    *day += days;
  }
}

void decide_registers(Office& office) {
  const World& world = office.world;
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    const Person& person = world.people[i];
    const bool recent = person.death <= world.today && person.death > day_of(2014, 1, 1);
    if (recent && person.home != kNone) office.dead_of_home[person.home].push_back(i);
  }
  decide_deaths(office);
  decide_poverty(office);
  decide_allowance(office);
  decide_relocation(office);
  decide_houses(office);
  find_missing_members(office);
  find_absent_from_civil(office);
}

void decide_further(Office& office, std::uint64_t seed) {
  using Decision = void (*)(Office&);
  static constexpr std::array<Decision, 9> kDecisions = {
      plant_lives,       plant_lists,    plant_benefits, decide_disability, decide_vehicles,
      decide_businesses, decide_payroll, decide_titles,  keep_departed};
  office.allowance_of_home.resize(office.world.homes.size(), kNone);
  for (std::size_t i = 0; i < kDecisions.size(); ++i) {
    office.rng = Rng(seed, 20 + i);
    kDecisions[i](office);
    office.registers.poverty_key_of_person.resize(office.world.people.size());
    office.registers.death_reported.resize(office.world.people.size());
  }
  register_weddings(office, day_of(2012, 1, 1), office.registers.as_of.marriage);
}

}  // namespace bidui::world
