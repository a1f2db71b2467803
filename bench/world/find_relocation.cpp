// RELOCATED_ENTERED_PR_BY_RELOCATION, RELOCATED_NOT_PR, RELOCATION_AND_REPAIR, RELOCATION_TWICE,
// RELOCATION_AREA_EXCEEDED, OLD_HOUSE_KEPT.
#include <algorithm>

#include "bench/world/findings.h"

namespace bidui::world {
namespace {

// What would have been a reason to enter the register without the relocation.
bool has_other_grounds(const Finder& finder, const PovertyHousehold& household) {
  if (finder.office.allowance_of_home[household.home] != kNone) return true;
  return std::ranges::any_of(household.members, [&](const PovertyMember& member) {
    return finder.world.people[member.person].health >= 2 && !member.unaware;
  });
}

// Ill or disabled, and the register does not know.
bool has_hidden_grounds(const Finder& finder, const PovertyHousehold& household) {
  return std::ranges::any_of(household.members, [&](const PovertyMember& member) {
    return finder.world.people[member.person].health >= 2;
  });
}

// Entered the register within the year after the approval.
bool entered_after(const PovertyHousehold& household, const RelocationCase& moving) {
  return household.identified > moving.approved && household.identified <= moving.approved + 365;
}

void find_entered(Finder& finder, const RelocationCase& moving) {
  const std::uint32_t listed = finder.registers.poverty_of_home[moving.home];
  if (listed == kNone) {
    if (!moving.registered_poor) {
      finder.note("RELOCATED_NOT_PR", Source::kRelocation, moving.key, true, "",
                  "simultaneous_relocation");
      return;
    }
    const bool member_listed = std::ranges::any_of(moving.members, [&](PersonIndex member) {
      return finder.standing.poverty.contains(member);
    });
    finder.note("RELOCATED_NOT_PR", Source::kRelocation, moving.key, true, "",
                member_listed ? kNotScored : std::string_view());
    return;
  }
  const PovertyHousehold& household = finder.registers.poverty[listed];
  if (moving.registered_poor && household.identified > moving.approved) {
    // The other rule's case; this one may report it as well.
    finder.note("RELOCATED_NOT_PR", Source::kRelocation, moving.key, true,
                "poverty:" + household.key, kNotScored);
  }
  if (!entered_after(household, moving)) return;
  const bool renumbered = std::ranges::any_of(
      household.members, [&](const auto& member) { return member.identified < moving.approved; });
  finder.note("RELOCATED_ENTERED_PR_BY_RELOCATION", Source::kPoverty, household.key, true,
              "relocation:" + moving.key,
              renumbered                              ? std::string_view("pr_renumbered")
              : !moving.registered_poor               ? "simultaneous_relocation"
              : has_other_grounds(finder, household)  ? "independent_grounds"
              : has_hidden_grounds(finder, household) ? kNotScored
                                                      : "");
}

void find_repair(Finder& finder, const RelocationCase& moving) {
  for (const auto& [h, unused] : Standing::at(finder.standing.houses, moving.home)) {
    const House& house = finder.registers.houses[h];
    if (house.plan_year == 0 || house.completed > finder.registers.as_of.housing) continue;
    const bool long_before = house.plan_year < year_of(moving.approved) - 5;
    finder.note("RELOCATION_AND_REPAIR", Source::kRelocation, moving.key, true,
                "housing:" + house.key, long_before ? "long_before" : "",
                finder.world.people[house.owner].alive(moving.approved) ? "" : "owner was dead");
  }
}

void find_area(Finder& finder, const RelocationCase& moving) {
  if (moving.area == 0 || !moving.registered_poor) return;
  const auto people = static_cast<int>(moving.members.size());
  if (moving.area <= 25 * people) return;
  const bool now_fewer = moving.area <= 25 * moving.allotted;
  const bool smallest = moving.allotted == 1 && moving.area <= 35;
  finder.note("RELOCATION_AREA_EXCEEDED", Source::kRelocation, moving.key, true, "",
              now_fewer  ? std::string_view("later_departures")
              : smallest ? "one_person_minimum"
                         : "");
}

void find_old_house(Finder& finder, const RelocationCase& moving) {
  const Day day = finder.registers.as_of.relocation;
  if (!moving.old_house_kept || moving.moved > day) return;
  finder.note("OLD_HOUSE_KEPT", Source::kRelocation, moving.key, true, "",
              day - moving.moved <= 365 ? "transition_year" : "");
}

// A person who was moved twice stands in two cases; twice in one is DUP_IN_SOURCE.
void find_twice(Finder& finder) {
  std::unordered_map<PersonIndex, std::pair<std::size_t, std::string>> seen;
  for (std::size_t r = 0; r < finder.registers.relocation.size(); ++r) {
    const RelocationCase& moving = finder.registers.relocation[r];
    for (std::size_t i = 0; i < moving.members.size(); ++i) {
      const auto [place, fresh] = seen.try_emplace(moving.members[i], r, moving.member_keys[i]);
      if (fresh) continue;
      const bool same = place->second.first == r;
      for (const auto& [h, m] : Standing::at(finder.standing.poverty, moving.members[i])) {
        if (same) continue;
        // Moved with others as well: what their dates say of her household is not its own.
        finder.note("RELOCATED_ENTERED_PR_BY_RELOCATION", Source::kPoverty,
                    finder.registers.poverty[h].key, true, "relocation:" + moving.key, kNotScored);
      }
      if (!same) {
        finder.note("DUP_IN_SOURCE", Source::kRelocation, place->second.second, false,
                    "relocation:" + moving.member_keys[i], kNotScored, "two households");
      }
      finder.note("RELOCATION_TWICE", Source::kRelocation, moving.member_keys[i], false,
                  "relocation:" + place->second.second, same ? kNotScored : std::string_view());
      finder.note("DUP_IN_SOURCE", Source::kRelocation, moving.member_keys[i], false,
                  "relocation:" + place->second.second, same ? std::string_view() : kNotScored,
                  same ? "same household" : "two households");
    }
  }
}

}  // namespace

void find_relocation(Finder& finder) {
  for (const RelocationCase& moving : finder.registers.relocation) {
    find_entered(finder, moving);
    find_repair(finder, moving);
    find_area(finder, moving);
    find_old_house(finder, moving);
  }
  find_twice(finder);
}

}  // namespace bidui::world
