#include <algorithm>

#include "bench/world/advance_steps.h"

namespace bidui::world {
namespace {

class NextMonths {
 public:
  NextMonths(Office& office, const Period& period)
      : office_(office), world_(office.world), rng_(office.rng), period_(period) {}

  void bury();
  void register_newborn();
  void go_through_homes();

 private:
  Day some_day() { return period_.after + rng_.range(1, period_.until - period_.after); }
  bool is_home(PersonIndex person) const {
    const Person& p = world_.people[person];
    return p.away == Away::kHome || p.away == Away::kMigrantWorker;
  }
  void join_booklet(PersonIndex person, BookletIndex booklet);
  void leave_booklet(PersonIndex person);
  void bear(HomeIndex home, PersonIndex mother);
  void marry(HomeIndex home, PersonIndex groom);
  PersonIndex bride_from_elsewhere(Day wedding);
  void split(HomeIndex home, PersonIndex son);

  Office& office_;
  World& world_;
  Rng& rng_;
  Period period_;
  std::vector<PersonIndex> unmarried_;  // daughters of the county
};

void NextMonths::join_booklet(PersonIndex person, BookletIndex booklet) {
  world_.people[person].booklet = booklet;
  if (booklet != kNone) world_.booklets[booklet].members.push_back(person);
}

void NextMonths::leave_booklet(PersonIndex person) {
  const BookletIndex booklet = world_.people[person].booklet;
  if (booklet == kNone) return;
  Booklet& left = world_.booklets[booklet];
  std::erase(left.members, person);
  if (left.head == person) left.head = choose_head(world_, left.members);
  world_.people[person].booklet = kNone;
}

void NextMonths::bury() {
  for (PersonIndex i = 0; i < world_.people.size(); ++i) {
    Person& person = world_.people[i];
    if (!period_.holds(person.death) || person.home == kNone) continue;
    person.death_not_cancelled = rng_.chance(0.1);
    Home& home = world_.homes[person.home];
    std::erase(home.members, i);
    if (home.head == i) home.head = choose_head(world_, home.members);
    if (person.booklet != kNone && world_.booklets[person.booklet].head == i) {
      world_.booklets[person.booklet].head =
          choose_head(world_, world_.booklets[person.booklet].members);
    }
    office_.dead_of_home[person.home].push_back(i);
  }
}

void NextMonths::register_newborn() {
  for (PersonIndex i = 0; i < world_.people.size(); ++i) {
    Person& child = world_.people[i];
    const bool due = child.registration == Registration::kNewborn && child.alive(world_.today) &&
                     world_.today - child.birth > 45 && child.father != kNone;
    if (!due) continue;
    child.registration = Registration::kHere;
    child.id = office_.id_office.issue(world_.divisions.home.current_code, child.birth, child.male,
                                       rng_.range(0, 400));
    join_booklet(i, world_.people[child.father].booklet);
  }
}

void NextMonths::bear(HomeIndex home, PersonIndex mother) {
  const PersonIndex father = world_.people[mother].spouse;
  Person child{.birth = some_day(), .male = rng_.chance(0.52)};
  child.surname = world_.people[father].surname;
  child.given =
      office_.names.given_name({.male = child.male, .birth_year = year_of(child.birth)}, rng_);
  child.death = child.birth + rng_.range(60, 85) * 365;
  child.father = father;
  child.mother = mother;
  child.home = home;
  child.registration = Registration::kNewborn;
  world_.homes[home].members.push_back(static_cast<PersonIndex>(world_.people.size()));
  world_.people.push_back(std::move(child));
}

PersonIndex NextMonths::bride_from_elsewhere(Day wedding) {
  Person bride{.birth = wedding - rng_.range(20 * 365, 30 * 365), .male = false};
  bride.surname = office_.names.surname(rng_);
  bride.given = office_.names.given_name({.male = false, .birth_year = year_of(bride.birth)}, rng_);
  bride.death = bride.birth + rng_.range(60, 88) * 365;
  bride.id = office_.id_office.issue(rng_.pick(world_.divisions.neighbours).current_code,
                                     bride.birth, false, rng_.range(0, 400));
  if (rng_.chance(0.2)) bride.registration = Registration::kAnotherCounty;
  world_.people.push_back(std::move(bride));
  return static_cast<PersonIndex>(world_.people.size() - 1);
}

void NextMonths::marry(HomeIndex home, PersonIndex groom) {
  const Day wedding = some_day();
  PersonIndex bride = kNone;
  if (!unmarried_.empty() && rng_.chance(0.5)) {
    const PersonIndex found = rng_.pick(unmarried_);
    const Person& she = world_.people[found];
    if (she.home != home && she.spouse == kNone && she.surname != world_.people[groom].surname) {
      bride = found;
      std::erase(world_.homes[she.home].members, found);
    }
  }
  if (bride == kNone) bride = bride_from_elsewhere(wedding);
  if (world_.people[bride].registration == Registration::kHere) {
    leave_booklet(bride);
    join_booklet(bride, world_.people[groom].booklet);
  }
  for (const PersonIndex one : {groom, bride}) world_.people[one].marriage = wedding;
  world_.people[groom].spouse = bride;
  world_.people[bride].spouse = groom;
  world_.people[bride].home = home;
  world_.people[bride].married_in = true;
  world_.homes[home].members.push_back(bride);
}

// A married son sets up a stove and takes a booklet of his own.
void NextMonths::split(HomeIndex index, PersonIndex son) {
  const Day day = some_day();
  std::vector<PersonIndex> people = {son};
  const PersonIndex wife = world_.people[son].spouse;
  for (const PersonIndex member : world_.homes[index].members) {
    if (member == wife || world_.people[member].father == son) people.push_back(member);
  }
  const auto fresh = static_cast<HomeIndex>(world_.homes.size());
  Home own = world_.homes[index];
  own.members = people;
  own.head = son;
  own.house_no = static_cast<std::uint16_t>(own.house_no + 400);
  own.phone += 2000003;
  own.began = day;
  own.parent = index;
  world_.homes.push_back(std::move(own));
  const auto booklet = static_cast<BookletIndex>(world_.booklets.size());
  world_.booklets.push_back(
      {.head = son, .address = fresh, .opened = day, .from = world_.people[son].booklet});
  for (const PersonIndex person : people) {
    std::erase(world_.homes[index].members, person);
    world_.people[person].home = fresh;
    if (world_.people[person].booklet == kNone) continue;
    leave_booklet(person);
    join_booklet(person, booklet);
  }
  if (world_.homes[index].head == son) {
    world_.homes[index].head = choose_head(world_, world_.homes[index].members);
  }
}

void NextMonths::go_through_homes() {
  const auto homes = static_cast<HomeIndex>(world_.homes.size());
  for (HomeIndex h = 0; h < homes; ++h) {
    if (world_.homes[h].outside > 0) continue;
    for (const PersonIndex member : world_.homes[h].members) {
      const Person& person = world_.people[member];
      const int age = age_on(person.birth, world_.today);
      const bool daughter = !person.male && person.spouse == kNone && !person.married_in &&
                            age >= 20 && age < 32 && is_home(member) && person.booklet != kNone;
      if (daughter && rng_.chance(0.1)) unmarried_.push_back(member);
    }
  }
  for (HomeIndex h = 0; h < homes; ++h) {
    if (world_.homes[h].outside > 0) continue;
    const std::vector<PersonIndex> members = world_.homes[h].members;
    for (const PersonIndex member : members) {
      const Person person = world_.people[member];
      const int age = age_on(person.birth, world_.today);
      const bool free = person.home == h && is_home(member) && person.booklet != kNone;
      if (!free || age < 18 || age > 45) continue;
      const bool couple = person.spouse != kNone && world_.people[person.spouse].home == h;
      if (!person.male && couple && age < 38 && rng_.chance(0.02)) bear(h, member);
      if (person.male && person.spouse == kNone && person.divorced == kNever && age >= 22 &&
          age < 34 && rng_.chance(0.025)) {
        marry(h, member);
      } else if (person.male && couple && person.father != kNone && members.size() >= 5 &&
                 world_.people[person.father].home == h && rng_.chance(0.012)) {
        split(h, member);
      } else if (person.spouse == kNone && world_.homes[h].head != member && rng_.chance(0.0015)) {
        move_out_of_county(world_, member, some_day());
      }
    }
  }
}

}  // namespace

void live_on(Office& office, const Period& period) {
  NextMonths months(office, period);
  months.bury();
  months.register_newborn();
  months.go_through_homes();
}

}  // namespace bidui::world
