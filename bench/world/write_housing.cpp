#include <array>

#include "bench/world/table.h"
#include "bench/world/writers.h"

namespace bidui::world {
namespace {

const std::vector<std::string> kHeader = {
    "档案编号",   "乡(镇)",       "行政村",       "村民小组",     "农户姓名",
    "身份证号码", "家庭人口数",   "农户贫困类型", "房屋坐落",     "房屋结构",
    "建造年代",   "建筑面积(㎡)", "房屋危险等级", "鉴定日期",     "列入计划年度",
    "改造方式",   "竣工日期",     "补助资金(元)", "是否唯一住房", "联系电话"};
constexpr std::string_view kFile = "农村危房信息.csv";

DateStyle draw_style(Rng& rng) {
  static constexpr std::array<DateStyle, 5> kStyles = {
      DateStyle::kIso, DateStyle::kSlash, DateStyle::kDot, DateStyle::kChinese, DateStyle::kSerial};
  return rng.pick(kStyles);
}

}  // namespace

Result<SourceTruth> write_housing(const WriterInput& input) {
  static constexpr std::array<const char*, 6> kStructures = {"土坯", "砖木", "砖混",
                                                             "框架", "石砌", "木结构"};
  const World& world = input.world;
  Observer observer(
      world, input.names, input.confusions, input.rates,
      {.source = Source::kHousing, .has_birth = false, .has_sex = false, .full_address = false},
      input.seed, input.hand());
  Rng& rng = observer.rng();
  const Form form =
      form_of(input.profile, Source::kHousing,
              {std::string(kFile), {.delimiter = '|', .encoding = "UTF-8-BOM"}, kHeader});
  Table table(input.directory + "/" + form.file, form.table);
  SourceTruth truth;
  table.add(form.header);
  for (const House& house : input.registers.houses) {
    const Home& home = world.homes[house.home];
    observer.begin(house.key);
    const ObservedAddress address = observer.observe_address(house.home);
    const ObservedPerson seen =
        observer.observe(house.owner, others_than(home.members, house.owner));
    const bool completed = house.completed != kNever;
    std::string grade(1, house.grade);
    if (rng.chance(0.3)) grade += "级";
    std::string_view way;
    if (house.plan_year > 0) way = house.grade == 'D' ? "拆除重建" : "修缮加固";
    const std::size_t number =
        table.add({house.key,
                   world.township_of(home.village).name,
                   address.village,
                   address.group,
                   seen.name,
                   seen.id,
                   std::to_string(home.members.size()),
                   std::string(house.poverty_kind),
                   address.full,
                   rng.pick(kStructures),
                   std::to_string(house.built),
                   std::to_string(house.area),
                   grade,
                   format_date(house.appraised, draw_style(rng)),
                   house.plan_year > 0 ? std::to_string(house.plan_year) : "",
                   std::string(way),
                   format_date(house.completed, draw_style(rng)),
                   completed ? (house.grade == 'D' ? "21000" : "7500") : "",
                   house.only_house ? "是" : "否",
                   seen.phone});
    const ErrorSet errors = seen.errors | address.errors |
                            (house.duplicate ? error_bit(ErrorClass::kRowDuplicated) : 0);
    add_record(truth, {Source::kHousing, house.key, number, house.owner, house.home, errors, ""});
    add_membership(truth, Source::kHousing, house.key, house.owner, house.home);
    note_row_errors(input, Source::kHousing, house.key, house.owner, seen, truth);
  }
  BIDUI_TRY(table.write());
  add_delivery(truth, Source::kHousing, form.file, input.registers.as_of.housing,
               world.divisions.home.current_code);
  return truth;
}

}  // namespace bidui::world
