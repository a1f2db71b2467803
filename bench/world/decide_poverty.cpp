#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

constexpr double kPoorShare = 0.125;  // of the registered people
constexpr int kGraceDays = 60;        // for a death

// The factor that makes the expected number of poor people what it should be.
double poverty_factor(const World& world) {
  double weighted = 0;
  double people = 0;
  for (const Home& home : world.homes) {
    const auto size = static_cast<double>(home.members.size());
    people += size;
    if (!home.city_life) weighted += home.hardship * home.hardship * size;
  }
  return weighted > 0 ? kPoorShare * people / weighted : 0;
}

Day identification_day(Rng& rng) {
  const double draw = rng.unit();
  const int year = draw < 0.85 ? 2014 : draw < 0.89 ? 2015 : draw < 0.96 ? 2016 : 2017;
  return day_of(year, 3, 1) + rng.range(0, 260);
}

int exit_year(Day identified, Rng& rng) {
  if (!rng.chance(0.64)) return 0;
  const double draw = rng.unit();
  const int year = draw < 0.08 ? 2014 : draw < 0.38 ? 2015 : draw < 0.76 ? 2016 : 2017;
  return std::max(year, std::min(2017, year_of(identified) + 1));
}

// Whether the poverty office lists a living member of the household.
bool is_listed(const Office& office, const Person& person, Rng& rng) {
  const Day day = office.registers.as_of.poverty;
  switch (person.registration) {
    case Registration::kNewborn:
      return rng.chance(0.4);
    case Registration::kNeverRegistered:
      return rng.chance(0.7);
    case Registration::kAnotherCounty:
      return rng.chance(0.93);
    case Registration::kGone:
      return rng.chance(0.4);
    default:
      break;
  }
  if (person.away == Away::kConscript) return rng.chance(0.15);
  if (person.away == Away::kPrison) return rng.chance(0.3);
  if (person.away == Away::kStudent) return rng.chance(0.7);
  if (day - person.birth < 180) return rng.chance(0.4);
  return !rng.chance(0.012);  // forgotten: the error that 整户识别 looks for
}

// Whether somebody who died since is still listed.
bool is_still_listed(const Office& office, const Person& person, Rng& rng) {
  const Day ago = office.registers.as_of.poverty - person.death;
  if (ago < 0) return true;
  if (ago <= kGraceDays) return rng.chance(0.95);
  return rng.chance(ago > 370 ? 0.2 : 0.65);
}

class PovertyOffice {
 public:
  explicit PovertyOffice(Office& office)
      : office_(office), world_(office.world), registers_(office.registers) {}

  void list_home(HomeIndex index, Day identified) {
    Home& home = world_.homes[index];
    PovertyHousehold household{.home = index, .identified = identified};
    household.key = fmt::format("{}{:09}", world_.divisions.home.current_code,
                                1000 + 13 * registers_.poverty.size());
    household.exit_year = exit_year(identified, office_.rng);
    static constexpr std::array<std::string_view, 9> kCauses = {
        "因病", "因病", "因残", "因学", "缺劳力", "缺技术", "缺资金", "因灾", "交通条件落后"};
    household.cause = office_.rng.pick(kCauses);
    household.income =
        household.exit_year > 0 ? office_.rng.range(3400, 9800) : office_.rng.range(1600, 3300);
    list_members(household, home);
    if (household.members.empty()) return;
    registers_.poverty_of_home[index] = static_cast<std::uint32_t>(registers_.poverty.size());
    registers_.poverty.push_back(std::move(household));
  }

  void add_member(PovertyHousehold& household, PersonIndex person, Day identified,
                  bool duplicate = false) {
    std::string key = fmt::format("{}4{:010}", world_.divisions.home.current_code,
                                  100 + 11 * office_.next_member++);
    if (!duplicate) {
      registers_.poverty_key_of_person.resize(world_.people.size());
      registers_.poverty_key_of_person[person] = key;
    }
    household.members.push_back({person, std::move(key), identified, duplicate});
  }

  void duplicate_rows();
  void list_neighbours();
  void invent_members();

 private:
  void list_members(PovertyHousehold& household, const Home& home) {
    std::vector<PersonIndex> listed;
    for (const PersonIndex member : home.members) {
      if (is_listed(office_, world_.people[member], office_.rng)) listed.push_back(member);
    }
    if (const auto dead = office_.dead_of_home.find(household.home);
        dead != office_.dead_of_home.end()) {
      for (const PersonIndex member : dead->second) {
        const Person& person = world_.people[member];
        if (person.death < household.identified || !is_still_listed(office_, person, office_.rng)) {
          continue;
        }
        listed.push_back(member);
      }
    }
    const auto head = std::ranges::find(listed, home.head);
    if (head != listed.end()) std::iter_swap(listed.begin(), head);
    for (const PersonIndex member : listed) {
      const Person& person = world_.people[member];
      const Day joined = std::max(person.birth + 30, person.married_in ? person.marriage : 0);
      add_member(household, member, std::max(household.identified, joined));
      note_death(household.members.back());
    }
  }

