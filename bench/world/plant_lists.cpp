// Mistakes of the poverty offices beyond those of decide_poverty(): people of other homes, and
// people whom a neighbouring county lists as well.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

constexpr int kNextCounty = 1;  // neighbours[0]

bool shares_blood(const World& world, const Person& one, const Person& two) {
  const auto parents = [](const Person& p) { return std::array{p.father, p.mother}; };
  for (const PersonIndex a : parents(one)) {
    for (const PersonIndex b : parents(two)) {
      if (a != kNone && a == b) return true;
      if (a == kNone || b == kNone) continue;
      for (const PersonIndex c : parents(world.people[a])) {
        for (const PersonIndex d : parents(world.people[b])) {
          if (c != kNone && c == d) return true;
        }
        if (c != kNone && c == b) return true;
      }
      for (const PersonIndex d : parents(world.people[b])) {
        if (d != kNone && d == a) return true;
      }
    }
  }
  return false;
}

bool is_kin(const World& world, PersonIndex one, PersonIndex two) {
  const Person& a = world.people[one];
  const Person& b = world.people[two];
  for (const PersonIndex x : {one, a.spouse, a.divorced_from}) {
    if (x == kNone) continue;
    for (const PersonIndex y : {two, b.spouse, b.divorced_from}) {
      if (y == kNone) continue;
      const Person& p = world.people[x];
      const Person& q = world.people[y];
      if (x == y || p.father == y || p.mother == y || q.father == x || q.mother == x ||
          shares_blood(world, p, q)) {
        return true;
      }
    }
  }
  return false;
}

// Somebody of another home of the village, for the subsidy per head.
void add_extra(Office& office, PovertyHousehold& household,
               const std::vector<HomeIndex>& neighbours) {
  const World& world = office.world;
  for (int attempt = 0; attempt < 6; ++attempt) {
    const HomeIndex from = office.rng.pick(neighbours);
    const Home& home = world.homes[from];
    if (home.members.size() < 2 || from == household.home ||
        office.registers.poverty_of_home[from] != kNone) {
      continue;
    }
    const PersonIndex person = office.rng.pick(home.members);
    const Person& extra = world.people[person];
    const bool grown = age_on(extra.birth, world.today) >= 18;
    const bool known = grown && extra.booklet != kNone && extra.id != 0 &&
                       extra.away == Away::kHome &&
                       office.registers.poverty_key_of_person[person].empty();
    const bool kin = std::ranges::any_of(household.members, [&](const PovertyMember& member) {
      return is_kin(world, person, member.person);
    });
    if (!known || kin || person == home.head) continue;
    add_listed(office, household, person, household.identified);
    household.members.back().extra = true;
    return;
  }
}

void plant_extra(Office& office) {
  std::vector<std::vector<HomeIndex>> of_village(office.world.villages.size());
  for (HomeIndex h = 0; h < office.world.homes.size(); ++h) {
    const Home& home = office.world.homes[h];
    if (home.outside == 0 && !home.members.empty()) of_village[home.village].push_back(h);
  }
  const std::size_t households = office.registers.poverty.size();
  for (std::size_t i = 0; i < households; ++i) {
    PovertyHousehold& household = office.registers.poverty[i];
    const Home& home = office.world.homes[household.home];
    if (home.outside > 0 || !office.rng.chance(office.profile.extra_member)) continue;
    add_extra(office, household, of_village[home.village]);
  }
}

// Children and brides who came since the identification and were never put on (自然增加).
void forget_changes(Office& office) {
  const World& world = office.world;
  for (PovertyHousehold& household : office.registers.poverty) {
    if (world.homes[household.home].outside > 0 || household.part) continue;
    const PersonIndex head = household.members.front().person;
    std::erase_if(household.members, [&](const PovertyMember& member) {
      const Person& person = world.people[member.person];
      const bool came = person.birth > household.identified ||
                        (person.married_in && person.marriage > household.identified &&
                         person.marriage != kNever);
      const bool counts = came && member.person != head && !member.duplicate && !member.extra &&
                          person.home == household.home;
      if (!counts || !office.rng.chance(office.profile.change_forgotten)) return false;
      office.registers.poverty_key_of_person[member.person].clear();
      return true;
    });
  }
}

