// EXIT_WITH_DANGEROUS_HOUSE, HOUSE_KIND_UNPROVEN, KEY_GROUP_DANGEROUS_NOT_IN_PR,
// POOR_IN_DANGEROUS_HOUSE_NOT_PLANNED, HOUSE_SUBSIDY_REPEATED.
#include <algorithm>

#include "bench/world/findings.h"

namespace bidui::world {
namespace {

bool is_dangerous(const House& house) { return house.grade >= 'C'; }

class HouseFinder {
 public:
  explicit HouseFinder(Finder& finder)
      : finder_(finder), world_(finder.world), registers_(finder.registers) {}

  void find_exits();
  void find_kind(const House& house);
  void find_key_group(const House& house);
  void find_not_planned(const House& house);
  void find_repeated();

 private:
  bool has_safe_house(const House& house, Day day) const;
  // The owner has another one, where others live: he may live with them.
  bool owns_safe_house(const House& house, Day day) const;
  Day moved_in(HomeIndex home) const;
  bool listed(HomeIndex home) const;
  bool is_severely_disabled(PersonIndex person) const {
    const Person& p = world_.people[person];
    return p.certified && p.disability_grade <= 2;
  }
  // Allowances of people who live there.
  std::vector<const AllowanceCase*> cases_of(HomeIndex home) const;
  // Why a dangerous house is nobody's shelter; empty when it is.
  std::string_view not_lived_in(const House& house, Day day) const;

