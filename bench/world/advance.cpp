#include "bench/world/advance.h"

#include "bench/world/advance_steps.h"

namespace bidui::world {

void advance(Office& office, std::uint64_t seed, int round) {
  constexpr int kDays = 91;
  World& world = office.world;
  const Period period{world.today, world.today + kDays};
  const Day weddings_known = office.registers.as_of.marriage;
  world.today = period.until;
  office.registers.as_of.advance(kDays);
  office.rng = Rng(seed, 100 + 10 * static_cast<std::uint64_t>(round));
  live_on(office, period);
  office.registers.poverty_key_of_person.resize(world.people.size());
  office.registers.death_reported.resize(world.people.size());
  office.registers.poverty_of_home.resize(world.homes.size(), kNone);
  office.allowance_of_home.resize(world.homes.size(), kNone);
  office.rng = Rng(seed, 101 + 10 * static_cast<std::uint64_t>(round));
  report_deaths(office, period);
  keep_poverty_register(office, period);
  keep_benefits(office, period);
  keep_holdings(office, period);
  register_weddings(office, weddings_known, office.registers.as_of.marriage);
}

}  // namespace bidui::world
