#include <algorithm>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

constexpr int kGraceDays = 90;

class AllowanceOffice {
 public:
  explicit AllowanceOffice(Office& office)
      : office_(office), world_(office.world), registers_(office.registers) {}

  AllowanceCase& add_case(HomeIndex home, AllowanceKind kind, AllowanceWay way) {
    AllowanceCase fresh{.home = home, .kind = kind, .way = way};
    fresh.key =
        fmt::format("{}{}{:06}", kind == AllowanceKind::kDestitute ? "TG" : "DB",
                    world_.divisions.home.current_code, 200000 + registers_.allowance.size());
    fresh.category = static_cast<char>('A' + office_.rng.range(0, 2));
    fresh.start = day_of(office_.rng.range(2009, 2016), office_.rng.range(1, 12), 1);
    choose_members(fresh);
    office_.allowance_of_home.resize(world_.homes.size(), kNone);
    office_.allowance_of_home[home] = static_cast<std::uint32_t>(registers_.allowance.size());
    registers_.allowance.push_back(std::move(fresh));
    return registers_.allowance.back();
  }

  void give_to_poor();
  void give_to_others();
  void list_neighbours();
  void duplicate_rows();

 private:
  void choose_members(AllowanceCase& fresh) {
    const Home& home = world_.homes[fresh.home];
    std::vector<PersonIndex> candidates;
    for (const PersonIndex member : home.members) {
      const Person& person = world_.people[member];
      const bool outside = person.registration == Registration::kInvented ||
                           person.registration == Registration::kNewborn ||
                           person.away == Away::kConscript || person.away == Away::kPrison;
      if (!outside) candidates.push_back(member);
    }
    if (candidates.empty()) candidates = home.members;
    const auto head = std::ranges::find(candidates, home.head);
    if (head != candidates.end()) std::iter_swap(candidates.begin(), head);
    std::size_t count = candidates.size();
    if (fresh.way == AllowanceWay::kPart) {
      count =
          static_cast<std::size_t>(office_.rng.range(1, static_cast<int>(candidates.size()) - 1));
    }
    if (fresh.way == AllowanceWay::kSingle) {
      // The ill or disabled one, not the head.
      const auto weakest = std::ranges::max_element(
          candidates, {}, [&](PersonIndex i) { return world_.people[i].health; });
      std::iter_swap(candidates.begin(), weakest);
      count = 1;
    }
    candidates.resize(std::max<std::size_t>(count, 1));
    fresh.members = std::move(candidates);
  }

  AllowanceWay draw_way(const Home& home) {
    const double draw = office_.rng.unit();
    if (home.members.size() < 2 || draw < 0.64) return AllowanceWay::kWhole;
    return draw < 0.93 ? AllowanceWay::kPart : AllowanceWay::kSingle;
  }

  // The rolls print months only, so changes fall on the first of a month: one of the last three,
  // well within the grace, or one that is well outside.
  Day recent_month() { return day_of(2017, office_.rng.range(10, 12), 1); }
  static Day long_ago(Day day) {
    const Date d = date_of(std::min(day, day_of(2017, 6, 1)));
    return day_of(d.year, d.month, 1);
  }

  bool is_destitute(const Home& home) const {
    if (home.members.size() != 1) return false;
    const Person& person = world_.people[home.members.front()];
    return age_on(person.birth, world_.today) >= 60 && person.spouse == kNone;
  }

  void note_db_not_in_pr(const AllowanceCase& given, std::string_view exception, bool planted) {
    registers_.contradictions.push_back({.rule = "DB_NOT_IN_PR",
                                         .source = Source::kAllowance,
                                         .subject = given.key,
                                         .household = true,
                                         .planted = planted,
                                         .exception = exception});
  }
  void set_attribute(PovertyHousehold& household);
  void note_attribute(const PovertyHousehold& household, const AllowanceCase* given,
                      std::string_view exception, std::string note);

  Office& office_;
  World& world_;
  Registers& registers_;
};

void AllowanceOffice::note_attribute(const PovertyHousehold& household, const AllowanceCase* given,
                                     std::string_view exception, std::string note) {
  registers_.contradictions.push_back({.rule = "PR_ATTRIBUTE_VS_DB",
                                       .subject = household.key,
                                       .household = true,
                                       .other = given == nullptr ? "" : "allowance:" + given->key,
                                       .planted = exception.empty(),
                                       .exception = exception,
                                       .note = std::move(note)});
}