  Finder& finder_;
  const World& world_;
  Registers& registers_;
};

bool HouseFinder::has_safe_house(const House& house, Day day) const {
  return std::ranges::any_of(Standing::at(finder_.standing.houses, house.home), [&](auto place) {
    const House& other = registers_.houses[place.first];
    return other.key != house.key && !other.duplicate &&
           (!is_dangerous(other) || other.completed <= day);
  });
}

bool HouseFinder::owns_safe_house(const House& house, Day day) const {
  return std::ranges::any_of(Standing::at(finder_.standing.owned, house.owner), [&](auto place) {
    const House& other = registers_.houses[place.first];
    return other.home != house.home && (!is_dangerous(other) || other.completed <= day);
  });
}

Day HouseFinder::moved_in(HomeIndex home) const {
  Day moved = kNever;
  for (const auto& [r, unused] : Standing::at(finder_.standing.relocation, home)) {
    moved = std::min(moved, registers_.relocation[r].moved);
  }
  return moved;
}

bool HouseFinder::listed(HomeIndex home) const {
  return registers_.poverty_of_home[home] != kNone ||
         std::ranges::any_of(world_.homes[home].members, [&](PersonIndex member) {
           return finder_.standing.poverty.contains(member);
         });
}

std::vector<const AllowanceCase*> HouseFinder::cases_of(HomeIndex home) const {
  std::vector<const AllowanceCase*> cases;
  for (const PersonIndex member : world_.homes[home].members) {
    for (const auto& [c, m] : Standing::at(finder_.standing.allowance, member)) {
      cases.push_back(&registers_.allowance[c]);
    }
  }
  return cases;
}

std::string_view HouseFinder::not_lived_in(const House& house, Day day) const {
  if (moved_in(house.home) <= day) return "relocated";
  if (!house.only_house) return "not_the_only_house";
  if (has_safe_house(house, day)) return "other_safe_house";
  return "";
}

void HouseFinder::find_exits() {
  for (const PovertyHousehold& household : registers_.poverty) {
    if (household.exit_year == 0 || household.members.empty()) continue;
    const Day exit = exit_day(household);
    for (const auto& [h, unused] : Standing::at(finder_.standing.houses, household.home)) {
      const House& house = registers_.houses[h];
      if (!is_dangerous(house) || house.completed <= exit) continue;
      std::string_view exception = not_lived_in(house, exit);
      const bool dead_owner = !world_.people[house.owner].alive(world_.today);
      if (exception == "not_the_only_house" && dead_owner && has_safe_house(house, exit)) {
        exception = "house_of_dead_parents";
      }
      if (exception.empty() && house.appraised > exit) exception = "appraised_after_exit";
      if (exception.empty() && house.duplicate) exception = kNotScored;
      finder_.note("EXIT_WITH_DANGEROUS_HOUSE", Source::kPoverty, household.key, true,
                   "housing:" + house.key, exception,
                   household.exit_year <= 2015 ? "legacy exit" : "");
    }
  }
}

void HouseFinder::find_kind(const House& house) {
  if (house.plan_year == 0) return;
  const bool registered = house.poverty_kind == "建档立卡贫困户";
  const bool destitute = house.poverty_kind == "农村分散供养特困人员";
  const bool allowance = house.poverty_kind == "低保户";
  const bool disabled = house.poverty_kind == "贫困残疾人家庭";
  if (!registered && !destitute && !allowance && !disabled) return;
  const std::uint32_t index = registers_.poverty_of_home[house.home];
  const bool poor = listed(house.home);
  const auto cases = cases_of(house.home);
  const auto in_time = [&](const AllowanceCase* given) {
    return year_of(given->start) <= house.plan_year &&
           (given->stop == kNever || year_of(given->stop) >= house.plan_year - 1);
  };
  const bool aided = std::ranges::any_of(cases, in_time);
  const bool certified = std::ranges::any_of(
      world_.homes[house.home].members, [&](PersonIndex p) { return world_.people[p].certified; });
  std::string_view exception;
  if (registered) {
    if (index != kNone && year_of(registers_.poverty[index].identified) <= house.plan_year) return;
    exception = poor                     ? kNotScored  // the file may have been brought up to date
                : house.plan_year < 2014 ? "before_the_lists"
                : aided                  ? "other_kind_holds"
                                         : "";
  } else if (allowance || destitute) {
    const bool right = std::ranges::any_of(cases, [&](const AllowanceCase* given) {
      return in_time(given) && (given->kind == AllowanceKind::kDestitute) == destitute;
    });
    if (right) return;
    exception = aided ? kNotScored : poor ? "other_kind_holds" : "";
  } else {
    if (certified) return;
    exception = poor || aided ? "other_kind_holds" : "";
  }
  // He may have been what the file says, and left the lists by dying.
  const bool dead = !world_.people[house.owner].alive(registers_.as_of.housing);
  if (exception.empty() && dead) exception = kNotScored;
  finder_.note("HOUSE_KIND_UNPROVEN", Source::kHousing, house.key, false, "", exception,
               std::string(house.poverty_kind));
}

void HouseFinder::find_key_group(const House& house) {
  const Day day = registers_.as_of.housing;
  if (!is_dangerous(house) || house.completed <= day || listed(house.home)) return;
  const auto cases = cases_of(house.home);
  const bool whole = std::ranges::any_of(cases, [&](const AllowanceCase* given) {
    return given->active(registers_.as_of.allowance) && given->kind != AllowanceKind::kUrban &&
           given->way != AllowanceWay::kSingle && !given->institution;
  });
  const bool some = std::ranges::any_of(cases, [&](const AllowanceCase* given) {
    return given->active(registers_.as_of.allowance) && given->kind != AllowanceKind::kUrban;
  });
  const bool disabled = std::ranges::any_of(world_.homes[house.home].members,
                                            [&](PersonIndex p) { return is_severely_disabled(p); });
  if (!some && !disabled) return;
  std::string_view exception = not_lived_in(house, day);
  const bool dead_owner = !world_.people[house.owner].alive(day);
  if (exception.empty() && dead_owner) exception = "owner_died";
  // One aided or disabled person does not make the family poor; the data do not say.
  if (exception.empty() && !whole) exception = kNotScored;
  const bool unsure = house.duplicate || owns_safe_house(house, day);
  if (exception.empty() && unsure) exception = kNotScored;
  finder_.note("KEY_GROUP_DANGEROUS_NOT_IN_PR", Source::kHousing, house.key, false, "", exception);
}

void HouseFinder::find_not_planned(const House& house) {
  const Day day = registers_.as_of.housing;
  if (!is_dangerous(house) || house.plan_year > 0) return;
  const bool poor = registers_.poverty_of_home[house.home] != kNone;
  // One of them is listed with others, where she does not belong.
  if (!poor && listed(house.home)) {
    finder_.note("POOR_IN_DANGEROUS_HOUSE_NOT_PLANNED", Source::kHousing, house.key, false, "",
                 kNotScored);
    return;
  }
  const bool aided = std::ranges::any_of(cases_of(house.home), [&](const AllowanceCase* given) {
    return given->active(registers_.as_of.allowance) && given->kind != AllowanceKind::kUrban;
  });
  if (!poor && !aided) return;
  std::string_view exception = not_lived_in(house, day);
  if (exception.empty() && day - house.appraised <= 180) exception = "within_grace";
  // Planned for relocation, it is not to be planned for repair, too.
  if (exception.empty() && !Standing::at(finder_.standing.relocation, house.home).empty())
    exception = "relocation_planned";
  const bool whole = std::ranges::any_of(cases_of(house.home), [&](const AllowanceCase* given) {
    return given->active(registers_.as_of.allowance) && given->way != AllowanceWay::kSingle &&
           given->kind != AllowanceKind::kUrban && !given->institution;
  });
  const bool split = poor && registers_.poverty[registers_.poverty_of_home[house.home]].part;
  const bool unsure = split || house.duplicate || owns_safe_house(house, day) || (!poor && !whole);
  if (exception.empty() && unsure) exception = kNotScored;
  finder_.note("POOR_IN_DANGEROUS_HOUSE_NOT_PLANNED", Source::kHousing, house.key, false, "",
               exception);
}

void HouseFinder::find_repeated() {
  for (const auto& [home, places] : finder_.standing.houses) {
    for (std::size_t i = 1; i < places.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        const House& one = registers_.houses[places[k].first];
        const House& two = registers_.houses[places[i].first];
        if (one.completed == kNever || two.completed == kNever) continue;
        const bool copies = one.duplicate || two.duplicate;
        const bool long_ago = std::abs(one.plan_year - two.plan_year) >= 10;
        finder_.note("HOUSE_SUBSIDY_REPEATED", Source::kHousing, two.key, false,
                     "housing:" + one.key,
                     copies     ? kNotScored
                     : long_ago ? std::string_view("earlier_programme")
                                : std::string_view());
      }
    }
  }
}

}  // namespace

void find_houses(Finder& finder) {
  HouseFinder houses(finder);
  houses.find_exits();
  for (const House& house : finder.registers.houses) {
    if (finder.world.homes[house.home].outside > 0) continue;
    houses.find_kind(house);
    houses.find_key_group(house);
    houses.find_not_planned(house);
  }
  houses.find_repeated();
}

}  // namespace bidui::world
