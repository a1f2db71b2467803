#include <array>

#include "bench/world/roll.h"

namespace bidui::world {
namespace {

struct KindText {
  std::string_view plate;
  std::string_view vehicle;
  std::array<std::string_view, 3> models;
};

constexpr std::array<KindText, 9> kKinds = {{
    {"小型汽车", "小型轿车", {"大众朗逸", "吉利帝豪", "长安CS35"}},
    {"小型汽车", "小型普通客车", {"五菱宏光", "东风风光330", "长安之星"}},
    {"小型汽车", "轻型货车", {"江淮", "福田时代", "五菱荣光"}},
    {"大型汽车", "重型货车", {"福田欧曼", "解放J6", "东风天龙"}},
    {"普通摩托车", "普通二轮摩托车", {"力帆LF125", "宗申ZS110", "豪爵HJ125"}},
    {"普通摩托车", "正三轮载货摩托车", {"宗申ZS175", "福田五星", "隆鑫LX200"}},
    {"拖拉机", "手扶拖拉机", {"常柴", "东风12", "时风"}},
    {"低速车", "三轮汽车", {"时风7YP", "五征7YP", "福田农用车"}},
    {"小型汽车", "残疾人专用汽车", {"长安奔奔", "比亚迪F0", "雪佛兰赛欧"}},
}};

}  // namespace

Result<SourceTruth> write_vehicle(const WriterInput& input) {
  Roll roll(input,
            {"机动车登记信息.csv",
             {},
             {"号牌号码", "机动车所有人", "身份证明号码", "号牌种类", "车辆类型", "品牌型号",
              "使用性质", "初次登记日期", "检验有效期止", "状态", "购置价(元)", "住所地址"}},
            {.source = Source::kVehicle, .has_birth = false, .has_sex = false, .has_phone = false});
  roll.add_header();
  for (const Vehicle& vehicle : input.registers.vehicles) {
    const ObservedPerson seen = roll.see(vehicle.key, vehicle.owner);
    const KindText& kind = kKinds[static_cast<std::size_t>(vehicle.kind)];
    const bool freight = vehicle.kind == VehicleKind::kHeavyTruck;
    const std::string model(roll.rng().pick(kind.models));
    roll.add(vehicle.key, vehicle.owner, seen,
             {vehicle.key, seen.name, seen.id, std::string(kind.plate), std::string(kind.vehicle),
              model, freight ? "货运" : "非营运", iso_date(vehicle.registered),
              iso_date(vehicle.inspected_to), std::string(1, vehicle.state),
              std::to_string(vehicle.price), roll.address_of(vehicle.owner)});
  }
  return roll.finish(input.registers.as_of.vehicle);
}

}  // namespace bidui::world
