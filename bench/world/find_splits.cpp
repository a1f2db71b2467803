// ELDER_SPLIT, SUSPICIOUS_SPLIT, SHAM_DIVORCE_SPLIT: households that divided for the register.
#include <algorithm>

#include "bench/world/findings.h"

namespace bidui::world {
namespace {

const Day kCampaign = day_of(2014, 1, 1);

class SplitFinder {
 public:
  explicit SplitFinder(Finder& finder)
      : finder_(finder), world_(finder.world), registers_(finder.registers) {}

  void find_elders(const PovertyHousehold& household);
  void find_split(const PovertyHousehold& household);

 private:
  // What the children of the old people could do for them.
  struct Children {
    int here = 0;  // grown and living in the county
    int able = 0;  // of those, not poor, disabled, in prison or away for good
    int able_sons = 0;
    int unable_unseen = 0;  // unable for a reason that no registry tells: prison, illness
    Day split = kDayZero;   // when the last able one left, or was written off
  };
  static constexpr Day kDayZero = -100000;

  std::vector<PersonIndex> living(const PovertyHousehold& household) const;
  Children children_of(const PovertyHousehold& household) const;
  void count_child(const PovertyHousehold& household, PersonIndex child, Children& found) const;
  const Booklet* booklet_of(const PovertyHousehold& household) const;
  void note(std::string_view rule, const PovertyHousehold& household, std::string_view exception,
            std::string text = "") {
    finder_.note(rule, Source::kPoverty, household.key, true, "", exception, std::move(text));
  }

  Finder& finder_;
  const World& world_;
  Registers& registers_;
};

std::vector<PersonIndex> SplitFinder::living(const PovertyHousehold& household) const {
  std::vector<PersonIndex> people;
  for (const PovertyMember& member : household.members) {
    if (!member.duplicate && !member.extra &&
        world_.people[member.person].alive(registers_.as_of.poverty)) {
      people.push_back(member.person);
    }
  }
  return people;
}

void SplitFinder::count_child(const PovertyHousehold& household, PersonIndex index,
                              Children& found) const {
  const Person& child = world_.people[index];
  const bool grown = child.alive(world_.today) && age_on(child.birth, world_.today) >= 18;
  const bool away = child.away == Away::kMovedOut || child.away == Away::kMarriedOut ||
                    child.away == Away::kConscript || child.home == kNone;
  const bool listed_here = std::ranges::any_of(
      household.members, [&](const PovertyMember& member) { return member.person == index; });
  if (!grown || away || listed_here || world_.homes[child.home].outside > 0) return;
  ++found.here;
  const bool poor = registers_.poverty_of_home[child.home] != kNone && child.home != household.home;
  const bool disabled = child.disability_grade == 1 || child.disability_grade == 2;
  if (poor || disabled || child.away == Away::kPrison || child.health == 2) {
    if (!poor && !(disabled && child.certified)) ++found.unable_unseen;
    return;
  }
  ++found.able;
  if (child.male) ++found.able_sons;
  Day split = kDayZero;
  if (child.home == household.home) {
    const Booklet* booklet = booklet_of(household);
    if (booklet != nullptr && booklet->opened != kNever) split = booklet->opened;
  } else if (world_.homes[child.home].began != kNever) {
    split = world_.homes[child.home].began;
  } else if (child.marriage != kNever) {
    split = child.marriage;
  }
  found.split = std::max(found.split, split);
}

SplitFinder::Children SplitFinder::children_of(const PovertyHousehold& household) const {
  Children found;
  std::vector<PersonIndex> counted;
  for (const PersonIndex old : living(household)) {
    for (const auto& [child, unused] : Standing::at(finder_.standing.children, old)) {
      if (std::ranges::find(counted, child) != counted.end()) continue;
      counted.push_back(child);
      count_child(household, child, found);
    }
  }
  return found;
}

const Booklet* SplitFinder::booklet_of(const PovertyHousehold& household) const {
  const BookletIndex booklet = world_.people[household.members.front().person].booklet;
  return booklet == kNone ? nullptr : &world_.booklets[booklet];
}

void SplitFinder::find_elders(const PovertyHousehold& household) {
  const auto people = living(household);
  if (people.empty()) return;
  int youngest = 200;
  for (const PersonIndex person : people) {
    youngest = std::min(youngest, age_on(world_.people[person].birth, registers_.as_of.poverty));
  }
  if (youngest < 55) return;
  const Children children = children_of(household);
  if (children.here == 0) return;
  // Younger people of the home whom the list forgot: MEMBER_MISSING_IN_PR.
  const auto& home = world_.homes[household.home].members;
  const bool alone = household.part || home.size() <= people.size();
  const std::uint32_t given = finder_.office.allowance_of_home[household.home];
  const bool destitute = given != kNone &&
                         registers_.allowance[given].kind == AllowanceKind::kDestitute &&
                         registers_.allowance[given].active(registers_.as_of.allowance);
  std::string_view exception;
  std::string text = "split " + (children.split == kDayZero ? "?" : iso_date(children.split));
  if (destitute) {
    exception = "destitute_approved";
  } else if (children.able == 0) {
    exception = children.unable_unseen > 0 ? kNotScored : std::string_view("children_unable");
  } else if (youngest < 60 || !alone || children.able_sons == 0) {
    exception = kNotScored;  // the place decides on women under 60 and on daughters
  } else if (children.split < day_of(2013, 1, 1)) {
    exception = kNotScored;  // apart for long: reported where the place counts support
  }
  note("ELDER_SPLIT", household, exception, std::move(text));
}

void SplitFinder::find_split(const PovertyHousehold& household) {
  const Booklet* booklet = booklet_of(household);
  if (booklet == nullptr || booklet->from == kNone || booklet->opened < kCampaign ||
      booklet->opened == kNever) {
    return;
  }
  const Person& head = world_.people[household.members.front().person];
  if (head.divorced >= kCampaign && head.divorced != kNever) {
    const bool soon =
        household.identified >= head.divorced && household.identified <= head.divorced + 365;
    const bool together = world_.people[head.divorced_from].home == head.home;
    if (soon) {
      note("SHAM_DIVORCE_SPLIT", household,
           together ? std::string_view() : std::string_view("separate_dwelling"),
           "divorced " + iso_date(head.divorced));
      note("SUSPICIOUS_SPLIT", household, together ? kNotScored : "separate_dwelling");
      return;
    }
  }
  const bool soon =
      household.identified >= booklet->opened && household.identified <= booklet->opened + 730;
  if (!soon) return;
  const bool old = std::ranges::all_of(living(household), [&](PersonIndex person) {
    return age_on(world_.people[person].birth, world_.today) >= 60;
  });
  if (!household.part) {
    const bool married =
        head.spouse != kNone && world_.homes[household.home].began == booklet->opened;
    note("SUSPICIOUS_SPLIT", household, married ? "split_by_marriage" : "listed_as_one");
    return;
  }
  note("SUSPICIOUS_SPLIT", household, old ? kNotScored : std::string_view(),
       "split " + iso_date(booklet->opened));
}

}  // namespace

void find_splits(Finder& finder) {
  SplitFinder splits(finder);
  for (const PovertyHousehold& household : finder.registers.poverty) {
    if (finder.world.homes[household.home].outside > 0 || household.members.empty()) continue;
    splits.find_elders(household);
    splits.find_split(household);
  }
}

}  // namespace bidui::world
