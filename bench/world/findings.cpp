#include "bench/world/findings.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace bidui::world {

Standing::Standing(const Office& office) {
  const Registers& registers = office.registers;
  for (std::uint32_t h = 0; h < registers.poverty.size(); ++h) {
    const auto& members = registers.poverty[h].members;
    for (std::uint32_t m = 0; m < members.size(); ++m) {
      poverty[members[m].person].emplace_back(h, m);
    }
  }
  for (std::uint32_t c = 0; c < registers.allowance.size(); ++c) {
    const auto& members = registers.allowance[c].members;
    for (std::uint32_t m = 0; m < members.size(); ++m) {
      if (members[m] != kNone) allowance[members[m]].emplace_back(c, m);
    }
  }
  for (std::uint32_t h = 0; h < registers.houses.size(); ++h) {
    houses[registers.houses[h].home].emplace_back(h, 0);
    owned[registers.houses[h].owner].emplace_back(h, 0);
  }
  for (std::uint32_t r = 0; r < registers.relocation.size(); ++r) {
    relocation[registers.relocation[r].home].emplace_back(r, 0);
  }
  for (PersonIndex i = 0; i < office.world.people.size(); ++i) {
    const Person& person = office.world.people[i];
    for (const PersonIndex parent : {person.father, person.mother}) {
      if (parent != kNone) children[parent].emplace_back(i, 0);
    }
  }
}

std::string allowance_key(const AllowanceCase& given, std::size_t member) {
  return fmt::format("{}-{:02}", given.key, member + 1);
}

Day exit_day(const PovertyHousehold& household) {
  return household.exit_year == 0 ? kNever : day_of(household.exit_year, 12, 31);
}

void find_contradictions(Office& office) {
  office.registers.contradictions.clear();
  const Standing standing(office);
  Finder finder{office, office.world, office.registers, standing};
  find_missing_members(office);
  find_absent_from_civil(office);
  find_dead(finder);
  find_duplicates(finder);
  find_allowance(finder);
  find_houses(finder);
  find_relocation(finder);
  find_means(finder);
  find_members(finder);
  find_splits(finder);
  std::ranges::stable_sort(office.registers.contradictions, {}, [](const Contradiction& c) {
    return std::tie(c.rule, c.source, c.subject, c.other);
  });
}

}  // namespace bidui::world
