#include "bench/world/village_life.h"

#include <algorithm>
#include <array>

#include "bench/world/tsv.h"
#include "bench/world/utf8.h"

namespace bidui::world {
namespace {

constexpr int kGroupsPerVillage = 12;

// Children that a woman born in that year has in the end: the fall from large families through the
// one-and-a-half-child policy.
double wanted_children(int mother_birth_year) {
  if (mother_birth_year < 1945) return 3.6;
  if (mother_birth_year < 1955) return 2.9;
  if (mother_birth_year < 1965) return 2.3;
  if (mother_birth_year < 1975) return 1.9;
  return 1.75;
}

}  // namespace

VillageLife::VillageLife(World& world, const NameTables& names, const Confusions& sounds,
                         IdOffice& office, Rng& rng, const Likeness& likeness)
    : world_(world),
      names_(names),
      sounds_(sounds),
      rng_(rng),
      office_(office),
      likeness_(likeness),
      brides_(130) {}

void VillageLife::draw_clans() {
  // One clan is often half of a village; a third of the families carry any surname.
  static constexpr std::array<double, 6> kShares = {0.38, 0.17, 0.10, 0.06, 0.04, 0.03};
  clans_.clear();
  clan_weights_ = {};
  const auto clans = static_cast<std::size_t>(rng_.range(3, 6));
  for (std::size_t i = 0; i < clans + 40; ++i) {
    Clan clan{.surname = names_.surname(rng_), .character_first = rng_.chance(0.8)};
    for (int g = 0; g < 6; ++g) {
      clan.generation_characters.push_back(names_.generation_character(rng_));
    }
    if (rng_.chance(0.025)) {
      clan.people = rng_.chance(0.5) ? People::kTujia : People::kMiao;
    } else if (i >= clans && rng_.chance(0.06)) {
      static constexpr std::array<People, 3> kPieces = {People::kTibetan, People::kYi,
                                                        People::kUyghur};
      clan.people = rng_.pick(kPieces);
    }
    clans_.push_back(std::move(clan));
    clan_weights_.add(i < clans ? kShares[i] : 0.3 / 40);
  }
}

void VillageLife::settle(std::size_t village, int registered) {
  village_ = village;
  next_house_no_ = 1;
  draw_clans();
  fill_up(registered);
}

void VillageLife::fill_up(int registered) {
  const int goal = registered_ + registered;
  while (registered_ < goal) raise_lineage();
}

Day VillageLife::draw_death(Day birth, bool male) {
  if (rng_.chance(0.02)) return birth + rng_.range(1, 20 * 365);
  if (rng_.chance(0.05)) return birth + rng_.range(20 * 365, 55 * 365);
  const double years = (male ? 75.0 : 79.0) + rng_.bell() * 10.0;
  return birth + static_cast<Day>(years * 365.25);
}

void VillageLife::give_number(Person& person, const County& county) {
  // The living got their numbers from 1985 on with the code then in force; children at birth.
  const int born = year_of(person.birth);
  const bool late = rng_.chance(0.01);  // registered or numbered anew years later
  const int issued = std::max(born, 1985) + (late ? rng_.range(3, 15) : 0);
  // Each police station counts from a number of its own.
  const std::size_t station = &county == &world_.divisions.home ? world_.villages[village_].township
                                                                : 1000 + rng_.index(30);
  const auto start = static_cast<int>(
      (hash_combine(static_cast<std::uint64_t>(county.current_code), station) % 50) * 10 +
      rng_.index(8));
  const int region = county.code_in(std::min(issued, year_of(world_.today)));
  person.id = office_.issue(region, person.birth, person.male, start);
}

PersonIndex VillageLife::add_person(Person person) {
  if (person.death <= world_.today && year_of(person.death) < 2012) {
    person.registration = Registration::kGone;  // the extract keeps the last years' deaths only
  }
  world_.people.push_back(std::move(person));
  return static_cast<PersonIndex>(world_.people.size() - 1);
}

HomeIndex VillageLife::add_home(HomeIndex parent, Day began) {
  Home home{.village = static_cast<std::uint16_t>(village_), .began = began, .parent = parent};
  home.group = parent == kNone ? static_cast<std::uint8_t>(rng_.range(1, kGroupsPerVillage))
                               : world_.homes[parent].group;
  home.house_no = next_house_no_++;
  static constexpr std::array<int, 12> kPrefixes = {131, 135, 136, 137, 138, 139,
                                                    150, 151, 152, 177, 182, 187};
  home.phone = static_cast<std::uint64_t>(rng_.pick(kPrefixes)) * 100000000ULL +
               static_cast<std::uint64_t>(rng_.range(0, 99999999));
  world_.homes.push_back(std::move(home));
  return static_cast<HomeIndex>(world_.homes.size() - 1);
}

BookletIndex VillageLife::add_booklet(PersonIndex head, HomeIndex address, BookletIndex from,
                                      Day opened) {
  world_.booklets.push_back({.head = head, .address = address, .opened = opened, .from = from});
  return static_cast<BookletIndex>(world_.booklets.size() - 1);
}

void VillageLife::register_in(PersonIndex index, BookletIndex booklet) {
  Person& person = world_.people[index];
  if (person.registration != Registration::kHere) return;
  if (person.booklet == kNone) {
    ++registered_;
  } else {
    std::erase(world_.booklets[person.booklet].members, index);
  }
  person.booklet = booklet;
  world_.booklets[booklet].members.push_back(index);
}

PersonIndex VillageLife::stranger(bool male, Day birth, bool from_this_county) {
  Person person{.birth = birth, .male = male};
  person.death = std::max(draw_death(birth, male), birth + 27 * 365);
  const bool near = rng_.chance(0.75);
  const County& county = from_this_county ? world_.divisions.home
                         : near           ? rng_.pick(world_.divisions.neighbours)
                                          : rng_.pick(world_.divisions.elsewhere);
  if (!from_this_county && !near && rng_.chance(0.35)) {
    static constexpr std::array<People, 6> kPeoples = {People::kTibetan, People::kYi,
                                                       People::kUyghur,  People::kZhuang,
                                                       People::kMiao,    People::kMongol};
    person.people = rng_.pick(kPeoples);
  }
  if (has_interpunct(person.people)) {
    const PieceName name = piece_name(person.people, male, "", rng_);
    person.given = name.first + "·" + name.second;
  } else {
    person.surname = names_.surname(rng_);
    person.given = names_.given_name({.male = male, .birth_year = year_of(birth)}, rng_);
  }
  give_number(person, county);
  if (!from_this_county && rng_.chance(0.12)) person.registration = Registration::kAnotherCounty;
  return add_person(std::move(person));
}

void VillageLife::raise_lineage() {
  const Clan& clan = clans_[clan_weights_.draw(rng_)];
  const int year = 1918 + static_cast<int>(rng_.unit() * 42.0);
  Person founder{.birth = day_of(year, 1, 1) + rng_.range(0, 364), .male = true};
  founder.death = draw_death(founder.birth, true);
  founder.death = std::max(founder.death, founder.birth + 45 * 365);
  const HomeIndex home = add_home(kNone, kNever);
  const int generation = std::clamp((year - 1918) / 22, 0, 1);
  name_child(founder, {.generation = generation - 1}, clan, kNone);
  give_number(founder, world_.divisions.home);
  founder.home = home;
  founder.marriage = founder.birth + rng_.range(20 * 365, 27 * 365);
  const Day wedding = founder.marriage;
  const PersonIndex husband = add_person(std::move(founder));
  const BookletIndex booklet = add_booklet(husband, home, kNone, kNever);
  register_in(husband, booklet);
  if (rng_.chance(0.03)) return;  // never married: later the destitute of the village
  const PersonIndex wife = find_bride(husband, wedding);
  bring_in(wife, home, booklet, wedding);
  world_.people[husband].spouse = wife;
  world_.people[wife].spouse = husband;
  raise_children({husband, wife, home, booklet, generation}, clan, 0);
}

void VillageLife::name_child(Person& child, const Family& family, const Clan& clan,
                             PersonIndex sibling) {
  const int year = year_of(child.birth);
  child.people = clan.people;
  if (has_interpunct(clan.people)) {
    const std::string father =
        family.husband == kNone
            ? ""
            : std::string(split(world_.people[family.husband].given, '\xc2').front());
    const PieceName name = piece_name(clan.people, child.male, father, rng_);
    child.given = name.first + "·" + name.second;
    return;
  }
  child.surname = family.husband == kNone || !world_.people[family.husband].surname.size()
                      ? clan.surname
                      : world_.people[family.husband].surname;
  if (child.male && family.husband != kNone && rng_.chance(0.005)) {
    child.given = sounding_like(world_.people[family.husband].given);
    if (!child.given.empty()) return;
  }
  if (child.twin && sibling != kNone && likeness_.twin_names > 0 &&
      rng_.chance(likeness_.twin_names)) {
    child.given = sounding_like(world_.people[sibling].given);
    if (!child.given.empty()) return;
  }
  if (likeness_.everyday_names > 0 && rng_.chance(likeness_.everyday_names)) {
    child.given = everyday_name(child.male, rng_);
    if (sibling == kNone || child.given != world_.people[sibling].given) return;
  }
  NameWish wish{.male = child.male, .birth_year = year, .generation_first = clan.character_first};
  const double by_book = child.male ? (year < 1985 ? 0.6 : 0.25) : (year < 1985 ? 0.15 : 0.06);
  if (rng_.chance(by_book)) {
    const auto generation = static_cast<std::size_t>(std::clamp(family.generation + 1, 0, 5));
    wish.generation_character = clan.generation_characters[generation];
  } else if (sibling != kNone && (child.twin || rng_.chance(0.2))) {
    const auto parts = characters(world_.people[sibling].given);
    if (parts.size() == 2) {
      wish.generation_first = rng_.chance(0.6);
      wish.generation_character = wish.generation_first ? parts[0] : parts[1];
    }
  }
  child.given = names_.given_name(wish, rng_);
  if (sibling != kNone && child.given == world_.people[sibling].given) {
    child.given = names_.given_name({.male = child.male, .birth_year = year}, rng_);
  }
}

std::string VillageLife::sounding_like(const std::string& given) {
  const auto parts = characters(given);
  const auto& sounds = sounds_.homophones(parts.front());
  if (sounds.empty()) return {};
  std::string name = rng_.pick(sounds);
  for (std::size_t i = 1; i < parts.size(); ++i) name += parts[i];
  return name;
}

PersonIndex VillageLife::bear_child(const Family& family, const Clan& clan, Day birth,
                                    PersonIndex sibling) {
  Person child{.birth = birth, .male = rng_.chance(0.52)};
  child.father = family.husband;
  child.mother = family.wife;
  child.death = draw_death(birth, child.male);
  child.home = family.home;
  if (sibling != kNone && world_.people[sibling].birth == birth) {
    child.twin = true;
    if (rng_.chance(0.7)) child.male = world_.people[sibling].male;
    world_.people[sibling].twin = true;
  }
  name_child(child, family, clan, sibling);
  const Day registered_after = rng_.range(5, 120);
  if (birth + registered_after > world_.today) {
    child.registration = Registration::kNewborn;
  } else {
    give_number(child, world_.divisions.home);
    if (rng_.chance(0.0008)) {
      child.registration = Registration::kNeverRegistered;
      child.id = 0;
    }
  }
  const PersonIndex index = add_person(std::move(child));
  register_in(index, family.booklet);
  return index;
}

void VillageLife::raise_children(const Family& family, const Clan& clan, int depth) {
  const Person& husband = world_.people[family.husband];
  const Person& wife = world_.people[family.wife];
  const double wanted = wanted_children(year_of(wife.birth)) + rng_.bell() * 0.9;
  const Day last = std::min({wife.death, husband.death + 250, wife.birth + 43 * 365, world_.today});
  Day birth = std::max(husband.marriage + rng_.range(280, 1100), wife.birth + 17 * 365);
  std::vector<PersonIndex> children;
  while (birth <= last && static_cast<double>(children.size()) + 0.5 < wanted) {
    const PersonIndex sibling = children.empty() ? kNone : children.back();
    children.push_back(bear_child(family, clan, birth, sibling));
    if (rng_.chance(likeness_.twins)) {
      children.push_back(bear_child(family, clan, birth, children.back()));
    }
    birth += rng_.range(420, 1900);
  }
  if (depth < 4) let_marry(family, clan, children, depth);
}

void VillageLife::let_marry(const Family& family, const Clan& clan,
                            std::vector<PersonIndex>& children, int depth) {
  const auto is_son = [&](PersonIndex child) { return world_.people[child].male; };
  const auto last_son = std::find_if(children.rbegin(), children.rend(), is_son);
  for (const PersonIndex child : children) {
    const Person& person = world_.people[child];
    const int base = person.male ? 22 : 20;
    const Day wedding = person.birth + rng_.range(base * 365, (base + 9) * 365);
    const bool single = rng_.chance(person.male ? 0.1 : 0.02);
    if (single || wedding > world_.today - 30 || wedding > person.death) continue;
    if (person.male) {
      world_.people[child].marriage = wedding;
      const bool stays = last_son != children.rend() && *last_son == child && rng_.chance(0.75);
      marry_son(family, clan, child, stays, depth);
    } else {
      marry_daughter(child, wedding);
    }
  }
}

void VillageLife::marry_son(const Family& family, const Clan& clan, PersonIndex son, bool stays,
                            int depth) {
  const Day wedding = world_.people[son].marriage;
  Family own{son, kNone, family.home, family.booklet, family.generation + 1};
  const Day split = wedding + rng_.range(60, 8 * 365);
  if (!stays && split < world_.today && rng_.chance(0.96)) {
    own.home = add_home(family.home, split);
    // One booklet in sixteen is never divided although the stoves are.
    if (rng_.chance(0.94)) own.booklet = add_booklet(son, own.home, family.booklet, split);
  }
  world_.people[son].home = own.home;
  register_in(son, own.booklet);
  own.wife = find_bride(son, wedding);
  bring_in(own.wife, own.home, own.booklet, wedding);
  world_.people[son].spouse = own.wife;
  world_.people[own.wife].spouse = son;
  raise_children(own, clan, depth + 1);
}

void VillageLife::marry_daughter(PersonIndex daughter, Day wedding) {
  Person& person = world_.people[daughter];
  person.marriage = wedding;
  if (rng_.chance(0.6) && person.registration == Registration::kHere) {
    const auto year = static_cast<std::size_t>(std::clamp(year_of(person.birth) - 1900, 0, 129));
    brides_[year].push_back({daughter, village_});
    return;
  }
  send_out(daughter, 0.05);
}

void VillageLife::send_out(PersonIndex daughter, double registration_stays) {
  Person& person = world_.people[daughter];
  person.away = Away::kMarriedOut;
  person.left = person.marriage;
  person.home = kNone;
  if (rng_.chance(registration_stays)) return;
  if (person.booklet != kNone) {
    std::erase(world_.booklets[person.booklet].members, daughter);
    person.booklet = kNone;
    --registered_;
  }
  person.registration = Registration::kGone;
}

PersonIndex VillageLife::find_bride(PersonIndex groom, Day wedding) {
  const int born = year_of(world_.people[groom].birth);
  const int wanted = born + rng_.range(-1, 4);
  if (rng_.chance(0.62)) {
    for (const int shift : {0, -1, 1, -2, 2}) {
      const auto year = static_cast<std::size_t>(std::clamp(wanted + shift - 1900, 0, 129));
      auto& waiting = brides_[year];
      for (std::size_t i = 0; i < std::min<std::size_t>(waiting.size(), 8); ++i) {
        const std::size_t at = waiting.size() - 1 - i;
        const Person& bride = world_.people[waiting[at].person];
        const Day too_young = bride.birth + 18 * 365;
        if (waiting[at].village == village_ || wedding < too_young || wedding > bride.death)
          continue;
        if (bride.surname == world_.people[groom].surname) continue;
        const PersonIndex found = waiting[at].person;
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(at));
        return found;
      }
    }
  }
  const Day birth =
      std::min(day_of(std::min(wanted, 1999), 1, 1) + rng_.range(0, 364), wedding - 19 * 365);
  return stranger(false, birth, rng_.chance(0.45));
}

void VillageLife::bring_in(PersonIndex bride, HomeIndex home, BookletIndex booklet, Day wedding) {
  Person& person = world_.people[bride];
  person.home = home;
  person.marriage = wedding;
  person.married_in = true;
  // One daughter in twenty keeps her registration with her parents, within the county too.
  if (person.booklet != kNone && rng_.chance(0.05)) return;
  register_in(bride, booklet);
}

void VillageLife::send_off_unmatched_brides() {
  for (auto& waiting : brides_) {
    for (const Bride& bride : waiting) {
      if (year_of(world_.people[bride.person].birth) >= 1984) {
        world_.people[bride.person].marriage = kNever;
      } else {
        send_out(bride.person, 0.25);
      }
    }
    waiting.clear();
  }
}

}  // namespace bidui::world
