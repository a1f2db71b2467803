#include <array>
#include <fmt/format.h>

#include "bench/world/roll.h"

namespace bidui::world {
namespace {

constexpr std::array<std::string_view, 10> kPosts = {
    "公务员", "事业编",     "工勤",       "离退休",   "遗属补助",
    "临聘",   "公益性岗位", "村干部补贴", "村医补助", "三支一扶"};

}  // namespace

Result<SourceTruth> write_payroll(const WriterInput& input) {
  Roll roll(input,
            {"财政供养人员花名册.csv",
             {.encoding = "UTF-8-BOM"},
             {"人员编码", "单位名称", "姓名", "身份证号", "人员类别", "实发工资", "月份"}},
            {.source = Source::kPayroll, .has_birth = false, .has_sex = false, .has_phone = false});
  if (!input.profile.second) {
    roll.add_title(input.world.divisions.home.name + "财政供养人员花名册");
  }
  roll.add_header();
  const std::string month = compact_date(input.registers.as_of.payroll).substr(0, 6);
  long total = 0;
  for (const PayrollRow& row : input.registers.payroll) {
    const ObservedPerson seen = roll.see(row.key, row.person);
    roll.add(
        row.key, row.person, seen,
        {row.key, row.employer, seen.name, seen.id,
         std::string(kPosts[static_cast<std::size_t>(row.post)]), std::to_string(row.wage), month});
    total += row.wage;
  }
  if (!input.profile.second) {
    roll.add_title(fmt::format("合计：{}人，{}元", input.registers.payroll.size(), total));
  }
  return roll.finish(input.registers.as_of.payroll);
}

}  // namespace bidui::world
