#include "bench/world/circumstances.h"

#include <algorithm>

namespace bidui::world {

PersonIndex choose_head(const World& world, const std::vector<PersonIndex>& members) {
  PersonIndex best = kNone;
  int best_score = -1;
  for (const PersonIndex member : members) {
    const Person& person = world.people[member];
    if (!person.alive(world.today)) continue;
    const int age = age_on(person.birth, world.today);
    int score = age;
    if (age > 65) score = 40 - (age - 65);
    if (age >= 18 && person.male) score += 60;
    if (age >= 18) score += 100;
    if (score > best_score) {
      best_score = score;
      best = member;
    }
  }
  return best == kNone && !members.empty() ? members.front() : best;
}

namespace {

void fill_homes(World& world) {
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    const Person& person = world.people[i];
    if (person.home != kNone && person.alive(world.today)) {
      world.homes[person.home].members.push_back(i);
    }
  }
}

void choose_heads(World& world) {
  for (Home& home : world.homes) home.head = choose_head(world, home.members);
  for (Booklet& booklet : world.booklets) {
    const bool head_is_here = booklet.head != kNone &&
                              world.people[booklet.head].booklet != kNone &&
                              &world.booklets[world.people[booklet.head].booklet] == &booklet &&
                              world.people[booklet.head].alive(world.today);
    if (!head_is_here) booklet.head = choose_head(world, booklet.members);
  }
}

void befall(World& world, Person& person, const NameTables& names, Rng& rng) {
  const int age = age_on(person.birth, world.today);
  if (!person.former_name.empty() || person.given.empty()) return;
  if (!person.surname.empty() && rng.chance(0.02)) {
    person.former_name =
        rng.chance(0.3)
            ? names.surname(rng) + person.given
            : person.surname +
                  names.given_name({.male = person.male, .birth_year = year_of(person.birth)}, rng);
  }
  if (!person.alive(world.today)) {
    person.death_not_cancelled = rng.chance(0.1);
    return;
  }
  const double frail = age > 60 ? 0.25 : age > 40 ? 0.1 : 0.03;
  if (rng.chance(frail)) person.health = static_cast<std::uint8_t>(rng.chance(0.6) ? 1 : 2);
  if (rng.chance(age > 50 ? 0.045 : 0.02)) {
    person.health = 3;
    person.disability_kind = static_cast<std::uint8_t>(rng.range(1, 7));
    person.disability_grade = static_cast<std::uint8_t>(rng.range(1, 4));
  }
  if (person.away != Away::kHome || person.registration != Registration::kHere) return;
  if (age >= 18 && age <= 55 && rng.chance(0.3)) person.away = Away::kMigrantWorker;
  if (person.male && age >= 18 && age <= 21 && rng.chance(0.05)) {
    person.away = Away::kConscript;
  } else if (age >= 18 && age <= 22 && rng.chance(0.1)) {
    person.away = Away::kStudent;
  } else if (age >= 20 && age <= 60 && rng.chance(0.0015)) {
    person.away = Away::kPrison;
  } else if (age >= 20 && age <= 60 && rng.chance(0.003)) {
    person.away = Away::kMovedOut;
    person.registration = Registration::kGone;
  }
  if (person.away != Away::kHome && person.away != Away::kMigrantWorker) {
    person.left = std::max(person.birth + 18 * 365, world.today - rng.range(60, 700));
  }
}

void take_out_moved(World& world) {
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    Person& person = world.people[i];
    if (person.away != Away::kMovedOut || person.booklet == kNone) continue;
    std::erase(world.booklets[person.booklet].members, i);
    person.booklet = kNone;
  }
}

// Old parents who eat with a son but have had a booklet of their own since the campaign began.
void split_on_paper(World& world, Rng& rng) {
  const auto count = static_cast<BookletIndex>(world.booklets.size());
  for (BookletIndex b = 0; b < count; ++b) {
    if (world.booklets[b].members.size() < 4 || !rng.chance(0.05)) continue;
    std::vector<PersonIndex> old;
    for (const PersonIndex member : world.booklets[b].members) {
      const Person& person = world.people[member];
      if (person.alive(world.today) && age_on(person.birth, world.today) >= 62)
        old.push_back(member);
    }
    if (old.empty() || old.size() > 2) continue;
    const Day opened = world.today - rng.range(300, 1200);
    const auto fresh = static_cast<BookletIndex>(world.booklets.size());
    world.booklets.push_back({.members = old,
                              .head = old.front(),
                              .address = world.booklets[b].address,
                              .opened = opened,
                              .from = b});
    for (const PersonIndex member : old) {
      world.people[member].booklet = fresh;
      std::erase(world.booklets[b].members, member);
    }
  }
}

