#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

class TitleOffice {
 public:
  explicit TitleOffice(Office& office)
      : office_(office), world_(office.world), registers_(office.registers), rng_(office.rng) {}

  void register_of_home(HomeIndex index);
  void register_flats();

 private:
  Title& add(PersonIndex person, TitleWay way, HomeIndex home, Day day) {
    Title title{.person = person, .way = way, .home = home};
    title.key =
        fmt::format("{}不动产权第{:07}号", year_of(day), 4000 + 3 * registers_.titles.size());
    title.day = day;
    title.area = rng_.range(55, 140);
    return registers_.titles.emplace_back(std::move(title));
  }

  Office& office_;
  World& world_;
  Registers& registers_;
  Rng& rng_;
};

// The new flats of the relocated are registered too, in the head's name.
void TitleOffice::register_flats() {
  for (const RelocationCase& moving : registers_.relocation) {
    if (moving.moved == kNever || !rng_.chance(0.5)) continue;
    const Day day = std::min(moving.moved + rng_.range(60, 400), registers_.as_of.real_estate);
    const PersonIndex head = moving.members.front();
    if (!world_.people[head].alive(day)) continue;
    Title& flat = add(head, TitleWay::kRelocated, moving.home, day);
    flat.area = 25 * static_cast<int>(moving.members.size());
  }
}

void TitleOffice::register_of_home(HomeIndex index) {
  const Home& home = world_.homes[index];
  if (home.members.empty() || home.head == kNone || home.outside > 0) return;
  const Person& head = world_.people[home.head];
  if (head.id == 0 || age_on(head.birth, world_.today) < 20) return;
  const Day last = registers_.as_of.real_estate;
  const Day any = day_of(rng_.range(2006, 2017), rng_.range(1, 10), rng_.range(1, 28));
  if (registers_.poverty_of_home[index] == kNone) {
    if (rng_.chance(home.city_life ? 0.5 : 0.04)) add(home.head, TitleWay::kBought, index, any);
    if (rng_.chance(0.02)) add(home.head, TitleWay::kRuralTitle, index, any);
    return;
  }
  const Profile& profile = office_.profile;
  const PovertyHousehold& household = registers_.poverty[registers_.poverty_of_home[index]];
  const auto at = [&](double share) { return rng_.chance(share * profile.lookalikes); };
  if (rng_.chance(profile.urban_home)) {
    Day bought =
        household.identified + (rng_.chance(0.6) ? -rng_.range(30, 3000) : rng_.range(30, 900));
    if (bought > last) bought = last - rng_.range(3, 700);
    add(home.head, TitleWay::kBought, index, bought).shop = rng_.chance(0.15);
  }
  if (at(0.006)) add(home.head, TitleWay::kResettled, index, any);
  if (at(0.02)) add(home.head, TitleWay::kRuralTitle, index, any);
  if (at(0.006)) add(home.head, TitleWay::kInherited, index, any);
  if (at(0.004)) add(home.head, TitleWay::kBought, index, any).cancelled = true;
}

}  // namespace

void decide_titles(Office& office) {
  TitleOffice titles(office);
  titles.register_flats();
  const auto homes = static_cast<HomeIndex>(office.world.homes.size());
  for (HomeIndex h = 0; h < homes; ++h) titles.register_of_home(h);
}

}  // namespace bidui::world