  void note_death(const PovertyMember& member) {
    const Person& person = world_.people[member.person];
    const Day day = registers_.as_of.poverty;
    if (person.death > day) return;
    Contradiction found{.rule = "DEAD_IN_PR", .subject = member.key};
    found.other = "civil:" + civil_key(world_, member.person);
    found.note = "died " + iso_date(person.death);
    const bool civil_knows =
        person.registration == Registration::kHere && !person.death_not_cancelled;
    if (day - person.death <= kGraceDays) {
      found.exception = "within_grace";
    } else if (!civil_knows && !registers_.death_reported[member.person]) {
      found.exception = kNotScored;
      found.note += "; no registry shows it";
    }
    registers_.contradictions.push_back(std::move(found));
  }

  Office& office_;
  World& world_;
  Registers& registers_;
};

// A person listed twice: again in the household, or in the parents' or a neighbour's as well.
void PovertyOffice::duplicate_rows() {
  const double rate = office_.rates.of(Source::kPoverty, ErrorClass::kRowDuplicated);
  const std::size_t households = registers_.poverty.size();
  for (std::size_t h = 0; h < households; ++h) {
    const std::size_t members = registers_.poverty[h].members.size();
    for (std::size_t m = 0; m < members; ++m) {
      if (!office_.rng.chance(rate)) continue;
      const PovertyMember original = registers_.poverty[h].members[m];
      const PersonIndex father = world_.people[original.person].father;
      std::size_t into = h;
      if (father != kNone && world_.people[father].home != kNone) {
        const std::uint32_t other = registers_.poverty_of_home[world_.people[father].home];
        if (other != kNone) into = other;
      }
      if (into == h && h > 0 && office_.rng.chance(0.25)) into = h - 1;
      add_member(registers_.poverty[into], original.person, original.identified, true);
      registers_.contradictions.push_back(
          {.rule = "DUP_IN_SOURCE",
           .subject = registers_.poverty[into].members.back().key,
           .other = "poverty:" + original.key,
           .planted = true,
           .note = into == h ? "same household" : "two households"});
    }
  }
}

// A few families of a neighbouring county stand in the list.
void PovertyOffice::list_neighbours() {
  const std::size_t families = std::max<std::size_t>(1, registers_.poverty.size() / 250);
  for (std::size_t i = 0; i < families; ++i) {
    const HomeIndex home = add_neighbour_home(office_);
    add_neighbours(office_, home, office_.rng.range(1, 4));
    list_home(home, identification_day(office_.rng));
  }
}

// Members who do not exist, written in for the subsidy per head.
void PovertyOffice::invent_members() {
  for (PovertyHousehold& household : registers_.poverty) {
    if (!office_.rng.chance(0.02) || world_.homes[household.home].outside > 0) continue;
    const PersonIndex person =
        add_invented(world_, office_.names, office_.id_office, household.home, office_.rng);
    add_member(household, person, household.identified);
  }
  registers_.death_reported.resize(world_.people.size());
}

// Somebody of this name has died, another one.
void note_namesakes(Office& office) {
  Registers& registers = office.registers;
  for (const auto& [living, dead] : registers.namesakes) {
    const std::string& key = registers.poverty_key_of_person[living];
    if (key.empty() || !registers.death_reported[dead]) continue;
    if (office.world.people[living].name() != office.world.people[dead].name()) continue;
    registers.contradictions.push_back({.rule = "DEAD_IN_PR",
                                        .subject = key,
                                        .other = "civil:" + civil_key(office.world, dead),
                                        .planted = true,
                                        .exception = "namesake_died"});
  }
}

// Twins look like a duplicate and are none.
void note_twins(Office& office) {
  for (const PovertyHousehold& household : office.registers.poverty) {
    for (std::size_t i = 1; i < household.members.size(); ++i) {
      const Person& one = office.world.people[household.members[i].person];
      for (std::size_t k = 0; k < i && one.twin; ++k) {
        const Person& two = office.world.people[household.members[k].person];
        if (household.members[i].person == household.members[k].person) continue;
        if (!two.twin || two.birth != one.birth || two.male != one.male) continue;
        office.registers.contradictions.push_back({.rule = "DUP_IN_SOURCE",
                                                   .subject = household.members[i].key,
                                                   .other = "poverty:" + household.members[k].key,
                                                   .exception = "twins"});
      }
    }
  }
}

}  // namespace

void decide_poverty(Office& office) {
  World& world = office.world;
  office.registers.poverty_of_home.assign(world.homes.size(), kNone);
  PovertyOffice poverty(office);
  const double factor = poverty_factor(world);
  const auto homes = static_cast<HomeIndex>(world.homes.size());
  for (HomeIndex h = 0; h < homes; ++h) {
    const Home& home = world.homes[h];
    if (home.members.empty() || home.city_life) continue;
    const double probability = std::min(0.9, factor * home.hardship * home.hardship);
    if (office.rng.chance(probability)) poverty.list_home(h, identification_day(office.rng));
  }
  poverty.list_neighbours();
  poverty.invent_members();
  poverty.duplicate_rows();
  office.registers.poverty_key_of_person.resize(world.people.size());
  note_twins(office);
  note_namesakes(office);
}

}  // namespace bidui::world
