#include <array>

#include "bench/world/kinship.h"
#include "bench/world/table.h"
#include "bench/world/writers.h"

namespace bidui::world {
namespace {

const std::vector<std::string> kHeader = {
    "序号",       "县(市、区、旗)", "乡(镇)",       "行政村",       "自然村",   "户编号",
    "人编号",     "成员姓名",       "性别",         "证件号码",     "出生日期", "家庭人口数",
    "与户主关系", "民族",           "文化程度",     "健康状况",     "劳动技能", "务工状况",
    "户类型",     "脱贫属性",       "脱贫年度",     "主要致贫原因", "危房户",   "人均纯收入(元)",
    "联系电话",   "住址",           "首次识别时间", "人员识别时间"};
constexpr std::string_view kFile = "扶贫系统人员导出.csv";

std::string_view health_text(const Person& person) {
  static constexpr std::array<std::string_view, 4> kTexts = {"健康", "长期慢性病", "患有大病",
                                                             "残疾"};
  return kTexts[person.health];
}

std::string_view labour_text(const Person& person, Day day) {
  const int age = age_on(person.birth, day);
  if (age < 16) return "无劳动力";
  if (person.health == 3) return "丧失劳动力";
  return age < 60 ? "普通劳动力" : age < 70 ? "弱劳动力或半劳动力" : "无劳动力";
}

}  // namespace

Result<SourceTruth> write_poverty(const WriterInput& input) {
  const World& world = input.world;
  const Day as_of = input.registers.as_of.poverty;
  Observer observer(
      world, input.names, input.confusions, input.rates,
      {.source = Source::kPoverty,
       .birth_styles = {DateStyle::kIso, DateStyle::kIso, DateStyle::kCompact, DateStyle::kSlash}},
      input.seed);
  Table table(input.directory + "/" + std::string(kFile),
              {.encoding = "gb18030", .line_end = "\r\n"});
  SourceTruth truth;
  table.add(kHeader);
  std::size_t serial = 0;
  for (const PovertyHousehold& household : input.registers.poverty) {
    const Home& home = world.homes[household.home];
    std::vector<PersonIndex> members;
    for (const PovertyMember& member : household.members) members.push_back(member.person);
    const ObservedAddress address = observer.observe_address(household.home);
    const std::string county = home.outside > 0 ? world.divisions.neighbours[home.outside - 1U].name
                                                : world.divisions.home.name;
    for (const PovertyMember& member : household.members) {
      const Person& person = world.people[member.person];
      const ObservedPerson seen =
          observer.observe(member.person, others_than(members, member.person));
      const bool away = person.away == Away::kMigrantWorker;
      const std::vector<std::string> row = {
          std::to_string(++serial),
          county,
          world.township_of(home.village).name,
          address.village,
          address.group,
          household.key,
          member.key,
          seen.name,
          seen.sex,
          seen.id,
          seen.birth,
          std::to_string(household.members.size()),
          std::string(
              relation_text(relation_to(world, members.front(), member.person), Source::kPoverty)),
          std::string(people_name(person.people)),
          age_on(person.birth, as_of) < 6 ? "学龄前儿童" : "小学",
          std::string(health_text(person)),
          std::string(labour_text(person, as_of)),
          away ? "省外务工" : "",
          std::string(household.attribute),
          household.exit_year > 0 ? "已脱贫" : "未脱贫",
          household.exit_year > 0 ? std::to_string(household.exit_year) : "",
          std::string(household.cause),
          household.dangerous_house ? "是" : "否",
          std::to_string(household.income),
          seen.phone,
          address.full,
          format_date(household.identified, DateStyle::kIso),
          format_date(member.identified, DateStyle::kIso)};
      const std::size_t number = table.add(row);
      const ErrorSet errors = seen.errors | address.errors |
                              (member.duplicate ? error_bit(ErrorClass::kRowDuplicated) : 0);
      add_record(truth,
                 {Source::kPoverty, member.key, number, member.person, household.home, errors, ""});
      add_membership(truth, Source::kPoverty, household.key, member.person, person.home);
      note_row_errors(input, Source::kPoverty, member.key, member.person, seen, truth);
    }
  }
  BIDUI_TRY(table.write());
  add_delivery(truth, Source::kPoverty, kFile, as_of, world.divisions.home.current_code);
  return truth;
}

}  // namespace bidui::world
