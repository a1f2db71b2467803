// Benefits paid wrongly: allowances to the dead and to people on two lists, houses repaired under
// a false kind or twice, flats too large or given twice.
#include <algorithm>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

AllowanceCase& add_case(Office& office, HomeIndex home, AllowanceKind kind, PersonIndex person,
                        Day start) {
  AllowanceCase fresh{.home = home, .kind = kind, .way = AllowanceWay::kSingle};
  if (kind == AllowanceKind::kDestitute) fresh.way = AllowanceWay::kWhole;
  fresh.key = fmt::format("{}{}{:06}", kind == AllowanceKind::kDestitute ? "TG" : "DB",
                          office.world.divisions.home.current_code,
                          200000 + office.registers.allowance.size());
  fresh.start = start;
  fresh.members = {person};
  if (office.allowance_of_home[home] == kNone) {
    office.allowance_of_home[home] = static_cast<std::uint32_t>(office.registers.allowance.size());
  }
  return office.registers.allowance.emplace_back(std::move(fresh));
}

Day month_of(Day day) {
  const Date d = date_of(day);
  return day_of(d.year, d.month, 1);
}

// The dead whom nobody took off the roll.
void pay_the_dead(Office& office) {
  Registers& registers = office.registers;
  const World& world = office.world;
  for (AllowanceCase& given : registers.allowance) {
    const auto dead = office.dead_of_home.find(given.home);
    const bool whole = given.way == AllowanceWay::kWhole && !given.duplicate;
    if (dead == office.dead_of_home.end() || !whole || given.stop != kNever) continue;
    for (const PersonIndex person : dead->second) {
      const Person& gone = world.people[person];
      if (gone.death <= given.start + 60 || gone.id == 0 || gone.booklet == kNone) continue;
      const bool recent = registers.as_of.allowance - gone.death <= 60;
      if (!office.rng.chance(recent ? 0.9 : office.profile.dead_still_paid)) continue;
      given.members.push_back(person);
    }
  }
  // The old man who lived alone, whose money still comes.
  for (const auto home : homes_left_empty(office)) {
    const PersonIndex last = office.dead_of_home.at(home).back();
    const Person& gone = world.people[last];
    const bool old = age_on(gone.birth, gone.death) >= 60 && gone.id != 0 && gone.booklet != kNone;
    if (!old || !office.rng.chance(0.5 * office.profile.dead_still_paid)) continue;
    add_case(office, home, AllowanceKind::kDestitute, last,
             day_of(office.rng.range(2009, 2013), 6, 1));
  }
}

// 特困 and 低保, town and country; and people who went from one to the other in time.
void pay_twice(Office& office) {
  Rng& rng = office.rng;
  const std::size_t cases = office.registers.allowance.size();
  for (std::size_t i = 0; i < cases; ++i) {
    const AllowanceCase given = office.registers.allowance[i];
    const bool of_county = office.world.homes[given.home].outside == 0;
    if (!of_county || given.stop != kNever || given.duplicate ||
        given.kind == AllowanceKind::kUrban)
      continue;
    const bool destitute = given.kind == AllowanceKind::kDestitute;
    const double share = office.profile.two_allowances * (destitute ? 8 : 1);
    const PersonIndex person = given.members.front();
    const AllowanceKind other = destitute ? AllowanceKind::kRural : AllowanceKind::kUrban;
    if (!office.world.people[person].alive(office.world.today)) continue;
    if (rng.chance(share)) {
      add_case(office, given.home, other, person,
               day_of(rng.range(2012, 2016), rng.range(1, 12), 1));
    } else if (rng.chance(share) && given.start > day_of(2010, 1, 1)) {
      AllowanceCase& before =
          add_case(office, given.home, other, person, given.start - rng.range(400, 900));
      before.start = month_of(before.start);
      before.stop = given.start;
    }
  }
}

void claim_kinds(Office& office) {
  static constexpr std::array<std::string_view, 4> kKinds = {
      "建档立卡贫困户", "低保户", "贫困残疾人家庭", "农村分散供养特困人员"};
  for (House& house : office.registers.houses) {
    const bool ordinary = office.registers.poverty_of_home[house.home] == kNone &&
                          office.allowance_of_home[house.home] == kNone;
    if (!ordinary || house.plan_year == 0 || !office.rng.chance(office.profile.false_kind))
      continue;
    house.poverty_kind = office.rng.pick(kKinds);
  }
}

std::string house_key(const Office& office) {
  return fmt::format("NF{}{:07}", office.world.divisions.home.current_code,
                     1000 + office.registers.houses.size());
}