class NextCounty {
 public:
  explicit NextCounty(Office& office)
      : office_(office), world_(office.world), registers_(office.registers), rng_(office.rng) {}

  void found_villages();
  void list_families();
  void list_twice();

 private:
  PovertyHousehold& open(HomeIndex home);
  void list(PovertyHousehold& household, PersonIndex person);
  HomeIndex add_home();

  Office& office_;
  World& world_;
  Registers& registers_;
  Rng& rng_;
  std::size_t first_village_ = 0;
  std::size_t villages_ = 0;
  std::size_t next_member_ = 0;
};

// Its villages along the border. The tables hold none of another county.
void NextCounty::found_villages() {
  static constexpr std::array<const char*, 8> kNames = {"双河村", "石桥村", "大湾村", "向阳村",
                                                        "新桥村", "青山村", "龙泉村", "光明村"};
  world_.divisions.townships.push_back({.code = "", .name = "和平乡"});
  first_village_ = world_.villages.size();
  villages_ = kNames.size();
  for (const char* name : kNames) {
    world_.villages.push_back(
        {.code = "", .name = name, .township = world_.divisions.townships.size() - 1});
  }
}

HomeIndex NextCounty::add_home() {
  const auto home = static_cast<HomeIndex>(world_.homes.size());
  world_.homes.push_back(
      {.village = static_cast<std::uint16_t>(first_village_ + rng_.index(villages_)),
       .group = static_cast<std::uint8_t>(rng_.range(1, 12)),
       .house_no = static_cast<std::uint16_t>(rng_.range(1, 400)),
       .phone = 13900000000ULL + rng_.next() % 100000000ULL,
       .outside = kNextCounty});
  registers_.poverty_of_home.resize(world_.homes.size(), kNone);
  office_.allowance_of_home.resize(world_.homes.size(), kNone);
  return home;
}

PovertyHousehold& NextCounty::open(HomeIndex home) {
  static constexpr std::array<std::string_view, 4> kCauses = {"因病", "因残", "缺技术", "缺资金"};
  PovertyHousehold household{.home = home};
  household.key = fmt::format("{}{:09}", world_.divisions.neighbours[kNextCounty - 1].current_code,
                              5000 + 17 * registers_.next_county.size());
  household.identified = day_of(rng_.chance(0.8) ? 2014 : 2016, rng_.range(3, 10), 15);
  if (rng_.chance(0.6)) household.exit_year = rng_.range(2015, 2017);
  household.exit_year = household.exit_year > 0
                            ? std::max(household.exit_year, year_of(household.identified) + 1)
                            : 0;
  household.exit_year = std::min(household.exit_year, 2017);
  household.cause = rng_.pick(kCauses);
  household.income = household.exit_year > 0 ? rng_.range(3400, 9800) : rng_.range(1600, 3300);
  return registers_.next_county.emplace_back(std::move(household));
}

void NextCounty::list(PovertyHousehold& household, PersonIndex person) {
  const int code = world_.divisions.neighbours[kNextCounty - 1].current_code;
  household.members.push_back(
      {person, fmt::format("{}4{:010}", code, 300 + 7 * next_member_++), household.identified});
}

void NextCounty::list_families() {
  const std::size_t families = std::max<std::size_t>(20, registers_.poverty.size() / 8);
  for (std::size_t i = 0; i < families; ++i) {
    const HomeIndex home = add_home();
    add_neighbours(office_, home, rng_.range(1, 5));
    for (const PersonIndex member : world_.homes[home].members) {
      // Their numbers come from there, not from any neighbour.
      Person& person = world_.people[member];
      const County& county = world_.divisions.neighbours[kNextCounty - 1];
      person.id = office_.id_office.issue(county.code_in(std::max(1985, year_of(person.birth))),
                                          person.birth, person.male, rng_.range(0, 400));
    }
    PovertyHousehold& household = open(home);
    for (const PersonIndex member : world_.homes[home].members) list(household, member);
  }
}

