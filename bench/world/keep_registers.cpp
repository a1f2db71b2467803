// What the offices do in three months: natural changes, corrections, new cases.
#include <algorithm>
#include <fmt/format.h>

#include "bench/world/advance_steps.h"

namespace bidui::world {
namespace {

Day month_of(Day day) {
  const Date d = date_of(day);
  return day_of(d.year, d.month, 1);
}

class PovertyKeeper {
 public:
  PovertyKeeper(Office& office, const Period& period)
      : office_(office),
        world_(office.world),
        registers_(office.registers),
        rng_(office.rng),
        period_(period) {}

  void take_off(PovertyHousehold& household);
  void put_on(PovertyHousehold& household);
  void set_right(PovertyHousehold& household);
  void follow_splits();
  void take_in();
  void strike_off();
  void let_exit();

 private:
  bool decides(double haste = 1.0) { return rng_.chance(office_.profile.decided * haste); }
  void forget(const PovertyMember& member) {
    if (!member.duplicate) registers_.poverty_key_of_person[member.person].clear();
  }

  Office& office_;
  World& world_;
  Registers& registers_;
  Rng& rng_;
  Period period_;
};

// The dead, the invented, strangers, second rows, those who moved or married away.
void PovertyKeeper::take_off(PovertyHousehold& household) {
  std::erase_if(household.members, [&](const PovertyMember& member) {
    const Person& person = world_.people[member.person];
    const bool wrong = !person.alive(world_.today) || member.extra || member.duplicate ||
                       person.registration == Registration::kInvented ||
                       person.away == Away::kMovedOut ||
                       (person.home != kNone && person.home != household.home);
    if (!wrong || !decides()) return false;
    forget(member);
    return true;
  });
}

// The newborn, brides, and those whom the list had forgotten.
void PovertyKeeper::put_on(PovertyHousehold& household) {
  if (household.part || household.members.empty()) return;
  for (const PersonIndex member : world_.homes[household.home].members) {
    const Person& person = world_.people[member];
    const bool free = registers_.poverty_key_of_person[member].empty() && person.id != 0 &&
                      (person.away == Away::kHome || person.away == Away::kMigrantWorker);
    if (!free || !decides()) continue;
    add_listed(office_, household, member, world_.today - rng_.range(5, 60));
  }
}

void PovertyKeeper::set_right(PovertyHousehold& household) {
  for (PovertyMember& member : household.members) {
    if (member.unaware && decides()) member.unaware = false;
  }
  if (world_.homes[household.home].outside > 0 || !decides()) return;
  const std::uint32_t index = office_.allowance_of_home[household.home];
  household.attribute = "一般贫困户";
  if (index == kNone || !registers_.allowance[index].active(world_.today)) return;
  const AllowanceCase& given = registers_.allowance[index];
  household.attribute = given.kind == AllowanceKind::kDestitute ? "五保贫困户"
                        : given.way == AllowanceWay::kWhole     ? "低保贫困户"
                                                                : "低保(部分)贫困户";
}

// A son who set up for himself gets a file of his own; the people keep their numbers.
void PovertyKeeper::follow_splits() {
  const std::size_t households = registers_.poverty.size();
  for (std::size_t i = 0; i < households; ++i) {
    HomeIndex fresh = kNone;
    for (const PovertyMember& member : registers_.poverty[i].members) {
      const HomeIndex home = world_.people[member.person].home;
      if (home == kNone || home == registers_.poverty[i].home) continue;
      const bool new_home = period_.holds(world_.homes[home].began) &&
                            world_.homes[home].parent == registers_.poverty[i].home;
      if (new_home && registers_.poverty_of_home[home] == kNone) fresh = home;
    }
    if (fresh == kNone || !rng_.chance(0.6)) continue;
    const Day identified = registers_.poverty[i].identified;
    const int exit_year = registers_.poverty[i].exit_year;
    PovertyHousehold& own = open_household(office_, fresh, identified);
    own.exit_year = exit_year;
    std::erase_if(registers_.poverty[i].members, [&](const PovertyMember& member) {
      if (world_.people[member.person].home != fresh || member.duplicate) return false;
      own.members.push_back(member);
      return true;
    });
  }
}

// Families on allowance that were missed before.
void PovertyKeeper::take_in() {
  const std::size_t cases = registers_.allowance.size();
  for (std::size_t i = 0; i < cases; ++i) {
    const AllowanceCase& given = registers_.allowance[i];
    const HomeIndex home = given.home;
    const bool missed = given.kind == AllowanceKind::kRural && given.way != AllowanceWay::kSingle &&
                        given.active(world_.today) && world_.homes[home].outside == 0 &&
                        registers_.poverty_of_home[home] == kNone &&
                        !world_.homes[home].members.empty();
    if (!missed || !decides(0.7)) continue;
    const std::string_view attribute =
        given.way == AllowanceWay::kWhole ? "低保贫困户" : "低保(部分)贫困户";
    PovertyHousehold& household = open_household(office_, home, world_.today - rng_.range(5, 50));
    household.attribute = attribute;
    for (const PersonIndex member : world_.homes[home].members) {
      if (registers_.poverty_key_of_person[member].empty() && world_.people[member].id != 0) {
        add_listed(office_, household, member, household.identified);
      }
    }
  }
}

// 清退: who owns a good car, a business, a post or a flat in town.
void PovertyKeeper::strike_off() {
  std::vector<PersonIndex> owners;
  for (const Vehicle& vehicle : registers_.vehicles) {
    const bool good = vehicle.state == 'A' && vehicle.kind < VehicleKind::kMotorcycle &&
                      vehicle.price > 30000 && !vehicle.sold && !vehicle.borrowed;
    if (good) owners.push_back(vehicle.owner);
  }
  for (const PayrollRow& row : registers_.payroll) {
    if (row.post <= Post::kRetired) owners.push_back(row.person);
  }
  for (const Title& title : registers_.titles) {
    if (title.way == TitleWay::kBought && !title.cancelled) owners.push_back(title.person);
  }
  for (const PersonIndex owner : owners) {
    const HomeIndex home = world_.people[owner].home;
    if (home == kNone || registers_.poverty_of_home[home] == kNone || !decides(0.8)) continue;
    PovertyHousehold& household = registers_.poverty[registers_.poverty_of_home[home]];
    if (household.exit_year > 0) continue;
    for (const PovertyMember& member : household.members) forget(member);
    household.members.clear();
    registers_.poverty_of_home[home] = kNone;
  }
}

// The exits of a year are decided at its end.
void PovertyKeeper::let_exit() {
  const int year = year_of(period_.until) - 1;
  if (year != year_of(period_.after) || year < 2017) return;
  for (PovertyHousehold& household : registers_.poverty) {
    const bool could = household.exit_year == 0 && year_of(household.identified) < year;
    if (!could || !rng_.chance(0.25)) continue;
    household.exit_year = year;
    household.income = rng_.range(3400, 9800);
  }
}

void stop_wrong_allowances(Office& office, const Period& period) {
  Registers& registers = office.registers;
  for (std::size_t i = 0; i < registers.allowance.size(); ++i) {
    AllowanceCase& given = registers.allowance[i];
    for (PersonIndex& member : given.members) {
      if (member == kNone || office.world.people[member].alive(period.until)) continue;
      if (office.rng.chance(1.8 * office.profile.decided)) member = kNone;
    }
    const bool again = office.allowance_of_home[given.home] != i &&
                       given.way == AllowanceWay::kSingle && given.stop == kNever;
    if (again && office.rng.chance(office.profile.decided)) given.stop = month_of(period.until);
    if (given.stop == kNever && office.rng.chance(0.01)) given.stop = month_of(period.until);
  }
}

void grant_allowances(Office& office, const Period& period) {
  Registers& registers = office.registers;
  for (std::size_t h = 0; h < registers.poverty.size(); ++h) {
    const HomeIndex home = registers.poverty[h].home;
    const auto& members = office.world.homes[home].members;
    if (registers.poverty[h].members.empty() || members.empty() ||
        office.world.homes[home].outside > 0 || office.allowance_of_home[home] != kNone ||
        !office.rng.chance(0.01)) {
      continue;
    }
    AllowanceCase fresh{.home = home};
    fresh.key = fmt::format("DB{}{:06}", office.world.divisions.home.current_code,
                            200000 + registers.allowance.size());
    fresh.start = month_of(period.until - 20);
    fresh.members = members;
    office.allowance_of_home[home] = static_cast<std::uint32_t>(registers.allowance.size());
    registers.allowance.push_back(std::move(fresh));
  }
}

void repair_houses(Office& office) {
  const Day day = office.registers.as_of.housing;
  for (House& house : office.registers.houses) {
    if (house.grade < 'C' || house.completed != kNever) continue;
    const bool poor = office.registers.poverty_of_home[house.home] != kNone;
    if (house.plan_year == 0 && poor && office.rng.chance(office.profile.decided)) {
      house.plan_year = year_of(day);
    } else if (house.plan_year > 0 && office.rng.chance(0.4)) {
      house.completed = day - office.rng.range(1, 80);
    }
  }
}

void move_in(Office& office, const Period& period) {
  for (RelocationCase& moving : office.registers.relocation) {
    if (moving.moved == kNever && office.rng.chance(0.3)) {
      moving.moved = period.until - office.rng.range(45, 90);
      moving.old_house_kept = office.rng.chance(0.6);
    } else if (moving.old_house_kept && office.rng.chance(office.profile.decided)) {
      moving.old_house_kept = false;
    }
  }
}

}  // namespace

void report_deaths(Office& office, const Period& period) {
  Registers& registers = office.registers;
  for (PersonIndex i = 0; i < office.world.people.size(); ++i) {
    Person& person = office.world.people[i];
    // The police learn of some of those that were kept from them.
    if (person.death_not_cancelled && person.death < period.after && office.rng.chance(0.15)) {
      person.death_not_cancelled = false;
    }
    const bool due = person.death > registers.as_of.death - (period.until - period.after) &&
                     person.death <= registers.as_of.death && person.home != kNone;
    if (!due || registers.death_reported[i] || !office.rng.chance(0.93)) continue;
    registers.death_reported[i] = true;
    registers.deaths.push_back(
        {fmt::format("SW{}{:06}", year_of(person.death), registers.deaths.size() + 1), i,
         office.rng.chance(0.55)});
  }
}

void keep_poverty_register(Office& office, const Period& period) {
  PovertyKeeper keeper(office, period);
  keeper.follow_splits();
  for (PovertyHousehold& household : office.registers.poverty) {
    keeper.take_off(household);
    keeper.put_on(household);
    keeper.set_right(household);
  }
  keeper.take_in();
  keeper.strike_off();
  keeper.let_exit();
}

void keep_benefits(Office& office, const Period& period) {
  stop_wrong_allowances(office, period);
  grant_allowances(office, period);
  repair_houses(office);
  move_in(office, period);
}

void keep_holdings(Office& office, const Period& period) {
  Registers& registers = office.registers;
  Rng& rng = office.rng;
  for (Vehicle& vehicle : registers.vehicles) {
    if (vehicle.sold) {
      if (vehicle.state == 'A' && rng.chance(office.profile.decided)) vehicle.state = 'B';
      continue;
    }
    while (vehicle.inspected_to < registers.as_of.vehicle) vehicle.inspected_to += 730;
  }
  buy_vehicles(office, period.after, period.until);
  for (BusinessRole& role : registers.businesses) {
    if (role.state == "存续" && rng.chance(0.01)) role.state = "注销";
  }
}

}  // namespace bidui::world