// Families on allowance in dangerous houses, whom nobody listed; and those who live safely.
void survey_aided(Office& office) {
  Rng& rng = office.rng;
  std::vector<bool> surveyed(office.world.homes.size());
  for (const House& house : office.registers.houses) surveyed[house.home] = true;
  for (const AllowanceCase& given : office.registers.allowance) {
    const Home& home = office.world.homes[given.home];
    const bool missed = office.registers.poverty_of_home[given.home] == kNone &&
                        home.outside == 0 && !home.members.empty() && !surveyed[given.home] &&
                        given.stop == kNever;
    if (!missed || !rng.chance(office.profile.aided_in_danger)) continue;
    surveyed[given.home] = true;
    House house{.home = given.home, .key = house_key(office), .owner = home.head};
    house.grade = rng.chance(0.6) ? 'C' : 'D';
    house.appraised = day_of(rng.range(2013, 2016), 3, 1) + rng.range(0, 250);
    house.built = rng.range(1955, 1988);
    house.area = rng.range(40, 130);
    house.poverty_kind =
        given.kind == AllowanceKind::kDestitute ? "农村分散供养特困人员" : "低保户";
    if (rng.chance(0.4)) house.plan_year = 2017;
    const PersonIndex father = office.world.people[home.head].father;
    const double draw = rng.unit();
    if (draw < 0.15) house.only_house = false;
    if (draw >= 0.15 && draw < 0.3 && father != kNone) house.owner = father;
    const bool safe_too = draw >= 0.3 && draw < 0.45;
    office.registers.houses.push_back(house);
    if (!safe_too) continue;
    house.key = house_key(office);
    house.grade = 'A';
    house.appraised = kNever;
    house.built = rng.range(2000, 2014);
    house.plan_year = 0;
    house.only_house = false;
    office.registers.houses.push_back(std::move(house));
  }
}

// A second subsidy in another member's name; or one of an earlier programme.
void repair_again(Office& office) {
  Rng& rng = office.rng;
  const std::size_t houses = office.registers.houses.size();
  for (std::size_t i = 0; i < houses; ++i) {
    const House first = office.registers.houses[i];
    if (first.completed == kNever || first.duplicate ||
        !rng.chance(office.profile.repaired_twice * 1.5)) {
      continue;
    }
    const auto& members = office.world.homes[first.home].members;
    PersonIndex owner = first.owner;
    for (const PersonIndex member : members) {
      const Person& person = office.world.people[member];
      if (member == first.owner || person.id == 0 || age_on(person.birth, office.world.today) < 24)
        continue;
      if (rng.chance(0.6)) owner = member;
      break;
    }
    House second = first;
    second.owner = owner;
    second.only_house = true;
    second.area = rng.range(40, 160);
    const bool long_ago = rng.chance(0.33);
    second.plan_year = long_ago ? first.plan_year - rng.range(10, 12)
                                : std::max(2009, first.plan_year - rng.range(1, 3));
    if (second.plan_year >= first.plan_year) continue;
    second.completed = day_of(second.plan_year, 11, 1) + rng.range(0, 50);
    second.appraised = second.completed - 300;
    second.built = std::min(second.built, second.plan_year - 20);
    second.key = house_key(office);
    office.registers.houses.push_back(std::move(second));
  }
  for (const auto home : homes_left_empty(office)) {
    if (!rng.chance(0.06)) continue;
    const PersonIndex last = office.dead_of_home.at(home).back();
    House house{.home = home,
                .key = house_key(office),
                .owner = last,
                .grade = 'D',
                .poverty_kind = "其他贫困户",
                .built = 1970,
                .area = 60,
                .empty = true};
    house.plan_year = year_of(office.world.people[last].death) + 1;
    if (house.plan_year > 2017 || office.world.people[last].id == 0) continue;
    house.appraised = day_of(house.plan_year, 2, 1);
    house.completed = std::min(day_of(house.plan_year, 9, 1), office.registers.as_of.housing - 9);
    office.registers.houses.push_back(std::move(house));
  }
}

void relocate_wrongly(Office& office) {
  Rng& rng = office.rng;
  Registers& registers = office.registers;
  const std::size_t cases = registers.relocation.size();
  for (std::size_t i = 0; i < cases; ++i) {
    RelocationCase& moving = registers.relocation[i];
    const bool poor = registers.poverty_of_home[moving.home] != kNone;
    if (!poor && rng.chance(office.profile.relocated_wrongly)) moving.registered_poor = true;
    moving.allotted = static_cast<int>(moving.members.size());
    moving.area = 25 * moving.allotted;
    if (rng.chance(office.profile.area_exceeded)) {
      moving.area = moving.allotted * rng.range(29, 50);
    } else if (rng.chance(0.03)) {
      ++moving.allotted;  // somebody died or left before the list was written
      moving.area = 25 * moving.allotted;
    } else if (moving.allotted == 1 && rng.chance(0.3)) {
      moving.area = rng.range(28, 35);  // no smaller flat is built
    }
    if (moving.moved == kNever) continue;
    moving.old_house_kept = rng.chance(office.registers.as_of.relocation - moving.moved > 365
                                           ? office.profile.old_house_kept
                                           : 0.6);
  }
  for (std::size_t i = 1; i < cases; ++i) {
    if (!rng.chance(office.profile.relocated_twice)) continue;
    const RelocationCase& own = registers.relocation[i];
    const PersonIndex person = own.members.back();
    RelocationCase& other = registers.relocation[i - 1];
    if (own.members.size() < 2 || std::ranges::find(other.members, person) != other.members.end())
      continue;
    other.members.push_back(person);
    other.member_keys.push_back(fmt::format("RY{}{:07}", office.world.divisions.home.current_code,
                                            20000 + office.next_relocated++));
    ++other.allotted;
    other.area += 25;
  }
}

}  // namespace

std::vector<HomeIndex> homes_left_empty(const Office& office) {
  std::vector<HomeIndex> homes;
  for (HomeIndex h = 0; h < office.world.homes.size(); ++h) {
    if (office.world.homes[h].members.empty() && office.dead_of_home.contains(h))
      homes.push_back(h);
  }
  return homes;
}

void plant_benefits(Office& office) {
  pay_the_dead(office);
  pay_twice(office);
  claim_kinds(office);
  survey_aided(office);
  repair_again(office);
  relocate_wrongly(office);
}

}  // namespace bidui::world
