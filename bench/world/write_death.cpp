#include <array>
#include <set>

#include "bench/world/table.h"
#include "bench/world/writers.h"

namespace bidui::world {
namespace {

const std::vector<std::string> kHeader = {"登记编号",       "死者姓名", "性别",     "出生日期",
                                          "身份证号",       "死亡日期", "火化日期", "死亡原因",
                                          "常住户口所在地", "信息来源", "联系电话"};
constexpr std::string_view kFile = "死亡人口信息.txt";

}  // namespace

Result<SourceTruth> write_death(const WriterInput& input) {
  static constexpr std::array<const char*, 7> kCauses = {
      "衰老", "恶性肿瘤", "心脏病", "脑血管病", "意外伤害", "呼吸系统疾病", ""};
  const World& world = input.world;
  Observer observer(world, input.names, input.confusions, input.rates,
                    {.source = Source::kDeath,
                     .birth_styles = {DateStyle::kIso, DateStyle::kCompact, DateStyle::kDot,
                                      DateStyle::kSlash, DateStyle::kChinese}},
                    input.seed, input.hand());
  Rng& rng = observer.rng();
  const Form form =
      form_of(input.profile, Source::kDeath, {std::string(kFile), {.delimiter = '\t'}, kHeader});
  Table table(input.directory + "/" + form.file, form.table);
  SourceTruth truth;
  table.add(form.header);
  std::set<PersonIndex> reported;
  for (const DeathReport& report : input.registers.deaths) {
    const Person& person = world.people[report.person];
    observer.begin(report.key);
    const ObservedAddress address = observer.observe_address(person.home);
    const ObservedPerson seen = observer.observe(
        report.person, others_than(world.homes[person.home].members, report.person));
    const Day cremated = report.cremated ? person.death + rng.range(1, 4) : kNever;
    const std::size_t number = table.add(
        {report.key, seen.name, seen.sex, seen.birth, seen.id,
         format_date(person.death, rng.chance(0.5) ? DateStyle::kIso : DateStyle::kCompact),
         format_date(cremated, DateStyle::kIso), rng.pick(kCauses), address.full,
         report.cremated   ? "殡仪馆"
         : rng.chance(0.8) ? "死亡医学证明"
                           : "村级上报",
         seen.phone});
    const bool duplicate = !reported.insert(report.person).second;
    const ErrorSet errors =
        seen.errors | address.errors | (duplicate ? error_bit(ErrorClass::kRowDuplicated) : 0);
    add_record(truth, {Source::kDeath, report.key, number, report.person, person.home, errors, ""});
    note_row_errors(input, Source::kDeath, report.key, report.person, seen, truth);
  }
  BIDUI_TRY(table.write());
  add_delivery(truth, Source::kDeath, form.file, input.registers.as_of.death,
               world.divisions.home.current_code);
  return truth;
}

}  // namespace bidui::world
