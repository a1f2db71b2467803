#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

// A villager died who had the very name of a poor one: links by name alone call the living dead.
void plant_namesakes(Office& office, const std::vector<PersonIndex>& dead) {
  World& world = office.world;
  std::vector<std::vector<PersonIndex>> of_village(world.villages.size());
  for (const PersonIndex d : dead) {
    const HomeIndex home = world.people[d].home;
    if (home != kNone && !world.people[d].surname.empty()) {
      of_village[world.homes[home].village].push_back(d);
    }
  }
  for (const Home& home : world.homes) {
    for (const PersonIndex member : home.members) {
      const Person& living = world.people[member];
      if (!office.rng.chance(0.02) || living.surname.empty()) continue;
      for (const PersonIndex d : of_village[home.village]) {
        Person& other = world.people[d];
        if (other.surname != living.surname || other.male != living.male ||
            other.home == living.home)
          continue;
        other.given = living.given;
        office.registers.namesakes.emplace_back(member, d);
        break;
      }
    }
  }
}

}  // namespace

void decide_deaths(Office& office) {
  World& world = office.world;
  Registers& registers = office.registers;
  registers.death_reported.assign(world.people.size(), false);
  const Day first = day_of(2014, 11, 1);
  std::vector<PersonIndex> dead;
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    const Person& person = world.people[i];
    if (person.death < first || person.death > registers.as_of.death || person.home == kNone)
      continue;
    dead.push_back(i);
  }
  plant_namesakes(office, dead);
  for (const PersonIndex i : dead) {
    if (!office.rng.chance(0.93)) continue;
    registers.death_reported[i] = true;
    const bool cremated = office.rng.chance(0.55);
    const auto number = [&] {
      return fmt::format("SW{}{:06}", year_of(world.people[i].death), registers.deaths.size() + 1);
    };
    registers.deaths.push_back({number(), i, cremated});
    if (!office.rng.chance(office.rates.of(Source::kDeath, ErrorClass::kRowDuplicated))) continue;
    // The hospital and the crematorium both report.
    const std::string original = registers.deaths.back().key;
    registers.deaths.push_back({number(), i, !cremated});
    registers.contradictions.push_back({.rule = "DUP_IN_SOURCE",
                                        .source = Source::kDeath,
                                        .subject = registers.deaths.back().key,
                                        .other = "death:" + original,
                                        .planted = true,
                                        .note = "two reporters"});
  }
}

}  // namespace bidui::world
