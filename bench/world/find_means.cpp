// HAS_VEHICLE, HAS_BUSINESS, HAS_PAYROLL, HAS_URBAN_HOUSE: what somebody of a poor household has.
#include <algorithm>

#include "bench/world/findings.h"

namespace bidui::world {
namespace {

// Whose household the owner's is, and how sure that is.
struct Owner {
  const PovertyHousehold* household = nullptr;
  bool certain = false;
  bool apart = false;  // of one booklet with somebody listed, and not of one stove
};

// Those whose booklet the owner shares although he lives elsewhere: a child with a stove of his
// own.
void add_booklet_mates(const Finder& finder, PersonIndex person, std::vector<Owner>& found) {
  const Person& owner = finder.world.people[person];
  if (owner.booklet == kNone || finder.world.booklets[owner.booklet].collective) return;
  for (const PersonIndex mate : finder.world.booklets[owner.booklet].members) {
    for (const auto& [h, m] : Standing::at(finder.standing.poverty, mate)) {
      const PovertyHousehold& household = finder.registers.poverty[h];
      const bool known = std::ranges::any_of(
          found, [&](const Owner& other) { return other.household == &household; });
      if (known) continue;
      const bool belongs = finder.world.people[mate].home == household.home;
      found.push_back({&household, !household.part, belongs});
      if (!belongs) found.back().certain = false;
    }
  }
}

std::vector<Owner> households_of(const Finder& finder, PersonIndex person) {
  std::vector<Owner> found;
  const Person& owner = finder.world.people[person];
  for (const auto& [h, m] : Standing::at(finder.standing.poverty, person)) {
    const PovertyHousehold& household = finder.registers.poverty[h];
    const PovertyMember& member = household.members[m];
    // Listed where she does not belong, or dead: another rule has that, this one may follow.
    const bool belongs = !member.duplicate && !member.extra && owner.home == household.home &&
                         owner.alive(finder.registers.as_of.poverty);
    found.push_back({&household, belongs});
  }
  if (found.empty() && owner.home != kNone) {
    const std::uint32_t listed = finder.registers.poverty_of_home[owner.home];
    // Lives there and is not on the list: the means are the household's, unless it is a split.
    if (listed != kNone) {
      const PovertyHousehold& household = finder.registers.poverty[listed];
      found.push_back({&household, !household.part});
    }
  }
  add_booklet_mates(finder, person, found);
  return found;
}

constexpr int kNewOwnerGrace = 60;

std::string_view judge(const Vehicle& vehicle, const PovertyHousehold& household, Day as_of) {
  if (vehicle.state != 'A') return "not_in_force";
  if (vehicle.kind == VehicleKind::kForDisabled) return "vehicle_for_the_disabled";
  if (vehicle.kind >= VehicleKind::kMotorcycle) return "exempt_kind";
  if (vehicle.price <= 30000) return "cheap";
  if (vehicle.sold)
    return as_of - vehicle.inspected_to > 1100 ? "sold_not_transferred" : kNotScored;
  if (vehicle.borrowed) return kNotScored;
  if (vehicle.registered > as_of - kNewOwnerGrace) return "within_grace";
  if (vehicle.registered > exit_day(household)) return "bought_after_exit";
  return "";
}

std::string_view judge(const BusinessRole& role, const PovertyHousehold& household) {
  if (role.state != "存续") return "not_in_force";
  if (role.kind == BusinessKind::kCooperative && role.plain_member()) return "cooperative_member";
  if (role.kind == BusinessKind::kShop && role.staff <= 1) return "small_shop";
  if (role.nominal) return kNotScored;
  if (role.founded > exit_day(household)) return "founded_after_exit";
  return "";
}

std::string_view judge(const PayrollRow& row, const PovertyHousehold& household) {
  switch (row.post) {
    case Post::kSurvivor:
      return "survivors_benefit";
    case Post::kTemporary:
      return "temporary_staff";
    case Post::kWelfarePost:
      return "welfare_post";
    case Post::kVillageCadre:
      return "village_cadre";
    case Post::kVillageDoctor:
      return "village_doctor";
    case Post::kVolunteer:
      return "volunteer";
    default:
      // The office does not say since when.
      return row.since > exit_day(household) ? kNotScored : std::string_view();
  }
}

std::string_view judge(const Title& title, const PovertyHousehold& household, Day as_of) {
  if (title.cancelled) return "not_in_force";
  switch (title.way) {
    case TitleWay::kResettled:
      return "resettlement";
    case TitleWay::kRelocated:
      return "relocation_flat";
    case TitleWay::kRuralTitle:
      return "rural_title";
    case TitleWay::kInherited:
      return "inherited_share";
    case TitleWay::kBought:
      break;
  }
  if (title.day > as_of - kNewOwnerGrace) return "just_registered";
  return title.day > exit_day(household) ? "bought_after_exit" : "";
}

std::string when(Day had, const PovertyHousehold& household) {
  return had <= household.identified ? "had it at identification" : "got it later";
}

template <typename Holding, typename Judge>
void find(Finder& finder, std::string_view rule, Source source, PersonIndex person,
          const Holding& holding, Day had, const Judge& judge_holding) {
  for (const Owner& owner : households_of(finder, person)) {
    std::string_view exception = judge_holding(*owner.household);
    if (exception.empty() && owner.certain && owner.apart) exception = "separate_household";
    if (exception.empty() && !owner.certain) exception = kNotScored;
    finder.note(rule, Source::kPoverty, owner.household->key, true,
                std::string(source_name(source)) + ":" + holding.key, exception,
                when(had, *owner.household));
  }
}

}  // namespace

void find_means(Finder& finder) {
  const Registers& registers = finder.registers;
  for (const Vehicle& vehicle : registers.vehicles) {
    find(finder, "HAS_VEHICLE", Source::kVehicle, vehicle.owner, vehicle, vehicle.registered,
         [&](const auto& household) { return judge(vehicle, household, registers.as_of.vehicle); });
  }
  for (const BusinessRole& role : registers.businesses) {
    find(finder, "HAS_BUSINESS", Source::kBusiness, role.person, role, role.founded,
         [&](const auto& household) { return judge(role, household); });
  }
  for (const PayrollRow& row : registers.payroll) {
    find(finder, "HAS_PAYROLL", Source::kPayroll, row.person, row, row.since,
         [&](const auto& household) { return judge(row, household); });
  }
  for (const Title& title : registers.titles) {
    find(finder, "HAS_URBAN_HOUSE", Source::kRealEstate, title.person, title, title.day,
         [&](const auto& household) {
           return judge(title, household, registers.as_of.real_estate);
         });
  }
}

}  // namespace bidui::world
