#include <algorithm>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

bool is_dangerous(const House& house) { return house.grade >= 'C'; }

class HousingOffice {
 public:
  explicit HousingOffice(Office& office)
      : office_(office), world_(office.world), registers_(office.registers) {
    relocated_.resize(world_.homes.size(), kNever);
    for (const RelocationCase& moving : registers_.relocation) {
      relocated_[moving.home] = moving.moved;
    }
  }

  void survey();

 private:
  House draw_house(HomeIndex home, bool poor);
  void repair(House& house, bool poor);
  PersonIndex draw_owner(HomeIndex home);
  std::string_view poverty_kind(HomeIndex home);
  void add(House house, bool duplicate_allowed = true);
  void judge_exit(House& house, PovertyHousehold& household);
  void note_exit(const House& house, const PovertyHousehold& household, std::string_view exception,
                 std::string note);
  void add_other_house(const House& house, char grade, PersonIndex owner);

  Office& office_;
  World& world_;
  Registers& registers_;
  std::vector<Day> relocated_;  // by home: when they moved into the new flat
};

House HousingOffice::draw_house(HomeIndex home, bool poor) {
  Rng& rng = office_.rng;
  House house{.home = home, .built = rng.range(1958, 2015), .area = rng.range(40, 200)};
  const double draw = rng.unit();
  if (poor) {
    house.grade = draw < 0.2 ? 'A' : draw < 0.58 ? 'B' : draw < 0.85 ? 'C' : 'D';
  } else {
    house.grade = draw < 0.25 ? 'A' : draw < 0.5 ? 'B' : draw < 0.85 ? 'C' : 'D';
  }
  if (office_.entered_by_relocation.contains(home) && is_dangerous(house)) house.grade = 'B';
  if (is_dangerous(house)) {
    house.appraised = day_of(rng.range(2010, 2016), 1, 5) + rng.range(0, 350);
    house.built = rng.range(1955, 1990);
  } else if (rng.chance(0.3)) {
    house.appraised = day_of(rng.range(2012, 2017), 1, 5) + rng.range(0, 280);
  }
  house.owner = draw_owner(home);
  house.poverty_kind = poverty_kind(home);
  return house;
}

// The head, or the father, who may be dead.
PersonIndex HousingOffice::draw_owner(HomeIndex home) {
  const PersonIndex head = world_.homes[home].head;
  const PersonIndex father = world_.people[head].father;
  if (father != kNone && world_.people[father].home == home && office_.rng.chance(0.35)) {
    return father;
  }
  return head;
}

std::string_view HousingOffice::poverty_kind(HomeIndex home) {
  if (registers_.poverty_of_home[home] != kNone && office_.rng.chance(0.85))
    return "建档立卡贫困户";
  const std::uint32_t given = office_.allowance_of_home[home];
  if (given != kNone) {
    return registers_.allowance[given].kind == AllowanceKind::kDestitute ? "农村分散供养特困人员"
                                                                         : "低保户";
  }
  const double draw = office_.rng.unit();
  return draw < 0.1 ? "贫困残疾人家庭" : draw < 0.6 ? "其他贫困户" : "一般户";
}

void HousingOffice::repair(House& house, bool poor) {
  if (!is_dangerous(house) || !office_.rng.chance(poor ? 0.8 : 0.6)) return;
  house.plan_year = std::min(2017, year_of(house.appraised) + office_.rng.range(0, 2));
  const Day done = day_of(house.plan_year, 5, 1) + office_.rng.range(0, 230);
  if (done <= registers_.as_of.housing && office_.rng.chance(0.93)) house.completed = done;
}

void HousingOffice::add(House house, bool duplicate_allowed) {
  house.key =
      fmt::format("NF{}{:07}", world_.divisions.home.current_code, 1000 + registers_.houses.size());
  registers_.houses.push_back(house);
  const double rate = office_.rates.of(Source::kHousing, ErrorClass::kRowDuplicated);
  if (!duplicate_allowed || !office_.rng.chance(rate)) return;
  const std::string original = house.key;
  house.key =
      fmt::format("NF{}{:07}", world_.divisions.home.current_code, 1000 + registers_.houses.size());
  house.duplicate = true;
  registers_.contradictions.push_back({.rule = "DUP_IN_SOURCE",
                                       .source = Source::kHousing,
                                       .subject = house.key,
                                       .other = "housing:" + original,
                                       .planted = true,
                                       .note = "one house, two files"});
  registers_.houses.push_back(std::move(house));
}

