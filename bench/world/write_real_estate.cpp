#include <array>

#include "bench/world/roll.h"

namespace bidui::world {
namespace {

// 取得方式
constexpr std::array<std::string_view, 5> kWays = {"商品房买卖", "拆迁安置", "易地扶贫搬迁安置",
                                                   "农房确权登记", "继承"};

std::string seat_of(const WriterInput& input, const Title& title, Rng& rng) {
  static constexpr std::array<std::string_view, 4> kEstates = {"锦绣花园", "龙湖小区", "人民路",
                                                               "东城新区"};
  const World& world = input.world;
  const std::string& county = world.divisions.home.name;
  const Home& home = world.homes[title.home];
  const std::string& township = world.township_of(home.village).name;
  if (title.way == TitleWay::kRuralTitle) {
    return county + township + world.villages[home.village].name + std::to_string(home.group) +
           "组";
  }
  const std::string flat =
      std::to_string(rng.range(1, 20)) + "栋" + std::to_string(rng.range(101, 1102)) + "室";
  if (title.way == TitleWay::kRelocated) return county + township + "集中安置点" + flat;
  if (title.way == TitleWay::kResettled) return county + "安置小区" + flat;
  return county + "城区" + std::string(rng.pick(kEstates)) + flat;
}

}  // namespace

Result<SourceTruth> write_real_estate(const WriterInput& input) {
  Roll roll(
      input,
      {"不动产登记信息.csv",
       {.encoding = "gb18030", .line_end = "\r\n"},
       {"不动产权证号", "权利人", "证件号", "坐落", "用途", "建筑面积(㎡)", "取得方式", "登记日期",
        "共有方式", "状态"}},
      {.source = Source::kRealEstate, .has_birth = false, .has_sex = false, .has_phone = false});
  roll.add_header();
  for (const Title& title : input.registers.titles) {
    const ObservedPerson seen = roll.see(title.key, title.person);
    const bool married = input.world.people[title.person].spouse != kNone;
    const std::string_view share = title.way == TitleWay::kInherited   ? "按份共有"
                                   : married && roll.rng().chance(0.4) ? "共同共有"
                                                                       : "单独所有";
    const std::string seat = seat_of(input, title, roll.rng());
    roll.add(title.key, title.person, seen,
             {title.key, seen.name, seen.id, seat, title.shop ? "商业" : "住宅",
              std::to_string(title.area), std::string(kWays[static_cast<std::size_t>(title.way)]),
              iso_date(title.day), std::string(share), title.cancelled ? "注销" : "现势"});
  }
  return roll.finish(input.registers.as_of.real_estate);
}

}  // namespace bidui::world
