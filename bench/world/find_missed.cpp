// MISSED_CANDIDATE: homes of several hardships that neither the register nor the allowance knows.
#include <algorithm>
#include <string>
#include <unordered_map>

#include "bench/world/findings.h"

namespace bidui::world {
namespace {

constexpr int kYear = 365;  // and a quarter: ages are asked in whole years, a day decides nothing
constexpr int kOld = 65;
constexpr int kEarnerUntil = 60;

int age_on(const Person& person, Day day) { return (day - person.birth) * 4 / (4 * kYear + 1); }

bool is_of_use(const Vehicle& vehicle) {
  return vehicle.state == 'A' && vehicle.kind < VehicleKind::kMotorcycle;
}

class MissedFinder {
 public:
  explicit MissedFinder(Finder& finder)
      : finder_(finder), world_(finder.world), registers_(finder.registers) {
    for (const Certificate& held : registers_.certificates) {
      if (!held.cancelled && world_.people[held.person].disability_grade <= 2)
        certificates_[held.person] = &held;
    }
    for (const Vehicle& v : registers_.vehicles) note_means(v.owner, is_of_use(v));
    for (const BusinessRole& role : registers_.businesses)
      note_means(role.person, role.state == "存续" && role.kind != BusinessKind::kCooperative);
    for (const PayrollRow& row : registers_.payroll) note_means(row.person, is_post(row.post));
    for (const Title& title : registers_.titles)
      note_means(title.person, !title.cancelled && title.way == TitleWay::kBought);
  }

  void find(HomeIndex home);

 private:
  static bool is_post(Post post) {
    return post != Post::kSurvivor && post != Post::kTemporary && post != Post::kWelfarePost &&
           post != Post::kVillageCadre && post != Post::kVillageDoctor && post != Post::kVolunteer;
  }
  void note_means(PersonIndex person, bool counts) { has_means_[person] |= counts; }
  // On a list of the two offices, whatever became of it.
  bool is_known(PersonIndex person) const {
    return finder_.standing.poverty.contains(person) || finder_.standing.allowance.contains(person);
  }
  const House* bad_house(HomeIndex home) const;
  bool lost_earner(const Booklet& booklet) const;
  // The booklet is this home's and of nobody else; else the offices cannot tell who lives together.
  bool is_one_booklet(const Home& home) const;
  bool has_children_apart(const Home& home) const;
  std::string_view excuse(HomeIndex index, const House* house, bool only_old, int signs) const;

  Finder& finder_;
  const World& world_;
  const Registers& registers_;
  std::unordered_map<PersonIndex, const Certificate*> certificates_;  // severe, in force
  std::unordered_map<PersonIndex, bool> has_means_;
};

const House* MissedFinder::bad_house(HomeIndex home) const {
  const House* found = nullptr;
  for (const auto& [h, unused] : Standing::at(finder_.standing.houses, home)) {
    const House& house = registers_.houses[h];
    if (house.grade < 'C' || house.completed <= registers_.as_of.housing) return nullptr;
    if (house.only_house && found == nullptr) found = &house;
  }
  return found;
}

bool MissedFinder::lost_earner(const Booklet& booklet) const {
  return std::ranges::any_of(booklet.members, [&](PersonIndex index) {
    const Person& person = world_.people[index];
    const bool recent = person.death <= registers_.as_of.death &&
                        person.death + 2 * kYear >= registers_.as_of.death;
    const int age = recent ? age_on(person, person.death) : 0;
    return age >= 18 && age < kEarnerUntil &&
           (!person.death_not_cancelled || registers_.death_reported[index]);
  });
}

bool MissedFinder::is_one_booklet(const Home& home) const {
  const BookletIndex booklet = world_.people[home.members.front()].booklet;
  if (booklet == kNone || world_.booklets[booklet].collective) return false;
  const auto of_home = [&](PersonIndex p) { return world_.people[p].booklet == booklet; };
  return std::ranges::all_of(home.members, of_home) &&
         std::ranges::all_of(world_.booklets[booklet].members, [&](PersonIndex p) {
           return !world_.people[p].alive(world_.today) ||
                  world_.people[p].home == world_.people[home.members.front()].home;
         });
}

bool MissedFinder::has_children_apart(const Home& home) const {
  return std::ranges::any_of(home.members, [&](PersonIndex parent) {
    const auto& children = Standing::at(finder_.standing.children, parent);
    return std::ranges::any_of(children, [&](const auto& place) {
      const Person& child = world_.people[place.first];
      return child.alive(world_.today) && child.booklet != world_.people[parent].booklet &&
             age_on(child, world_.today) >= 18 && age_on(child, world_.today) < kOld;
    });
  });
}

std::string_view MissedFinder::excuse(HomeIndex index, const House* house, bool only_old,
                                      int signs) const {
  const Home& home = world_.homes[index];
  if (house != nullptr && certificates_.contains(house->owner)) return "key_group";
  if (!Standing::at(finder_.standing.relocation, index).empty()) return "resettled";
  const auto with_means = [&](PersonIndex p) {
    const auto found = has_means_.find(p);
    return found != has_means_.end() && found->second;
  };
  if (std::ranges::any_of(home.members, with_means)) return "means";
  if (only_old && signs == 2 && has_children_apart(home)) return "children_apart";
  const bool moved = std::ranges::any_of(home.members, [&](PersonIndex p) {
    return world_.people[p].converted != kNever ||
           world_.people[p].registration != Registration::kHere ||
           world_.people[p].away == Away::kStudent || world_.people[p].away == Away::kConscript;
  });
  const bool of_the_dead = house != nullptr && !world_.people[house->owner].alive(world_.today);
  if (home.city_life || moved || of_the_dead || !is_one_booklet(home)) return kNotScored;
  return "";
}

void MissedFinder::find(HomeIndex index) {
  const Home& home = world_.homes[index];
  if (home.outside > 0 || home.members.empty() ||
      std::ranges::any_of(home.members, [&](PersonIndex p) { return is_known(p); }))
    return;
  const auto age = [&](PersonIndex p) { return age_on(world_.people[p], world_.today); };
  const Certificate* certificate = nullptr;
  int disabled = 0;
  for (const PersonIndex p : home.members) {
    const auto held = certificates_.find(p);
    if (held == certificates_.end()) continue;
    ++disabled;
    if (certificate == nullptr || held->second->key < certificate->key) certificate = held->second;
  }
  const House* const house = bad_house(index);
  const bool only_old = std::ranges::all_of(home.members, [&](auto p) { return age(p) >= kOld; });
  const bool dependants =
      std::ranges::any_of(home.members, [&](auto p) { return age(p) < 18 || age(p) >= kOld; });
  const BookletIndex booklet = world_.people[home.members.front()].booklet;
  const bool lost = booklet != kNone && dependants && lost_earner(world_.booklets[booklet]);
  const int signs = (disabled > 0) + (disabled > 1) + (house != nullptr) + only_old + lost;
  if (signs < 2 || (house == nullptr && certificate == nullptr)) return;
  finder_.note("MISSED_CANDIDATE", house != nullptr ? Source::kHousing : Source::kDisability,
               house != nullptr ? house->key : certificate->key, false, "",
               excuse(index, house, only_old, signs));
}

}  // namespace

void find_missed(Finder& finder) {
  MissedFinder missed(finder);
  for (HomeIndex home = 0; home < finder.world.homes.size(); ++home) missed.find(home);
}

}  // namespace bidui::world