void HousingOffice::note_exit(const House& house, const PovertyHousehold& household,
                              std::string_view exception, std::string note) {
  registers_.contradictions.push_back({.rule = "EXIT_WITH_DANGEROUS_HOUSE",
                                       .subject = household.key,
                                       .household = true,
                                       .other = "housing:" + house.key,
                                       .planted = true,
                                       .exception = exception,
                                       .note = std::move(note)});
}

// A second house of the same family or of its dead father; two houses of one owner are no
// duplicate.
void HousingOffice::add_other_house(const House& house, char grade, PersonIndex owner) {
  House other = draw_house(house.home, true);
  other.grade = grade;
  other.owner = owner;
  other.only_house = false;
  other.plan_year = 0;
  other.completed = kNever;
  if (!is_dangerous(other)) other.appraised = kNever;
  const std::string first = registers_.houses.back().key;
  const bool same_owner = registers_.houses.back().owner == owner;
  add(std::move(other), false);
  if (!same_owner) return;
  registers_.contradictions.push_back({.rule = "DUP_IN_SOURCE",
                                       .source = Source::kHousing,
                                       .subject = registers_.houses.back().key,
                                       .other = "housing:" + first,
                                       .planted = true,
                                       .exception = "two_houses"});
}

// Decides why an exited household's house is, or is not, a contradiction, and records it.
void HousingOffice::judge_exit(House& house, PovertyHousehold& household) {
  Rng& rng = office_.rng;
  const Day exit = day_of(household.exit_year, 12, 31);
  if (!is_dangerous(house)) {
    const PersonIndex father = world_.people[house.owner].father;
    const bool dead_parents = father != kNone && !world_.people[father].alive(world_.today);
    add(house);
    if (dead_parents && rng.chance(0.06)) {
      add_other_house(house, 'D', father);
      note_exit(registers_.houses.back(), household, "house_of_dead_parents", "");
    }
    return;
  }
  if (house.completed != kNever && house.completed <= exit) {
    add(house);
    return;
  }
  // Most households were not let out like this: the repair came in time after all.
  if (relocated_[house.home] == kNever && rng.chance(0.4)) {
    house.plan_year = household.exit_year;
    house.completed = std::min(exit - rng.range(5, 60), registers_.as_of.housing - 3);
    house.appraised = std::min(house.appraised, house.completed - 90);
    add(house);
    return;
  }
  const bool relocated = relocated_[house.home] != kNever && relocated_[house.home] <= exit;
  const double draw = rng.unit();
  if (!relocated && draw < 0.12) house.only_house = false;
  if (!relocated && draw >= 0.12 && draw < 0.2) {
    house.appraised = std::min(exit + rng.range(20, 300), registers_.as_of.housing - 3);
  }
  const bool later = house.appraised > exit;
  add(house, false);
  const House& filed = registers_.houses.back();
  if (relocated) {
    note_exit(filed, household, "relocated", "");
  } else if (!house.only_house) {
    note_exit(filed, household, "not_the_only_house", "");
  } else if (later) {
    note_exit(filed, household, "appraised_after_exit", "");
  } else if (draw >= 0.2 && draw < 0.32) {
    add_other_house(house, 'A',
                    world_.people[house.owner].spouse != kNone && rng.chance(0.4)
                        ? world_.people[house.owner].spouse
                        : house.owner);
    note_exit(registers_.houses[registers_.houses.size() - 2], household, "other_safe_house", "");
  } else {
    std::string note = house.completed != kNever ? "completed after the exit" : "not completed";
    if (household.exit_year <= 2015) note += "; legacy exit";
    note_exit(filed, household, "", std::move(note));
  }
}

void HousingOffice::survey() {
  for (HomeIndex h = 0; h < world_.homes.size(); ++h) {
    const Home& home = world_.homes[h];
    const std::uint32_t poor = registers_.poverty_of_home[h];
    if (home.members.empty() || home.outside > 0) continue;
    if (!office_.rng.chance(poor != kNone ? 0.8 : 0.12)) continue;
    House house = draw_house(h, poor != kNone);
    repair(house, poor != kNone);
    PovertyHousehold* household = poor == kNone ? nullptr : &registers_.poverty[poor];
    if (household != nullptr) {
      household->dangerous_house = is_dangerous(house) && house.completed == kNever;
    }
    if (household != nullptr && household->exit_year > 0) {
      judge_exit(house, *household);
    } else {
      const PersonIndex owner = house.owner;
      add(house);
      if (office_.rng.chance(0.02)) add_other_house(house, 'B', owner);
    }
  }
}

}  // namespace

void decide_houses(Office& office) { HousingOffice(office).survey(); }

}  // namespace bidui::world
