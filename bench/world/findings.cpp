#include "bench/world/findings.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
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

namespace {

// Who came after the household was listed and was not put on is a change that was missed: the
// same person is not asked for as a missing member.
void leave_to_natural_change(std::vector<Contradiction>& contradictions) {
  std::set<std::pair<std::string, std::string>> changes;
  for (const Contradiction& c : contradictions) {
    if (c.rule == "NATURAL_CHANGE_BIRTH" || c.rule == "NATURAL_CHANGE_MARRIAGE_IN") {
      changes.emplace(c.subject, c.other);
    }
  }
  for (Contradiction& c : contradictions) {
    if (c.rule == "MEMBER_MISSING_IN_PR" && c.exception.empty() &&
        changes.contains({c.subject, c.other})) {
      c.exception = kNotScored;
    }
  }
}

// Who is missing with a reason that no registry tells: a prisoner, a death that neither the police
// nor the civil affairs office heard of.
void leave_to_visits(const Registers& registers, const World& world,
                     std::vector<Contradiction>& contradictions) {
  std::set<std::string> hidden;
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    if (world.people[i].death_not_cancelled && !registers.death_reported[i]) {
      hidden.insert("civil:" + civil_key(world, i));
    }
  }
  for (Contradiction& c : contradictions) {
    if (c.rule != "MEMBER_MISSING_IN_PR") continue;
    const bool unseen_death = c.exception == "dead_not_cancelled" && hidden.contains(c.other);
    if (c.exception == "prisoner" || unseen_death) c.exception = kNotScored;
  }
}

}  // namespace

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
  find_missed(finder);
  find_relocation(finder);
  find_means(finder);
  find_members(finder);
  find_splits(finder);
  leave_to_natural_change(office.registers.contradictions);
  leave_to_visits(office.registers, office.world, office.registers.contradictions);
  std::ranges::stable_sort(office.registers.contradictions, {}, [](const Contradiction& c) {
    return std::tie(c.rule, c.source, c.subject, c.other);
  });
}

}  // namespace bidui::world