// Brides whom their parents' county still lists, families that both list, and namesakes.
void NextCounty::list_twice() {
  const std::size_t foreign = registers_.next_county.size();
  for (const PovertyHousehold& own : registers_.poverty) {
    const bool of_neighbour = world_.homes[own.home].outside > 0;
    const bool twice = rng_.chance(of_neighbour ? 0.4 : office_.profile.in_two_counties);
    const bool namesake = !of_neighbour && rng_.chance(0.01);
    PovertyHousehold& there = registers_.next_county[rng_.index(foreign)];
    if (twice && of_neighbour) {
      PovertyHousehold& copy = open(own.home);
      for (const PovertyMember& member : own.members) {
        if (!member.duplicate) list(copy, member.person);
      }
      continue;
    }
    for (const PovertyMember& member : own.members) {
      const Person& person = world_.people[member.person];
      const bool bride = person.married_in && !person.male && person.alive(world_.today) &&
                         person.id != 0 && person.father == kNone && !member.duplicate;
      if (twice && bride) {
        list(there, member.person);
        break;
      }
      if (!namesake || person.id == 0 || person.surname.empty()) continue;
      // Another woman or man of that name.
      Person& other = world_.people[there.members.front().person];
      if (other.male != person.male || there.home == own.home) continue;
      other.surname = person.surname;
      other.given = person.given;
      break;
    }
  }
}

}  // namespace

void add_listed(Office& office, PovertyHousehold& household, PersonIndex person, Day identified) {
  const std::string key = fmt::format("{}4{:010}", office.world.divisions.home.current_code,
                                      100 + 11 * office.next_member++);
  office.registers.poverty_key_of_person.resize(office.world.people.size());
  office.registers.poverty_key_of_person[person] = key;
  household.members.push_back({person, key, identified});
}

PovertyHousehold& open_household(Office& office, HomeIndex home, Day identified) {
  static constexpr std::array<std::string_view, 4> kCauses = {"因病", "缺劳力", "缺技术", "因残"};
  PovertyHousehold household{.home = home, .identified = identified};
  household.key = fmt::format("{}{:09}", office.world.divisions.home.current_code,
                              1000 + 13 * office.registers.poverty.size());
  household.cause = office.rng.pick(kCauses);
  household.income = office.rng.range(1600, 3300);
  office.registers.poverty_of_home.resize(office.world.homes.size(), kNone);
  office.registers.poverty_of_home[home] =
      static_cast<std::uint32_t>(office.registers.poverty.size());
  return office.registers.poverty.emplace_back(std::move(household));
}

void list_part(Office& office, HomeIndex home, const std::vector<PersonIndex>& people,
               Day identified) {
  PovertyHousehold& household = open_household(office, home, identified);
  household.part = true;
  for (const PersonIndex person : people) add_listed(office, household, person, identified);
}

// Daughters who married into another home of the county since, and were never taken off (自然减少).
void keep_departed(Office& office) {
  const World& world = office.world;
  Registers& registers = office.registers;
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    const Person& person = world.people[i];
    if (!person.married_in || person.marriage == kNever || person.booklet == kNone) continue;
    if (person.father == kNone || person.home == kNone || !person.alive(registers.as_of.poverty))
      continue;
    const HomeIndex home = world.people[person.father].home;
    if (home == kNone || home == person.home || world.homes[home].outside > 0) continue;
    const std::uint32_t listed = registers.poverty_of_home[home];
    if (listed == kNone || !registers.poverty_key_of_person[i].empty()) continue;
    PovertyHousehold& household = registers.poverty[listed];
    const bool by_parent = std::ranges::any_of(household.members, [&](const PovertyMember& member) {
      return member.person == person.father || member.person == person.mother;
    });
    if (!by_parent || household.part || person.marriage <= household.identified) continue;
    if (!office.rng.chance(office.profile.departure_forgotten)) continue;
    add_listed(office, household, i, household.identified);
  }
}

void plant_lists(Office& office) {
  plant_extra(office);
  forget_changes(office);
  NextCounty next(office);
  next.found_villages();
  next.list_families();
  next.list_twice();
}

}  // namespace bidui::world
