// What befalls people that concerns the further rules: conversions, moves, splits on paper, sham
// divorces. Each changes lives and booklets; the poverty office lists what it is shown.
#include <algorithm>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

// A home that is not in the register, of this county and of country people.
bool is_ordinary(const Office& office, HomeIndex home) {
  const Home& at = office.world.homes[home];
  return at.outside == 0 && !at.city_life && office.registers.poverty_of_home[home] == kNone;
}

bool is_here(const Person& person, Day today) {
  return person.alive(today) && person.booklet != kNone && person.id != 0 &&
         (person.away == Away::kHome || person.away == Away::kMigrantWorker);
}

// A booklet of their own for people who keep living where they live.
BookletIndex split_off(World& world, const std::vector<PersonIndex>& people, Day opened) {
  const BookletIndex from = world.people[people.front()].booklet;
  const auto fresh = static_cast<BookletIndex>(world.booklets.size());
  world.booklets.push_back({.members = people,
                            .head = people.front(),
                            .address = world.booklets[from].address,
                            .opened = opened,
                            .from = from});
  for (const PersonIndex person : people) {
    std::erase(world.booklets[from].members, person);
    world.people[person].booklet = fresh;
  }
  return fresh;
}

Day entry_after(Office& office, Day day, int longest) {
  return std::min(day + office.rng.range(30, longest), office.registers.as_of.poverty - 90);
}

// Old parents who eat with a son, listed alone.
void list_elders_alone(Office& office) {
  const World& world = office.world;
  const auto booklets = static_cast<BookletIndex>(world.booklets.size());
  for (BookletIndex b = 0; b < booklets; ++b) {
    const Booklet& booklet = world.booklets[b];
    if (booklet.from == kNone || booklet.collective || booklet.members.empty()) continue;
    const HomeIndex home = world.people[booklet.members.front()].home;
    const bool all_old = std::ranges::all_of(booklet.members, [&](PersonIndex member) {
      const Person& person = world.people[member];
      return is_here(person, world.today) && person.home == home &&
             age_on(person.birth, world.today) >= 62;
    });
    if (!all_old || home == kNone || booklet.address != home || !is_ordinary(office, home) ||
        booklet.members.size() == world.homes[home].members.size() ||
        !office.rng.chance(office.profile.elders_listed_alone)) {
      continue;
    }
    list_part(office, home, booklet.members, entry_after(office, booklet.opened, 600));
  }
}

// 分户争贫: a grown child with a booklet and a poverty file of his own, and the same stove.
void split_for_poverty(Office& office, HomeIndex index) {
  World& world = office.world;
  const Home& home = world.homes[index];
  for (const PersonIndex member : home.members) {
    const Person& person = world.people[member];
    const int age = age_on(person.birth, world.today);
    const bool child = person.father != kNone && world.people[person.father].home == index;
    if (!child || !is_here(person, world.today) || age < 23 || age > 50 || person.spouse != kNone ||
        member == home.head || world.booklets[person.booklet].head == member ||
        world.booklets[person.booklet].collective) {
      continue;
    }
    const Day opened = day_of(office.rng.range(2014, 2016), office.rng.range(3, 12), 12);
    split_off(world, {member}, opened);
    list_part(office, index, {member}, entry_after(office, opened, 600));
    return;
  }
}

