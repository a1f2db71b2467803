#include <array>
#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

class TradeOffice {
 public:
  explicit TradeOffice(Office& office)
      : office_(office), world_(office.world), registers_(office.registers), rng_(office.rng) {}

  void found_cooperatives();
  void register_of_home(HomeIndex index);

 private:
  struct Cooperative {
    std::string name{};
    std::string code{};
    Day founded = kNever;
    int capital = 0;
  };

  BusinessRole& add(PersonIndex person, BusinessKind kind, std::string_view role, HomeIndex seat);
  std::string name_of(BusinessKind kind, const Person& founder);
  std::string code_of(BusinessKind kind);
  void join_cooperative(PersonIndex person, HomeIndex home);
  void give_poor(HomeIndex home, PersonIndex person);
  Day any_day() { return day_of(rng_.range(2005, 2017), rng_.range(1, 10), rng_.range(1, 28)); }

  Office& office_;
  World& world_;
  Registers& registers_;
  Rng& rng_;
  std::vector<Cooperative> cooperatives_;
};

std::string TradeOffice::code_of(BusinessKind kind) {
  static constexpr std::array<std::string_view, 4> kHeads = {"92", "91", "93", "91"};
  return fmt::format("{}{}{:010}", kHeads[static_cast<std::size_t>(kind)],
                     world_.divisions.home.current_code, rng_.next() % 10000000000ULL);
}

std::string TradeOffice::name_of(BusinessKind kind, const Person& founder) {
  static constexpr std::array<std::string_view, 10> kWords = {
      "康旺", "绿达", "鑫源", "丰果", "富旺", "金穗", "顺达", "兴农", "宏泰", "众诚"};
  static constexpr std::array<std::string_view, 6> kShops = {"副食店", "餐馆",   "理发店",
                                                             "农资店", "修理部", "小百货"};
  static constexpr std::array<std::string_view, 5> kTrades = {"农业开发", "运输", "建材", "商贸",
                                                              "劳务"};
  const std::string& county = world_.divisions.home.name;
  const std::string word(rng_.pick(kWords));
  switch (kind) {
    case BusinessKind::kShop:
      return county + (founder.given.empty() ? word : founder.given) +
             std::string(rng_.pick(kShops));
    case BusinessKind::kCompany:
      return county + word + std::string(rng_.pick(kTrades)) + "有限公司";
    case BusinessKind::kSole:
      return county + word + "加工厂";
    case BusinessKind::kCooperative:
      return county + word + "种养殖专业合作社";
  }
  return word;
}

BusinessRole& TradeOffice::add(PersonIndex person, BusinessKind kind, std::string_view role,
                               HomeIndex seat) {
  BusinessRole made{.person = person, .kind = kind, .role = role, .seat = seat};
  made.key = fmt::format("GS{:07}", 1000 + 3 * registers_.businesses.size());
  made.business = name_of(kind, world_.people[person]);
  made.code = code_of(kind);
  made.founded = any_day();
  made.capital = kind == BusinessKind::kShop ? rng_.range(1, 8) : rng_.range(5, 60) * 10;
  made.staff = kind == BusinessKind::kShop ? rng_.range(0, 1) : rng_.range(2, 20);
  return registers_.businesses.emplace_back(std::move(made));
}

// Poverty programmes make the poor members of cooperatives (农民变股民).
void TradeOffice::found_cooperatives() {
  const std::size_t count = std::max<std::size_t>(3, world_.villages.size());
  for (std::size_t i = 0; i < count; ++i) {
    cooperatives_.push_back(
        {name_of(BusinessKind::kCooperative, {}) + std::to_string(i % 7 + 1) + "社",
         code_of(BusinessKind::kCooperative), any_day(), rng_.range(5, 50) * 10});
  }
}

void TradeOffice::join_cooperative(PersonIndex person, HomeIndex home) {
  BusinessRole& member = add(person, BusinessKind::kCooperative, "成员", home);
  const Cooperative& joined = rng_.pick(cooperatives_);
  member.business = joined.name;
  member.code = joined.code;
  member.capital = joined.capital;
  member.founded = joined.founded;
  member.staff = 0;
}

void TradeOffice::give_poor(HomeIndex home, PersonIndex person) {
  static constexpr std::array<std::string_view, 3> kRoles = {"法定代表人", "股东", "法定代表人"};
  const Profile& profile = office_.profile;
  const PovertyHousehold& household = registers_.poverty[registers_.poverty_of_home[home]];
  const auto at = [&](double share) { return rng_.chance(share * profile.lookalikes); };
  if (rng_.chance(profile.business)) {
    const int kind = rng_.range(0, 4);
    BusinessRole& own = kind == 0 ? add(person, BusinessKind::kCooperative, "法定代表人", home)
                        : kind == 1 ? add(person, BusinessKind::kShop, "经营者", home)
                        : kind == 2 ? add(person, BusinessKind::kSole, "投资人", home)
                                    : add(person, BusinessKind::kCompany, rng_.pick(kRoles), home);
    if (kind == 1) own.staff = rng_.range(2, 6);
    own.founded =
        household.identified + (rng_.chance(0.5) ? -rng_.range(30, 2500) : rng_.range(30, 500));
    own.founded = std::min(own.founded, registers_.as_of.business - 5);
  }
  if (at(0.10)) join_cooperative(person, home);
  if (at(0.015)) add(person, BusinessKind::kShop, "经营者", home);
  if (at(0.006)) {
    add(person, BusinessKind::kCompany, "股东", home).state = rng_.chance(0.5) ? "注销" : "吊销";
  }
  if (at(0.003)) add(person, BusinessKind::kCompany, "法定代表人", home).nominal = true;
}

void TradeOffice::register_of_home(HomeIndex index) {
  const Home& home = world_.homes[index];
  std::vector<PersonIndex> adults;
  for (const PersonIndex member : home.members) {
    const Person& person = world_.people[member];
    const int age = age_on(person.birth, registers_.as_of.business);
    const bool real = person.id != 0 && person.registration != Registration::kInvented;
    if (age >= 20 && age < 72 && real) adults.push_back(member);
  }
  if (adults.empty()) return;
  const PersonIndex person = rng_.pick(adults);
  if (registers_.poverty_of_home[index] != kNone) {
    give_poor(index, person);
    return;
  }
  if (rng_.chance(0.04)) join_cooperative(person, index);
  if (rng_.chance(0.05)) {
    BusinessRole& shop = add(person, BusinessKind::kShop, "经营者", index);
    shop.staff = rng_.range(0, 4);
    if (rng_.chance(0.2)) shop.state = "注销";
  }
  if (rng_.chance(0.012)) add(person, BusinessKind::kCompany, "法定代表人", index);
  if (rng_.chance(0.008)) add(rng_.pick(adults), BusinessKind::kCompany, "股东", index);
}

}  // namespace

void decide_businesses(Office& office) {
  TradeOffice trade(office);
  trade.found_cooperatives();
  const auto homes = static_cast<HomeIndex>(office.world.homes.size());
  for (HomeIndex h = 0; h < homes; ++h) {
    if (office.world.homes[h].outside == 0) trade.register_of_home(h);
  }
}

}  // namespace bidui::world
