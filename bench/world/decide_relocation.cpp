#include <algorithm>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

class MigrationOffice {
 public:
  explicit MigrationOffice(Office& office)
      : office_(office), world_(office.world), registers_(office.registers) {}

  void move_poor();
  void move_others();

 private:
  RelocationCase& add_case(HomeIndex home, bool registered_poor, Day approved) {
    RelocationCase moving{.home = home, .registered_poor = registered_poor, .approved = approved};
    moving.key = fmt::format("YM{}{:05}", world_.divisions.home.current_code,
                             300 + registers_.relocation.size());
    if (office_.rng.chance(0.75)) moving.moved = approved + office_.rng.range(150, 700);
    if (moving.moved > registers_.as_of.relocation) moving.moved = kNever;
    return registers_.relocation.emplace_back(std::move(moving));
  }

  void list_members(RelocationCase& moving, const std::vector<PersonIndex>& members) {
    for (const PersonIndex member : members) {
      if (world_.people[member].birth > moving.approved + 300) continue;
      add_member(moving, member);
    }
    const double rate = office_.rates.of(Source::kRelocation, ErrorClass::kRowDuplicated);
    const std::size_t count = moving.members.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (!office_.rng.chance(rate)) continue;
      add_member(moving, moving.members[i]);
      registers_.contradictions.push_back({.rule = "DUP_IN_SOURCE",
                                           .source = Source::kRelocation,
                                           .subject = moving.member_keys.back(),
                                           .other = "relocation:" + moving.member_keys[i],
                                           .planted = true,
                                           .note = "same household"});
    }
  }

  void add_member(RelocationCase& moving, PersonIndex person) {
    moving.members.push_back(person);
    moving.member_keys.push_back(fmt::format("RY{}{:07}", world_.divisions.home.current_code,
                                             20000 + office_.next_relocated++));
  }

  // What would have been a reason to enter the register without the relocation.
  bool has_other_grounds(const PovertyHousehold& household) const {
    if (office_.allowance_of_home[household.home] != kNone) return true;
    return std::ranges::any_of(household.members, [&](const PovertyMember& member) {
      return world_.people[member.person].health >= 2;
    });
  }

  void note(const PovertyHousehold& household, const RelocationCase& moving,
            std::string_view exception) {
    registers_.contradictions.push_back({.rule = "RELOCATED_ENTERED_PR_BY_RELOCATION",
                                         .subject = household.key,
                                         .household = true,
                                         .other = "relocation:" + moving.key,
                                         .planted = true,
                                         .exception = exception});
  }

  void enter_after(PovertyHousehold& household, RelocationCase& moving);

  Office& office_;
  World& world_;
  Registers& registers_;
};

// The household entered the poverty registry because it was to be moved.
void MigrationOffice::enter_after(PovertyHousehold& household, RelocationCase& moving) {
  const Day entered = moving.approved + office_.rng.range(20, 340);
  household.identified = entered;
  // Some were in the register before, and were only numbered anew after a split.
  const bool renumbered = office_.rng.chance(0.18);
  const Day before = moving.approved - office_.rng.range(200, 700);
  for (PovertyMember& member : household.members) {
    member.identified = renumbered ? std::min(member.identified, before) : entered;
  }
  if (household.exit_year > 0) {
    household.exit_year = std::min(2017, std::max(household.exit_year, year_of(entered) + 1));
  }
  if (renumbered) {
    note(household, moving, "pr_renumbered");
  } else if (!moving.registered_poor) {
    note(household, moving, "simultaneous_relocation");
  } else if (has_other_grounds(household)) {
    note(household, moving, "independent_grounds");
  } else {
    office_.entered_by_relocation.insert(household.home);
    note(household, moving, "");
  }
}

void MigrationOffice::move_poor() {
  Rng& rng = office_.rng;
  for (PovertyHousehold& household : registers_.poverty) {
    const double probability = has_other_grounds(household) ? 0.05 : 0.2;
    if (world_.homes[household.home].outside > 0 || !rng.chance(probability)) continue;
    // An allowance that ended is neither a ground nor the lack of one: left out of the test.
    const std::uint32_t given = office_.allowance_of_home[household.home];
    const bool clear =
        given == kNone || registers_.allowance[given].active(registers_.as_of.poverty);
    const bool enters_after = rng.chance(0.5) && clear;
    const Day approved = enters_after
                             ? day_of(rng.range(2014, 2016), rng.range(1, 12), rng.range(1, 28))
                             : household.identified + rng.range(60, 700);
    if (approved > registers_.as_of.relocation - 30) continue;
    RelocationCase& moving = add_case(household.home, !rng.chance(0.1), approved);
    std::vector<PersonIndex> members;
    for (const PovertyMember& member : household.members) {
      const bool real = world_.people[member.person].registration != Registration::kInvented;
      if (!member.duplicate && real) members.push_back(member.person);
    }
    list_members(moving, members);
    if (enters_after) enter_after(household, moving);
  }
}

// 同步搬迁: non-poor neighbours who move along.
void MigrationOffice::move_others() {
  for (HomeIndex h = 0; h < world_.homes.size(); ++h) {
    const Home& home = world_.homes[h];
    const bool poor = registers_.poverty_of_home[h] != kNone;
    if (home.members.empty() || home.outside > 0 || poor || !office_.rng.chance(0.0025)) continue;
    RelocationCase& moving =
        add_case(h, false, day_of(office_.rng.range(2014, 2017), office_.rng.range(1, 9), 11));
    list_members(moving, home.members);
  }
}

}  // namespace

void decide_relocation(Office& office) {
  MigrationOffice migration(office);
  migration.move_poor();
  migration.move_others();
  // A case whose people were all born later has nobody to list.
  std::erase_if(office.registers.relocation,
                [](const auto& moving) { return moving.members.empty(); });
}

}  // namespace bidui::world
