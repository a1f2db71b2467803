// Contradictions that nobody planted: they follow from where people really are.
#include <algorithm>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

// Why a person without a row in the civil registry has none; empty when nothing excuses it.
std::string_view absence_excuse(const Person& person) {
  switch (person.registration) {
    case Registration::kAnotherCounty:
      return "registered_in_another_county";
    case Registration::kNeverRegistered:
      return "unregistered_person";
    case Registration::kNewborn:
      return "newborn";
    default:
      return "";
  }
}

void note_absence(Office& office, Source source, const std::string& key, PersonIndex index) {
  const Person& person = office.world.people[index];
  if (person.booklet != kNone) return;
  const bool invented = person.registration == Registration::kInvented;
  office.registers.contradictions.push_back({.rule = "NOT_IN_CIVIL",
                                             .source = source,
                                             .subject = key,
                                             .planted = invented,
                                             .exception = absence_excuse(person),
                                             .note = invented ? "no such person" : ""});
}

// Why a poor household's list need not name a person of its booklets or stove; nothing when it
// must.
std::string_view missing_excuse(const Office& office, const Person& person, HomeIndex home) {
  const Registers& registers = office.registers;
  if (!person.alive(registers.as_of.poverty)) return "dead_not_cancelled";
  if (person.away == Away::kMarriedOut) return "married_out";
  if (person.away == Away::kConscript) return "conscript";
  if (person.away == Away::kPrison) return "prisoner";
  if (person.away == Away::kStudent) return "student";
  if (office.world.booklets[person.booklet].collective) return "collective_booklet";
  if (person.home != home) {
    const bool married_daughter = !person.male && person.married_in;
    return married_daughter ? "married_out" : "separate_household";
  }
  if (registers.as_of.poverty - person.birth < 180) return "newborn";
  return "";
}

void judge_missing(Office& office, const PovertyHousehold& household, PersonIndex index,
                   bool same_booklet) {
  const World& world = office.world;
  const Person& person = world.people[index];
  const Registers& registers = office.registers;
  if (!registers.poverty_key_of_person[index].empty()) {
    const bool here = std::ranges::any_of(
        household.members, [&](const PovertyMember& member) { return member.person == index; });
    if (here || person.home == household.home) return;
  }
  // A row that the police cancelled is no active member; recent and hidden deaths are still active.
  const bool cancelled = person.death <= registers.as_of.civil - 60 && !person.death_not_cancelled;
  if (cancelled) return;
  std::string_view excuse = missing_excuse(office, person, household.home);
  if (!registers.poverty_key_of_person[index].empty()) excuse = "in_another_poor_household";
  if (person.away == Away::kMovedOut) excuse = "moved_out";
  // Listed without the others of the stove: a split, which is the case of another rule.
  if (household.part) excuse = kNotScored;
  office.registers.contradictions.push_back({.rule = "MEMBER_MISSING_IN_PR",
                                             .subject = household.key,
                                             .household = true,
                                             .other = "civil:" + civil_key(world, index),
                                             .planted = excuse.empty(),
                                             .exception = excuse,
                                             .note = excuse == "prisoner"
                                                         ? "only a visit can settle"
                                                     : same_booklet ? ""
                                                                    : "in another booklet"});
}

}  // namespace

void find_missing_members(Office& office) {
  const World& world = office.world;
  for (const PovertyHousehold& household : office.registers.poverty) {
    if (household.members.empty()) continue;  // struck off
    std::vector<BookletIndex> booklets;
    for (const PovertyMember& member : household.members) {
      const Person& person = world.people[member.person];
      const bool of_home = person.home == household.home && !member.duplicate;
      if (of_home && person.booklet != kNone && !world.booklets[person.booklet].collective) {
        booklets.push_back(person.booklet);
      }
    }
    std::ranges::sort(booklets);
    booklets.erase(std::unique(booklets.begin(), booklets.end()), booklets.end());
    for (const BookletIndex booklet : booklets) {
      for (const PersonIndex index : world.booklets[booklet].members) {
        judge_missing(office, household, index, true);
      }
    }
    for (const PersonIndex index : world.homes[household.home].members) {
      const BookletIndex booklet = world.people[index].booklet;
      if (booklet == kNone || std::ranges::find(booklets, booklet) != booklets.end()) continue;
      judge_missing(office, household, index, false);
    }
  }
}

void find_absent_from_civil(Office& office) {
  const Registers& registers = office.registers;
  for (const PovertyHousehold& household : registers.poverty) {
    for (const PovertyMember& member : household.members) {
      note_absence(office, Source::kPoverty, member.key, member.person);
    }
  }
  for (const AllowanceCase& given : registers.allowance) {
    for (std::size_t i = 0; i < given.members.size(); ++i) {
      if (given.members[i] == kNone) continue;
      note_absence(office, Source::kAllowance, fmt::format("{}-{:02}", given.key, i + 1),
                   given.members[i]);
    }
  }
  for (const RelocationCase& moving : registers.relocation) {
    for (std::size_t i = 0; i < moving.members.size(); ++i) {
      note_absence(office, Source::kRelocation, moving.member_keys[i], moving.members[i]);
    }
  }
}

}  // namespace bidui::world
