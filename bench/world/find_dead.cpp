// DEAD_IN_PR, DEAD_PAID, DEAD_NOT_CANCELLED, DEAD_OWNER_HOUSE.
#include <algorithm>

#include "bench/world/findings.h"

namespace bidui::world {
namespace {

constexpr int kGraceDays = 60;

bool is_shown(const Finder& finder, PersonIndex index) {
  const Person& person = finder.world.people[index];
  const bool civil_knows = person.booklet != kNone && !person.death_not_cancelled;
  return civil_knows || finder.registers.death_reported[index];
}

std::string_view excuse(const Finder& finder, PersonIndex person, Day day) {
  if (day - finder.world.people[person].death <= kGraceDays) return "within_grace";
  return is_shown(finder, person) ? std::string_view() : kNotScored;
}

std::string civil_reference(const Finder& finder, PersonIndex person) {
  return "civil:" + civil_key(finder.world, person);
}

void find_listed(Finder& finder) {
  const Day day = finder.registers.as_of.poverty;
  for (const PovertyHousehold& household : finder.registers.poverty) {
    for (const PovertyMember& member : household.members) {
      const Person& person = finder.world.people[member.person];
      if (person.death > day) continue;
      finder.note("DEAD_IN_PR", Source::kPoverty, member.key, false,
                  civil_reference(finder, member.person), excuse(finder, member.person, day),
                  "died " + iso_date(person.death));
    }
  }
}

// Months from the death to the last payment; the second profile's rolls say when that was.
int months_paid_for(const Person& person, Day paid) {
  const Date died = date_of(person.death);
  const Date last = date_of(paid);
  return 12 * (last.year - died.year) + last.month - died.month;
}

// The payment of the month after the death is still in order. Where the rolls do not say when was
// paid last, the grace decides, and the weeks around it are left open.
void find_paid(Finder& finder) {
  const Day day = finder.registers.as_of.allowance;
  for (const AllowanceCase& given : finder.registers.allowance) {
    for (std::size_t i = 0; i < given.members.size(); ++i) {
      const PersonIndex index = given.members[i];
      if (index == kNone || finder.world.people[index].death > day) continue;
      const Person& person = finder.world.people[index];
      std::string_view exception = excuse(finder, index, day);
      if (finder.office.profile.second && exception != kNotScored) {
        exception = months_paid_for(person, day) <= 1 ? "within_grace" : "";
      } else if (exception.empty() && day - person.death <= 75) {
        exception = kNotScored;
      }
      if (!given.active(day)) exception = "stopped";
      finder.note("DEAD_PAID", Source::kAllowance, allowance_key(given, i), false,
                  civil_reference(finder, index), exception, "died " + iso_date(person.death));
    }
  }
}

// Somebody of this name has died, another one.
void find_namesakes(Finder& finder) {
  for (const auto& [living, dead] : finder.registers.namesakes) {
    const Person& one = finder.world.people[living];
    const bool alike = finder.registers.death_reported[dead] &&
                       one.name() == finder.world.people[dead].name() &&
                       one.alive(finder.registers.as_of.poverty);
    if (!alike) continue;
    for (const auto& [h, m] : Standing::at(finder.standing.poverty, living)) {
      finder.note("DEAD_IN_PR", Source::kPoverty, finder.registers.poverty[h].members[m].key, false,
                  civil_reference(finder, dead), "namesake_died");
    }
    for (const auto& [c, m] : Standing::at(finder.standing.allowance, living)) {
      finder.note("DEAD_PAID", Source::kAllowance, allowance_key(finder.registers.allowance[c], m),
                  false, civil_reference(finder, dead), "namesake_died");
    }
  }
}

void find_not_cancelled(Finder& finder) {
  const Day day = finder.registers.as_of.civil;
  for (const DeathReport& report : finder.registers.deaths) {
    const Person& person = finder.world.people[report.person];
    if (person.booklet == kNone) continue;
    const bool recent = day - person.death <= kGraceDays;
    if (!person.death_not_cancelled && !recent) continue;
    finder.note("DEAD_NOT_CANCELLED", Source::kDeath, report.key, false,
                civil_reference(finder, report.person), recent ? "within_grace" : "");
  }
}

void find_owners(Finder& finder) {
  for (const House& house : finder.registers.houses) {
    const Person& owner = finder.world.people[house.owner];
    if (owner.death > finder.registers.as_of.housing || house.plan_year == 0 ||
        owner.death >= day_of(house.plan_year, 1, 1)) {
      continue;
    }
    finder.note("DEAD_OWNER_HOUSE", Source::kHousing, house.key, false,
                civil_reference(finder, house.owner),
                !is_shown(finder, house.owner)                   ? kNotScored
                : finder.world.homes[house.home].members.empty() ? std::string_view()
                                                                 : "heirs_live_there");
  }
}

}  // namespace

void find_dead(Finder& finder) {
  find_listed(finder);
  find_paid(finder);
  find_namesakes(finder);
  find_not_cancelled(finder);
  find_owners(finder);
}

}  // namespace bidui::world
