#include <array>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

class FinanceOffice {
 public:
  explicit FinanceOffice(Office& office)
      : office_(office), world_(office.world), registers_(office.registers), rng_(office.rng) {}

  void pay_home(HomeIndex index);

 private:
  void add(PersonIndex person, Post post, Day since);
  std::string employer_of(Post post, const Home& home);
  bool held(PersonIndex person) const {
    return !registers_.payroll.empty() && registers_.payroll.back().person == person;
  }
  void give_poor(HomeIndex home, PersonIndex working, PersonIndex old);

  Office& office_;
  World& world_;
  Registers& registers_;
  Rng& rng_;
};

std::string FinanceOffice::employer_of(Post post, const Home& home) {
  const std::string& county = world_.divisions.home.name;
  const std::string& township = world_.township_of(home.village).name;
  const std::string& village = world_.villages[home.village].name;
  switch (post) {
    case Post::kCivilServant:
      return rng_.chance(0.5) ? township + "人民政府" : county + "财政局";
    case Post::kInstitution:
      return rng_.chance(0.6) ? township + "中心小学" : county + "人民医院";
    case Post::kWorker:
    case Post::kTemporary:
    case Post::kVolunteer:
      return township + "人民政府";
    case Post::kRetired:
    case Post::kSurvivor:
      return county + "机关事业养老保险中心";
    case Post::kWelfarePost:
    case Post::kVillageCadre:
      return village + "村民委员会";
    case Post::kVillageDoctor:
      return village + "卫生室";
  }
  return county;
}

void FinanceOffice::add(PersonIndex person, Post post, Day since) {
  static constexpr std::array<int, 10> kWages = {5200, 5400, 3900, 4300, 1200,
                                                 1600, 800,  1500, 1400, 2300};
  const Home& home = world_.homes[world_.people[person].home];
  PayrollRow row{.person = person, .post = post, .employer = employer_of(post, home)};
  row.key = fmt::format("CZ{:06}", 500 + 2 * registers_.payroll.size());
  row.wage = kWages[static_cast<std::size_t>(post)] * rng_.range(80, 130) / 100;
  row.since = since;
  registers_.payroll.push_back(std::move(row));
}

void FinanceOffice::give_poor(HomeIndex home, PersonIndex working, PersonIndex old) {
  static constexpr std::array<Post, 4> kPosts = {Post::kCivilServant, Post::kInstitution,
                                                 Post::kInstitution, Post::kWorker};
  static constexpr std::array<Post, 4> kLookalikes = {Post::kTemporary, Post::kVillageCadre,
                                                      Post::kVillageDoctor, Post::kVolunteer};
  const Profile& profile = office_.profile;
  const PovertyHousehold& household = registers_.poverty[registers_.poverty_of_home[home]];
  const auto at = [&](double share) { return rng_.chance(share * profile.lookalikes); };
  if (rng_.chance(profile.post)) {
    const Day since = rng_.chance(0.5) ? household.identified - rng_.range(100, 6000)
                                       : household.identified + rng_.range(30, 900);
    if (old != kNone && (working == kNone || rng_.chance(0.3))) {
      add(old, Post::kRetired, since);
    } else if (working != kNone) {
      add(working, rng_.pick(kPosts), std::min(since, registers_.as_of.payroll - 40));
    }
    return;
  }
  const Day since = day_of(rng_.range(2012, 2017), rng_.range(1, 9), 1);
  if (working != kNone && at(0.05)) {
    add(working, Post::kWelfarePost, since);
  } else if (working != kNone && at(0.025)) {
    add(working, rng_.pick(kLookalikes), since);
  } else if (old != kNone && at(0.006)) {
    add(old, Post::kSurvivor, since);
  }
}

void FinanceOffice::pay_home(HomeIndex index) {
  static constexpr std::array<Post, 8> kPosts = {
      Post::kCivilServant, Post::kInstitution, Post::kInstitution,  Post::kInstitution,
      Post::kWorker,       Post::kTemporary,   Post::kVillageCadre, Post::kVillageDoctor};
  PersonIndex working = kNone;
  PersonIndex old = kNone;
  for (const PersonIndex member : world_.homes[index].members) {
    const Person& person = world_.people[member];
    const int age = age_on(person.birth, registers_.as_of.payroll);
    if (person.id == 0 || person.registration == Registration::kInvented) continue;
    if (age >= 22 && age < 60 && (working == kNone || rng_.chance(0.4))) working = member;
    if (age >= 62) old = member;
  }
  if (registers_.poverty_of_home[index] != kNone) {
    give_poor(index, working, old);
    return;
  }
  const Day since = day_of(rng_.range(1985, 2016), 9, 1);
  if (working != kNone && rng_.chance(0.045)) add(working, rng_.pick(kPosts), since);
  if (old != kNone && rng_.chance(0.03)) {
    add(old, rng_.chance(0.8) ? Post::kRetired : Post::kSurvivor, since);
  }
}

}  // namespace

void decide_payroll(Office& office) {
  FinanceOffice finance(office);
  const auto homes = static_cast<HomeIndex>(office.world.homes.size());
  for (HomeIndex h = 0; h < homes; ++h) {
    if (office.world.homes[h].outside == 0) finance.pay_home(h);
  }
}

}  // namespace bidui::world