// The poverty office copies what civil affairs says, late and not without mistakes.
void AllowanceOffice::set_attribute(PovertyHousehold& household) {
  Rng& rng = office_.rng;
  const std::uint32_t index = office_.allowance_of_home[household.home];
  AllowanceCase* given = index == kNone ? nullptr : &registers_.allowance[index];
  const Day day = registers_.as_of.poverty;
  const bool active = given != nullptr && given->active(day);
  if (!active) {
    const bool just_stopped = given != nullptr && day - given->stop <= kGraceDays;
    if (just_stopped) {
      household.attribute = "低保贫困户";
      note_attribute(household, given, "within_grace", "stopped " + iso_date(given->stop));
    } else if (rng.chance(given == nullptr ? 0.03 : 0.3)) {
      household.attribute = "低保贫困户";
      note_attribute(household, given, "", given == nullptr ? "never on allowance" : "stopped");
    }
    return;
  }
  if (given->kind == AllowanceKind::kDestitute) {
    household.attribute = rng.chance(0.93) ? "五保贫困户" : "一般贫困户";
    if (household.attribute == "一般贫困户") note_attribute(household, given, "", "destitute");
    return;
  }
  if (day - given->start <= kGraceDays) {
    note_attribute(household, given, "within_grace", "started " + iso_date(given->start));
    return;
  }
  if (given->way != AllowanceWay::kWhole) {
    if (rng.chance(0.6)) household.attribute = "低保(部分)贫困户";
    if (household.attribute == "一般贫困户") {
      note_attribute(household, given, "part_household_allowance", "");
    }
    return;
  }
  household.attribute = "低保贫困户";
  if (rng.chance(0.09)) {
    household.attribute = "一般贫困户";
    note_attribute(household, given, "", "whole household on allowance");
  }
}

void AllowanceOffice::give_to_poor() {
  Rng& rng = office_.rng;
  for (PovertyHousehold& household : registers_.poverty) {
    const Home& home = world_.homes[household.home];
    if (home.outside > 0 || home.members.empty()) continue;
    if (is_destitute(home) && rng.chance(0.6)) {
      AllowanceCase& given =
          add_case(household.home, AllowanceKind::kDestitute, AllowanceWay::kWhole);
      given.institution = rng.chance(0.3);
    } else if (rng.chance(0.36)) {
      AllowanceCase& given = add_case(household.home, AllowanceKind::kRural, draw_way(home));
      if (rng.chance(0.13)) given.stop = long_ago(given.start + rng.range(200, 1200));
      if (rng.chance(0.03)) given.stop = recent_month();
      if (given.stop == kNever && rng.chance(0.03)) given.start = recent_month();
    }
    set_attribute(household);
  }
}

void AllowanceOffice::give_to_others() {
  Rng& rng = office_.rng;
  for (HomeIndex h = 0; h < world_.homes.size(); ++h) {
    const Home& home = world_.homes[h];
    if (home.members.empty() || home.outside > 0 || registers_.poverty_of_home[h] != kNone)
      continue;
    const double draw = rng.unit();
    if (is_destitute(home) && rng.chance(0.1)) {
      AllowanceCase& given = add_case(h, AllowanceKind::kDestitute, AllowanceWay::kWhole);
      given.institution = rng.chance(0.75);
      note_db_not_in_pr(given, given.institution ? "destitute_in_institution" : kNotScored, false);
    } else if (draw < 0.0045) {
      AllowanceCase& given = add_case(
          h, AllowanceKind::kRural,
          home.members.size() > 2 && rng.chance(0.2) ? AllowanceWay::kPart : AllowanceWay::kWhole);
      note_db_not_in_pr(given, "", true);
    } else if (draw < 0.007 && home.members.size() > 1) {
      note_db_not_in_pr(add_case(h, AllowanceKind::kRural, AllowanceWay::kSingle),
                        "single_person_allowance", true);
    } else if (draw < 0.008) {
      AllowanceCase& given = add_case(h, AllowanceKind::kRural, AllowanceWay::kWhole);
      given.start = recent_month();
      note_db_not_in_pr(given, "within_grace", true);
    } else if (draw < 0.009) {
      note_db_not_in_pr(add_case(h, AllowanceKind::kUrban, AllowanceWay::kWhole), "urban_allowance",
                        true);
    } else if (draw < 0.011) {
      AllowanceCase& given = add_case(h, AllowanceKind::kRural, AllowanceWay::kWhole);
      given.stop = long_ago(given.start + rng.range(200, 1800));
    }
  }
}

void AllowanceOffice::list_neighbours() {
  const std::size_t families = std::max<std::size_t>(1, registers_.allowance.size() / 250);
  for (std::size_t i = 0; i < families; ++i) {
    const HomeIndex home = add_neighbour_home(office_);
    add_neighbours(office_, home, 1);
    note_db_not_in_pr(add_case(home, AllowanceKind::kRural, AllowanceWay::kWhole),
                      "registered_in_another_county", true);
  }
}

void AllowanceOffice::duplicate_rows() {
  const double rate = office_.rates.of(Source::kAllowance, ErrorClass::kRowDuplicated);
  for (AllowanceCase& given : registers_.allowance) {
    if (!office_.rng.chance(rate * static_cast<double>(given.members.size()))) continue;
    given.duplicate = true;
    const std::size_t original = office_.rng.index(given.members.size());
    given.members.push_back(given.members[original]);
    registers_.contradictions.push_back(
        {.rule = "DUP_IN_SOURCE",
         .source = Source::kAllowance,
         .subject = fmt::format("{}-{:02}", given.key, given.members.size()),
         .other = fmt::format("allowance:{}-{:02}", given.key, original + 1),
         .planted = true,
         .note = "same household"});
  }
}

}  // namespace

void decide_allowance(Office& office) {
  office.allowance_of_home.assign(office.world.homes.size(), kNone);
  AllowanceOffice allowance(office);
  allowance.give_to_poor();
  allowance.give_to_others();
  allowance.list_neighbours();
  allowance.duplicate_rows();
}

}  // namespace bidui::world
