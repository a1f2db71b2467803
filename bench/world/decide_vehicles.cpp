#include <algorithm>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

class TrafficPolice {
 public:
  explicit TrafficPolice(Office& office)
      : office_(office), world_(office.world), registers_(office.registers), rng_(office.rng) {}

  void register_of_home(HomeIndex index);
  void buy(HomeIndex index, Day after, Day until);

 private:
  Vehicle& add(PersonIndex owner, VehicleKind kind, int price, Day registered);
  Day any_day() { return day_of(rng_.range(2007, 2017), rng_.range(1, 10), rng_.range(1, 28)); }
  void give_poor(HomeIndex home, PersonIndex driver);
  void give_others(PersonIndex driver);

  Office& office_;
  World& world_;
  Registers& registers_;
  Rng& rng_;
};

std::string_view plate_letter(std::string_view province) {
  if (province == "重庆市") return "渝";
  if (province == "四川省") return "川";
  return "皖";
}

Vehicle& TrafficPolice::add(PersonIndex owner, VehicleKind kind, int price, Day registered) {
  static constexpr std::string_view kLetters = "HJKLMNPQRSTUVWXYZABCDEFG";
  const std::size_t n = 7 * (registers_.vehicles.size() + 1);
  Vehicle vehicle{.owner = owner, .kind = kind, .price = price, .registered = registered};
  vehicle.key = fmt::format("{}{}{:05}", plate_letter(world_.divisions.home.province),
                            kLetters[n / 100000 % kLetters.size()], n % 100000);
  vehicle.inspected_to = registers_.as_of.vehicle + rng_.range(10, 700);
  return registers_.vehicles.emplace_back(std::move(vehicle));
}

// Cars that should not be there, and everything that looks like one.
void TrafficPolice::give_poor(HomeIndex home, PersonIndex driver) {
  const Profile& profile = office_.profile;
  const PovertyHousehold& household = registers_.poverty[registers_.poverty_of_home[home]];
  const auto at = [&](double share) { return rng_.chance(share * profile.lookalikes); };
  const Day entered = household.identified;
  const Day last = registers_.as_of.vehicle;
  const auto car = [&](Day registered) -> Vehicle& {
    const VehicleKind kind = rng_.chance(0.6)   ? VehicleKind::kCar
                             : rng_.chance(0.5) ? VehicleKind::kVan
                                                : VehicleKind::kTruck;
    return add(driver, kind, rng_.range(32000, 140000), std::min(registered, last - 1));
  };
  if (rng_.chance(profile.car)) {
    car(rng_.chance(0.5) ? entered - rng_.range(20, 2500) : entered + rng_.range(20, 1000));
  }
  if (at(0.010)) car(any_day()).price = rng_.range(6000, 30000);
  if (at(0.008)) car(last - rng_.range(1, 55));
  if (at(0.012)) {
    Vehicle& sold = car(day_of(rng_.range(2006, 2011), 5, 1) + rng_.range(0, 300));
    sold.sold = true;
    sold.inspected_to = last - (rng_.chance(0.7) ? rng_.range(1130, 2200) : rng_.range(40, 1000));
  }
  if (at(0.008)) {
    car(any_day()).state = rng_.pick(std::string_view("BEM"));
  }
  if (at(0.004)) {
    Vehicle& borrowed = add(driver, VehicleKind::kHeavyTruck, rng_.range(90000, 260000), any_day());
    borrowed.borrowed = true;
  }
}

void TrafficPolice::give_others(PersonIndex driver) {
  if (rng_.chance(0.22)) {
    add(driver, rng_.chance(0.75) ? VehicleKind::kCar : VehicleKind::kVan,
        rng_.range(25000, 190000), any_day());
  }
  if (rng_.chance(0.03)) {
    add(driver, rng_.chance(0.5) ? VehicleKind::kTruck : VehicleKind::kHeavyTruck,
        rng_.range(50000, 260000), any_day());
  }
  if (rng_.chance(0.02)) {
    add(driver, VehicleKind::kCar, rng_.range(30000, 90000), any_day()).state =
        rng_.pick(std::string_view("BEM"));
  }
}

void TrafficPolice::register_of_home(HomeIndex index) {
  const Home& home = world_.homes[index];
  std::vector<PersonIndex> drivers;
  PersonIndex disabled = kNone;
  for (const PersonIndex member : home.members) {
    const Person& person = world_.people[member];
    const int age = age_on(person.birth, registers_.as_of.vehicle);
    const bool real = person.id != 0 && person.registration != Registration::kInvented;
    if (age >= 19 && age < 68 && real) drivers.push_back(member);
    if (person.disability_kind == 4 && age >= 18 && real) disabled = member;
  }
  if (disabled != kNone && rng_.chance(0.05)) {
    add(disabled, VehicleKind::kForDisabled, rng_.range(8000, 60000), any_day());
  }
  if (drivers.empty()) return;
  const PersonIndex driver = rng_.pick(drivers);
  if (rng_.chance(0.28)) {
    add(rng_.pick(drivers), VehicleKind::kMotorcycle, rng_.range(2500, 9000), any_day());
  }
  if (rng_.chance(0.1)) {
    static constexpr std::array<VehicleKind, 3> kFarm = {VehicleKind::kTricycle,
                                                         VehicleKind::kTractor, VehicleKind::kFarm};
    const bool dear = rng_.chance(0.2);  // a new three-wheeler costs as much as a small car
    add(driver, rng_.pick(kFarm), dear ? rng_.range(31000, 45000) : rng_.range(4000, 26000),
        any_day());
  }
  if (registers_.poverty_of_home[index] != kNone) {
    give_poor(index, driver);
  } else {
    give_others(driver);
  }
}

void TrafficPolice::buy(HomeIndex index, Day after, Day until) {
  const Home& home = world_.homes[index];
  const bool poor = registers_.poverty_of_home[index] != kNone;
  if (home.members.empty() || home.outside > 0 || !rng_.chance(poor ? 0.004 : 0.012)) return;
  const PersonIndex owner = rng_.pick(home.members);
  const Person& person = world_.people[owner];
  const int age = age_on(person.birth, until);
  if (person.id == 0 || age < 19 || age > 66) return;
  add(owner, VehicleKind::kCar, rng_.range(32000, 160000),
      std::min(after + rng_.range(1, until - after), registers_.as_of.vehicle));
}

}  // namespace

void buy_vehicles(Office& office, Day after, Day until) {
  TrafficPolice police(office);
  for (HomeIndex h = 0; h < office.world.homes.size(); ++h) police.buy(h, after, until);
}

void decide_vehicles(Office& office) {
  TrafficPolice police(office);
  const auto homes = static_cast<HomeIndex>(office.world.homes.size());
  for (HomeIndex h = 0; h < homes; ++h) {
    if (office.world.homes[h].outside == 0) police.register_of_home(h);
  }
}

}  // namespace bidui::world