// A couple that divorces; she takes a child along and enters the register. Most of the time they
// keep one stove; some really part.
void divorce(Office& office, HomeIndex index) {
  World& world = office.world;
  const PersonIndex husband = world.homes[index].head;
  if (husband == kNone || !world.people[husband].male) return;
  const PersonIndex wife = world.people[husband].spouse;
  if (wife == kNone || world.people[wife].home != index) return;
  const Person& she = world.people[wife];
  const int age = age_on(she.birth, world.today);
  if (age < 28 || age > 58 || !is_here(she, world.today) ||
      !is_here(world.people[husband], world.today) ||
      she.booklet != world.people[husband].booklet || world.booklets[she.booklet].head == wife) {
    return;
  }
  Rng& rng = office.rng;
  const Day day = std::max(day_of(rng.range(2014, 2016), rng.range(2, 12), 20),
                           world.people[husband].marriage + 400);
  if (day > day_of(2017, 3, 1)) return;
  std::vector<PersonIndex> people = {wife};
  for (const PersonIndex member : world.homes[index].members) {
    const Person& child = world.people[member];
    if (child.mother != wife || child.booklet != she.booklet || child.birth > day ||
        age_on(child.birth, world.today) >= 18) {
      continue;
    }
    people.push_back(member);
    break;
  }
  for (const PersonIndex one : {husband, wife}) {
    world.people[one].divorced_from = one == wife ? husband : wife;
    world.people[one].divorced = day;
    world.people[one].spouse = kNone;
  }
  const BookletIndex booklet = split_off(world, people, day + rng.range(5, 60));
  if (rng.chance(0.6)) {
    list_part(office, index, people, entry_after(office, day + 60, 290));
    return;
  }
  const auto apart = static_cast<HomeIndex>(world.homes.size());
  Home own{.members = people,
           .head = wife,
           .village = world.homes[index].village,
           .group = static_cast<std::uint8_t>(rng.range(1, 12)),
           .house_no = static_cast<std::uint16_t>(rng.range(300, 900)),
           .phone = world.homes[index].phone + 1000003,
           .hardship = 1.5,
           .began = day,
           .parent = index};
  world.homes.push_back(std::move(own));
  office.registers.poverty_of_home.resize(world.homes.size(), kNone);
  office.allowance_of_home.resize(world.homes.size(), kNone);
  for (const PersonIndex person : people) {
    std::erase(world.homes[index].members, person);
    world.people[person].home = apart;
  }
  world.booklets[booklet].address = apart;
  list_part(office, apart, people, entry_after(office, day + 60, 290));
  office.registers.poverty.back().part = false;
}

// 农转非: whole booklets before or after the household was listed, or one member of them.
void convert(Office& office, const PovertyHousehold& household) {
  World& world = office.world;
  Rng& rng = office.rng;
  const PersonIndex first = household.members.front().person;
  if (world.people[first].booklet == kNone) return;
  const double way = rng.unit();
  const Day before = household.identified - rng.range(60, 1500);
  const Day after =
      std::min(household.identified + rng.range(40, 900), office.registers.as_of.civil - 20);
  if (way < 0.2) {
    for (const PovertyMember& member : household.members) {
      Person& person = world.people[member.person];
      const int age = age_on(person.birth, world.today);
      const bool young = age >= 18 && age < 30 && is_here(person, world.today);
      if (!young || world.booklets[person.booklet].members.size() < 2) continue;
      person.converted = before;
      return;
    }
  }
  for (const PersonIndex member : world.booklets[world.people[first].booklet].members) {
    Person& person = world.people[member];
    const Day day = way < 0.75 ? before : after;
    if (person.alive(day)) person.converted = day;
  }
}

// A member whose registration left the county; the register still has her.
void move_out(Office& office, PovertyHousehold& household) {
  World& world = office.world;
  for (std::size_t i = 1; i < household.members.size(); ++i) {
    const PersonIndex index = household.members[i].person;
    Person& person = world.people[index];
    const int age = age_on(person.birth, world.today);
    const bool could = is_here(person, world.today) && person.home == household.home && age >= 20 &&
                       age < 45 && person.spouse == kNone &&
                       world.homes[household.home].head != index;
    if (!could) continue;
    move_out_of_county(world, index, office.registers.as_of.civil - office.rng.range(5, 900));
    return;
  }
}

}  // namespace

void move_out_of_county(World& world, PersonIndex index, Day day) {
  Person& person = world.people[index];
  person.away = Away::kMovedOut;
  person.left = std::max(day, person.birth + 1);
  if (person.home != kNone) std::erase(world.homes[person.home].members, index);
  person.home = kNone;
}

void plant_lives(Office& office) {
  const auto homes = static_cast<HomeIndex>(office.world.homes.size());
  list_elders_alone(office);
  for (HomeIndex h = 0; h < homes; ++h) {
    if (office.world.homes[h].members.size() < 4 || !is_ordinary(office, h)) continue;
    if (office.rng.chance(office.profile.split_for_poverty)) {
      split_for_poverty(office, h);
    } else if (office.rng.chance(office.profile.sham_divorce)) {
      divorce(office, h);
    }
  }
  for (PovertyHousehold& household : office.registers.poverty) {
    if (office.world.homes[household.home].outside > 0 || household.part) continue;
    if (office.rng.chance(office.profile.converted)) convert(office, household);
    if (household.members.size() >= 3 && office.rng.chance(office.profile.moved_out)) {
      move_out(office, household);
    }
  }
}

}  // namespace bidui::world
