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

std::string_view labour_text(const Person& person, Day day, bool unaware) {
  const int age = age_on(person.birth, day);
  if (age < 16) return "无劳动力";
  if (person.health == 3 && !unaware) return "丧失劳动力";
  return age < 60 ? "普通劳动力" : age < 70 ? "弱劳动力或半劳动力" : "无劳动力";
}

std::string_view schooling_text(const Person& person, Day day) {
  const int age = age_on(person.birth, day);
  if (age < 6) return "学龄前儿童";
  return age < 12 || age > 50 ? "小学" : "初中";
}

class PovertyWriter {
 public:
  PovertyWriter(const WriterInput& input, const std::vector<PovertyHousehold>& households,
                int division, std::string_view file)
      : input_(input),
        households_(households),
        division_(division),
        world_(input.world),
        observer_(input.world, input.names, input.confusions, input.rates,
                  {.source = Source::kPoverty,
                   .birth_styles = {DateStyle::kIso, DateStyle::kIso, DateStyle::kCompact,
                                    DateStyle::kSlash}},
                  input.seed, input.hand()),
        form_(form_of(input.profile, Source::kPoverty,
                      {std::string(kFile), {.encoding = "gb18030", .line_end = "\r\n"}, kHeader})),
        file_(std::string(file) + form_.file),
        table_(input.directory + "/" + file_, form_.table) {}

  Result<SourceTruth> write() {
    table_.add(form_.header);
    for (const PovertyHousehold& household : households_) write_household(household);
    BIDUI_TRY(table_.write());
    add_delivery(truth_, Source::kPoverty, file_, input_.registers.as_of.poverty, division_);
    return std::move(truth_);
  }

 private:
  void write_household(const PovertyHousehold& household);
  std::vector<std::string> household_row(const PovertyHousehold& household,
                                         const ObservedAddress& address) const;
  void fill_person(const PovertyMember& member, const ObservedPerson& seen, PersonIndex head,
                   std::vector<std::string>& row) const;

  const WriterInput& input_;
  const std::vector<PovertyHousehold>& households_;
  int division_;
  const World& world_;
  Observer observer_;
  Form form_;
  std::string file_;
  Table table_;
  SourceTruth truth_;
  std::size_t serial_ = 0;
};

// The columns that repeat on every row of a household.
std::vector<std::string> PovertyWriter::household_row(const PovertyHousehold& household,
                                                      const ObservedAddress& address) const {
  const Home& home = world_.homes[household.home];
  const Divisions& divisions = world_.divisions;
  std::vector<std::string> row(kHeader.size());
  row[1] = home.outside > 0 ? divisions.neighbours[home.outside - 1U].name : divisions.home.name;
  row[2] = world_.township_of(home.village).name;
  row[3] = address.village;
  row[4] = address.group;
  row[5] = household.key;
  row[11] = std::to_string(household.members.size());
  row[18] = household.attribute;
  row[19] = household.exit_year > 0 ? "已脱贫" : "未脱贫";
  row[20] = household.exit_year > 0 ? std::to_string(household.exit_year) : "";
  row[21] = household.cause;
  row[22] = household.dangerous_house ? "是" : "否";
  row[23] = std::to_string(household.income);
  row[25] = address.full;
  row[26] = format_date(household.identified, DateStyle::kIso);
  return row;
}

void PovertyWriter::fill_person(const PovertyMember& member, const ObservedPerson& seen,
                                PersonIndex head, std::vector<std::string>& row) const {
  const Person& person = world_.people[member.person];
  const Day as_of = input_.registers.as_of.poverty;
  row[6] = member.key;
  row[7] = seen.name;
  row[8] = seen.sex;
  row[9] = seen.id;
  row[10] = seen.birth;
  row[12] = relation_text(relation_to(world_, head, member.person), Source::kPoverty);
  row[13] = people_name(person.people);
  row[14] = schooling_text(person, as_of);
  row[15] = member.unaware ? "健康" : health_text(person);
  row[16] = labour_text(person, as_of, member.unaware);
  row[17] = person.away == Away::kMigrantWorker ? "省外务工" : "";
  row[24] = seen.phone;
  row[27] = format_date(member.identified, DateStyle::kIso);
}

void PovertyWriter::write_household(const PovertyHousehold& household) {
  if (household.members.empty()) return;  // struck off
  std::vector<PersonIndex> members;
  for (const PovertyMember& member : household.members) members.push_back(member.person);
  observer_.begin(household.key);
  const ObservedAddress address = observer_.observe_address(household.home);
  std::vector<std::string> row = household_row(household, address);
  for (const PovertyMember& member : household.members) {
    observer_.begin(member.key);
    const ObservedPerson seen =
        observer_.observe(member.person, others_than(members, member.person));
    row[0] = std::to_string(++serial_);
    fill_person(member, seen, members.front(), row);
    const std::size_t number = table_.add(row);
    const ErrorSet errors = seen.errors | address.errors |
                            (member.duplicate ? error_bit(ErrorClass::kRowDuplicated) : 0);
    add_record(truth_,
               {Source::kPoverty, member.key, number, member.person, household.home, errors, ""});
    add_membership(truth_, Source::kPoverty, household.key, member.person,
                   world_.people[member.person].home);
    note_row_errors(input_, Source::kPoverty, member.key, member.person, seen, truth_);
  }
}

}  // namespace

Result<SourceTruth> write_poverty(const WriterInput& input) {
  return PovertyWriter(input, input.registers.poverty, input.world.divisions.home.current_code, "")
      .write();
}

Result<SourceTruth> write_next_county(const WriterInput& input) {
  const County& next = input.world.divisions.neighbours.front();
  return PovertyWriter(input, input.registers.next_county, next.current_code, next.name).write();
}

}  // namespace bidui::world