// A collective booklet (集体户) per township: students back from school, factory workers.
void fill_collective_booklets(World& world, Rng& rng) {
  std::vector<BookletIndex> of_township(world.divisions.townships.size(), kNone);
  const auto people = static_cast<PersonIndex>(world.people.size());
  for (PersonIndex i = 0; i < people; ++i) {
    Person& person = world.people[i];
    if (person.booklet == kNone || person.away != Away::kMigrantWorker || !rng.chance(0.004))
      continue;
    const Home& home = world.homes[person.home];
    BookletIndex& booklet = of_township[world.villages[home.village].township];
    if (booklet == kNone) {
      booklet = static_cast<BookletIndex>(world.booklets.size());
      world.booklets.push_back({.address = person.home, .collective = true});
    }
    std::erase(world.booklets[person.booklet].members, i);
    person.booklet = booklet;
    world.booklets[booklet].members.push_back(i);
  }
}

// 重号: numbers given out by hand in the 1980s, twice.
void share_numbers(World& world, Rng& rng) {
  std::vector<PersonIndex> by_birth;
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    const Person& person = world.people[i];
    if (person.booklet != kNone && person.id != 0 && year_of(person.birth) < 1990)
      by_birth.push_back(i);
  }
  std::ranges::sort(by_birth, {}, [&](PersonIndex i) {
    return std::tuple(world.people[i].birth, world.people[i].male, i);
  });
  for (std::size_t k = 1; k < by_birth.size(); ++k) {
    Person& one = world.people[by_birth[k - 1]];
    Person& two = world.people[by_birth[k]];
    const bool same_day = one.birth == two.birth && one.male == two.male && !one.shares_number;
    if (!same_day || one.twin || one.name() == two.name() || !rng.chance(0.0015)) continue;
    two.id = one.id;
    one.shares_number = two.shares_number = true;
  }
}

// 重户: a second registration under a corrected birth date.
void register_twice(World& world, IdOffice& office, Rng& rng) {
  for (Person& person : world.people) {
    if (person.booklet == kNone || person.id == 0 || !rng.chance(0.0004)) continue;
    const Day other_birth = person.birth + rng.range(-400, 400);
    const int region = world.divisions.home.code_in(std::max(1985, year_of(other_birth)));
    person.second_id = office.issue(region, other_birth, person.male, 300);
  }
}

double hardship_of(const World& world, const Home& home, Rng& rng) {
  double hardship = 0.5 + rng.unit();
  int working = 0;
  int children = 0;
  for (const PersonIndex member : home.members) {
    const Person& person = world.people[member];
    const int age = age_on(person.birth, world.today);
    if (age >= 18 && age < 60) ++working;
    if (age < 18) ++children;
    if (person.health >= 2) hardship += 0.8;
    if (person.disability_grade == 1 || person.disability_grade == 2) hardship += 0.8;
  }
  if (working == 0) hardship += 1.0;
  return hardship + 0.35 * children;
}

Person unborn(World& world, const NameTables& names, Rng& rng) {
  Person person{.birth = world.today - rng.range(3 * 365, 75 * 365), .male = rng.chance(0.5)};
  person.surname = names.surname(rng);
  person.given = names.given_name({.male = person.male, .birth_year = year_of(person.birth)}, rng);
  return person;
}

}  // namespace

void settle_circumstances(World& world, const NameTables& names, IdOffice& office,
                          bool disputed_numbers, Rng& rng) {
  for (Person& person : world.people) befall(world, person, names, rng);
  take_out_moved(world);
  split_on_paper(world, rng);
  fill_collective_booklets(world, rng);
  if (disputed_numbers) {
    share_numbers(world, rng);
    register_twice(world, office, rng);
  }
  fill_homes(world);
  choose_heads(world);
  for (Home& home : world.homes) {
    home.city_life = rng.chance(0.06);
    home.hardship = home.members.empty() ? 0.0 : hardship_of(world, home, rng);
  }
}

PersonIndex add_outsider(World& world, const NameTables& names, IdOffice& office, HomeIndex home,
                         Rng& rng) {
  Person person = unborn(world, names, rng);
  const County& county = rng.pick(world.divisions.neighbours);
  person.id = office.issue(county.code_in(std::max(1985, year_of(person.birth))), person.birth,
                           person.male, rng.range(0, 400));
  person.registration = Registration::kAnotherCounty;
  person.home = home;
  world.people.push_back(std::move(person));
  return static_cast<PersonIndex>(world.people.size() - 1);
}

PersonIndex add_invented(World& world, const NameTables& names, IdOffice& office, HomeIndex home,
                         Rng& rng) {
  Person person = unborn(world, names, rng);
  const PersonIndex head = world.homes[home].head;
  if (head != kNone && rng.chance(0.5)) person.surname = world.people[head].surname;
  const int issued = std::max(1985, year_of(person.birth));
  person.id = office.issue(world.divisions.home.code_in(issued), person.birth, person.male,
                           rng.range(0, 400));
  person.registration = Registration::kInvented;
  person.home = home;
  world.people.push_back(std::move(person));
  return static_cast<PersonIndex>(world.people.size() - 1);
}

}  // namespace bidui::world
