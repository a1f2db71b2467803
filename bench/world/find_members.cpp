// MEMBER_EXTRA_IN_PR, CIVIL_CANCELLED, URBAN_CONVERTED_IN_PR, DISABILITY_MISMATCH,
// NATURAL_CHANGE_BIRTH, NATURAL_CHANGE_MARRIAGE_IN, NATURAL_CHANGE_OUT.
#include <algorithm>

#include "bench/world/findings.h"

namespace bidui::world {
namespace {

constexpr int kGraceDays = 60;
constexpr int kYearlyUpdate = 365 + 180;  // the next yearly round and its grace

class MemberFinder {
 public:
  explicit MemberFinder(Finder& finder)
      : finder_(finder), world_(finder.world), registers_(finder.registers) {}

  void find_extra(const PovertyHousehold& household, const PovertyMember& member);
  void find_cancelled(Source source, const std::string& key, PersonIndex person);
  void find_converted(const PovertyHousehold& household, const PovertyMember& member);
  void find_disability(const PovertyMember& member);
  void find_changes(const PovertyHousehold& household);
  void find_followers(const PovertyHousehold& household);

 private:
  bool is_urban(const Person& person, Day day) const;
  bool is_plain_resident(const Person& person) const;

  Finder& finder_;
  const World& world_;
  Registers& registers_;
};

void MemberFinder::find_extra(const PovertyHousehold& household, const PovertyMember& member) {
  const Person& person = world_.people[member.person];
  if (!person.alive(registers_.as_of.poverty)) return;
  const auto note = [&](std::string_view exception) {
    finder_.note("MEMBER_EXTRA_IN_PR", Source::kPoverty, member.key, false,
                 person.booklet == kNone ? "" : "civil:" + civil_key(world_, member.person),
                 exception);
  };
  if (member.extra) return note("");
  if (member.duplicate) return note(kNotScored);                // DUP_IN_SOURCE has it
  if (person.away == Away::kMovedOut) return note(kNotScored);  // CIVIL_CANCELLED has it
  if (person.booklet == kNone) return;
  if (person.home != household.home) return note(kNotScored);  // married or split off: kin
  // Lives there under another booklet: her parents', another child's, the grandparents'.
  const bool with_others = std::ranges::any_of(household.members, [&](const PovertyMember& other) {
    return other.person != member.person && world_.people[other.person].booklet == person.booklet;
  });
  if (!with_others && household.members.size() > 1) note("lives_here");
}

void MemberFinder::find_cancelled(Source source, const std::string& key, PersonIndex index) {
  const Person& person = world_.people[index];
  if (person.booklet == kNone || !person.alive(registers_.as_of.civil)) return;
  std::string_view exception;
  if (person.away == Away::kConscript) {
    exception = "conscript";
  } else if (person.away == Away::kStudent) {
    exception = "student";
  } else if (person.away == Away::kMovedOut) {
    const int days = registers_.as_of.civil - person.left;
    if (days < 0) return;
    exception = days <= 30                ? std::string_view("within_grace")
                : days <= kGraceDays + 30 ? kNotScored
                                          : std::string_view();
  } else {
    return;
  }
  finder_.note("CIVIL_CANCELLED", source, key, false, "civil:" + civil_key(world_, index),
               exception);
}

bool MemberFinder::is_urban(const Person& person, Day day) const {
  if (person.booklet == kNone) return false;
  if (person.converted <= day) return true;
  const Booklet& booklet = world_.booklets[person.booklet];
  return world_.homes[booklet.address].city_life &&
         (booklet.collective || !is_plain_resident(person));
}

// 居民户口, since the reform: says neither town nor country.
bool MemberFinder::is_plain_resident(const Person& person) const {
  const Booklet& booklet = world_.booklets[person.booklet];
  return !booklet.collective && booklet.opened != kNever && booklet.opened > day_of(2016, 1, 1);
}

void MemberFinder::find_converted(const PovertyHousehold& household, const PovertyMember& member) {
  const Day day = registers_.as_of.civil;
  const Person& person = world_.people[member.person];
  if (!is_urban(person, day) || !person.alive(day)) return;
  const bool partly = std::ranges::any_of(world_.homes[household.home].members, [&](PersonIndex p) {
    const Person& other = world_.people[p];
    return other.booklet != kNone && other.away != Away::kStudent && !is_urban(other, day) &&
           !is_plain_resident(other);
  });
  std::string_view exception;
  if (partly) exception = "partly_converted";
  if (person.converted <= day && person.converted > member.identified)
    exception = "converted_later";
  if (member.extra || member.duplicate || person.away == Away::kMovedOut) exception = kNotScored;
  finder_.note("URBAN_CONVERTED_IN_PR", Source::kPoverty, member.key, false,
               "civil:" + civil_key(world_, member.person), exception);
}

void MemberFinder::find_disability(const PovertyMember& member) {
  const Person& person = world_.people[member.person];
  if (person.disability_kind == 0 || !person.alive(registers_.as_of.poverty)) return;
  if (!member.unaware) {
    if (!person.certified) {
      finder_.note("DISABILITY_MISMATCH", Source::kPoverty, member.key, false, "", "uncertified");
    }
    return;
  }
  const bool severe = person.certified && person.disability_grade <= 2;
  finder_.note("DISABILITY_MISMATCH", Source::kPoverty, member.key, false, "",
               severe             ? std::string_view()
               : person.certified ? "light_grade"
                                  : kNotScored);
}

void MemberFinder::find_changes(const PovertyHousehold& household) {
  const Day day = registers_.as_of.poverty;
  const auto is_listed = [&](PersonIndex person) {
    return std::ranges::any_of(
        household.members, [&](const PovertyMember& member) { return member.person == person; });
  };
  const auto note = [&](std::string_view rule, PersonIndex person, Day since,
                        std::string_view young) {
    finder_.note(rule, Source::kPoverty, household.key, true, "civil:" + civil_key(world_, person),
                 day - since <= 180             ? young
                 : day - since <= kYearlyUpdate ? kNotScored
                                                : std::string_view());
  };
  for (const PersonIndex index : world_.homes[household.home].members) {
    const Person& person = world_.people[index];
    if (person.booklet == kNone || finder_.standing.poverty.contains(index)) continue;
    if (household.part || person.away == Away::kConscript || person.away == Away::kPrison) continue;
    const bool born = person.birth > household.identified;
    const bool of_member = (person.father != kNone && is_listed(person.father)) ||
                           (person.mother != kNone && is_listed(person.mother));
    if (born && of_member) note("NATURAL_CHANGE_BIRTH", index, person.birth, "within_grace");
    const bool wed = person.married_in && person.marriage > household.identified &&
                     person.spouse != kNone && is_listed(person.spouse);
    if (wed) note("NATURAL_CHANGE_MARRIAGE_IN", index, person.marriage, "within_grace");
  }
  for (const PovertyMember& member : household.members) {
    const Person& person = world_.people[member.person];
    if (person.booklet == kNone || member.extra || member.duplicate) continue;
    const bool gone = person.away == Away::kMovedOut && person.left <= day;
    const bool wed = person.married_in && person.home != household.home && person.home != kNone &&
                     person.marriage > household.identified;
    // Where she moved: CIVIL_CANCELLED has it.
    if (gone)
      finder_.note("NATURAL_CHANGE_OUT", Source::kPoverty, household.key, true,
                   "civil:" + civil_key(world_, member.person), kNotScored, "CIVIL_CANCELLED");
    if (wed) note("NATURAL_CHANGE_OUT", member.person, person.marriage, "within_grace");
  }
}

// Somebody is listed here by mistake: her own family is not missing here.
void MemberFinder::find_followers(const PovertyHousehold& household) {
  for (const PovertyMember& member : household.members) {
    const Person& person = world_.people[member.person];
    const bool stranger = member.extra || (member.duplicate && person.home != household.home);
    if (!stranger || person.booklet == kNone) continue;
    for (const PersonIndex other : world_.booklets[person.booklet].members) {
      finder_.note("MEMBER_MISSING_IN_PR", Source::kPoverty, household.key, true,
                   "civil:" + civil_key(world_, other), kNotScored, "MEMBER_EXTRA_IN_PR");
    }
  }
}

}  // namespace

void find_members(Finder& finder) {
  MemberFinder members(finder);
  for (const PovertyHousehold& household : finder.registers.poverty) {
    if (finder.world.homes[household.home].outside > 0 || household.members.empty()) continue;
    for (const PovertyMember& member : household.members) {
      members.find_extra(household, member);
      members.find_cancelled(Source::kPoverty, member.key, member.person);
      members.find_converted(household, member);
      members.find_disability(member);
    }
    members.find_changes(household);
    members.find_followers(household);
  }
  for (const AllowanceCase& given : finder.registers.allowance) {
    if (!given.active(finder.registers.as_of.allowance)) continue;
    for (std::size_t i = 0; i < given.members.size(); ++i) {
      if (given.members[i] == kNone) continue;
      members.find_cancelled(Source::kAllowance, allowance_key(given, i), given.members[i]);
    }
  }
}

}  // namespace bidui::world
