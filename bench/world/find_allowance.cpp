// DB_NOT_IN_PR, PR_ATTRIBUTE_VS_DB, PR_NOT_IN_DB, TK_AND_DB, DB_URBAN_RURAL_DOUBLE.
#include <algorithm>

#include "bench/world/findings.h"

namespace bidui::world {
namespace {

constexpr int kGraceDays = 90;

bool has_living_member(const Finder& finder, const AllowanceCase& given) {
  return std::ranges::any_of(given.members, [&](PersonIndex member) {
    return member != kNone && finder.world.people[member].alive(finder.registers.as_of.allowance);
  });
}

std::string_view missing_excuse(const Finder& finder, const AllowanceCase& given) {
  if (finder.world.homes[given.home].outside > 0) return "registered_in_another_county";
  if (given.kind == AllowanceKind::kUrban) return "urban_allowance";
  if (given.kind == AllowanceKind::kDestitute) {
    return given.institution ? "destitute_in_institution" : kNotScored;
  }
  if (given.way == AllowanceWay::kSingle) return "single_person_allowance";
  if (finder.registers.as_of.allowance - given.start <= kGraceDays) return "within_grace";
  return "";
}

void find_not_listed(Finder& finder) {
  for (const AllowanceCase& given : finder.registers.allowance) {
    if (!given.active(finder.registers.as_of.allowance)) continue;
    const bool listed_elsewhere = std::ranges::any_of(given.members, [&](PersonIndex member) {
      return member != kNone && finder.standing.poverty.contains(member);
    });
    if (finder.registers.poverty_of_home[given.home] != kNone) {
      if (listed_elsewhere) continue;
      // The family is listed without the one who has the allowance: MEMBER_MISSING_IN_PR.
      finder.note("DB_NOT_IN_PR", Source::kAllowance, given.key, true, "", kNotScored);
      continue;
    }
    std::string_view exception = missing_excuse(finder, given);
    if (listed_elsewhere || !has_living_member(finder, given)) exception = kNotScored;
    finder.note("DB_NOT_IN_PR", Source::kAllowance, given.key, true, "", exception);
  }
}

// What the attribute should say, and why it may say otherwise. `given` is null for none.
struct Verdict {
  bool differs = false;
  std::string_view exception{};
  std::string note{};
};

Verdict judge_attribute(const PovertyHousehold& household, const AllowanceCase* given, Day day) {
  const bool plain = household.attribute == "一般贫困户";
  if (given == nullptr || !given->active(day)) {
    if (plain) return {};
    const bool just_stopped =
        given != nullptr && given->stop <= day && day - given->stop <= kGraceDays;
    return {true, just_stopped ? "within_grace" : "",
            given == nullptr ? "never on allowance" : "stopped"};
  }
  const bool just_started = day - given->start <= kGraceDays;
  if (given->kind == AllowanceKind::kDestitute) {
    if (!plain) return {};
    return {true, just_started ? "within_grace" : "", "destitute"};
  }
  if (!plain) return {};
  if (just_started) return {true, "within_grace", "started " + iso_date(given->start)};
  if (given->way != AllowanceWay::kWhole) return {true, "part_household_allowance", ""};
  return {true, "", "whole household on allowance"};
}

// The active case of the home, else the last one.
const AllowanceCase* case_of(const Finder& finder, HomeIndex home, bool& several) {
  const AllowanceCase* best = nullptr;
  const std::uint32_t first = finder.office.allowance_of_home[home];
  if (first == kNone) return nullptr;
  best = &finder.registers.allowance[first];
  for (const PersonIndex member : best->members) {
    if (member == kNone) continue;
    for (const auto& [c, m] : Standing::at(finder.standing.allowance, member)) {
      several = several || c != first;
    }
  }
  return best;
}

bool can_work(const Person& person, Day day) {
  const int age = age_on(person.birth, day);
  return age >= 16 && age < 60 && person.health != 3;
}

void find_attributes(Finder& finder) {
  const Day day = finder.registers.as_of.poverty;
  for (const PovertyHousehold& household : finder.registers.poverty) {
    if (finder.world.homes[household.home].outside > 0 || household.members.empty()) continue;
    bool several = false;
    const AllowanceCase* given = case_of(finder, household.home, several);
    Verdict verdict = judge_attribute(household, given, day);
    // A split, or two allowances in one home: other rules' cases.
    const bool apart =
        given != nullptr &&
        std::ranges::none_of(household.members, [&](const PovertyMember& member) {
          return std::ranges::find(given->members, member.person) != given->members.end();
        });
    const bool mixed = (household.part && given != nullptr) || several || apart;
    if (mixed && !verdict.differs) verdict = {true, kNotScored, ""};
    if (verdict.differs) {
      finder.note("PR_ATTRIBUTE_VS_DB", Source::kPoverty, household.key, true,
                  given == nullptr ? "" : "allowance:" + given->key,
                  mixed ? kNotScored : verdict.exception, verdict.note);
    }
    const bool worker = std::ranges::any_of(household.members, [&](const PovertyMember& member) {
      return can_work(finder.world.people[member.person], day);
    });
    const bool aided = given != nullptr && given->active(day);
    if (worker && (aided || household.attribute == "一般贫困户")) continue;
    if (worker) {
      if (household.exit_year == 0) {
        finder.note("PR_NOT_IN_DB", Source::kPoverty, household.key, true, "", kNotScored,
                    "PR_ATTRIBUTE_VS_DB has it");
      }
      continue;
    }
    const bool just_stopped =
        given != nullptr && given->stop <= day && day - given->stop <= kGraceDays;
    const bool just_entered = finder.registers.as_of.allowance - household.identified < kGraceDays;
    const std::string_view exception = aided                     ? std::string_view("on_allowance")
                                       : household.exit_year > 0 ? "exited"
                                       : just_stopped || mixed   ? kNotScored
                                       : just_entered            ? "entered_lately"
                                                                 : "";
    finder.note("PR_NOT_IN_DB", Source::kPoverty, household.key, true, "", exception,
                "nobody able to work");
  }
}

void find_two_allowances(Finder& finder) {
  const Day day = finder.registers.as_of.allowance;
  for (const auto& [person, places] : finder.standing.allowance) {
    for (std::size_t i = 1; i < places.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        const AllowanceCase& one = finder.registers.allowance[places[k].first];
        const AllowanceCase& two = finder.registers.allowance[places[i].first];
        if (one.kind == two.kind) continue;
        const bool destitute =
            one.kind == AllowanceKind::kDestitute || two.kind == AllowanceKind::kDestitute;
        const bool both = one.active(day) && two.active(day);
        const bool overlap = one.start < two.stop && two.start < one.stop;
        finder.note(destitute ? "TK_AND_DB" : "DB_URBAN_RURAL_DOUBLE", Source::kAllowance,
                    allowance_key(two, places[i].second), false,
                    "allowance:" + allowance_key(one, places[k].second),
                    both      ? std::string_view()
                    : overlap ? kNotScored
                              : "changed_over");
      }
    }
  }
}

}  // namespace

void find_allowance(Finder& finder) {
  find_not_listed(finder);
  find_attributes(finder);
  find_two_allowances(finder);
}

}  // namespace bidui::world
