#include <array>

#include "bench/world/roll.h"

namespace bidui::world {

Result<SourceTruth> write_business(const WriterInput& input) {
  static constexpr std::array<std::string_view, 4> kKinds = {"个体工商户", "有限责任公司",
                                                             "农民专业合作社", "个人独资企业"};
  Roll roll(input,
            {"市场主体登记.csv",
             {.encoding = "gb18030"},
             {"登记序号", "企业名称", "统一社会信用代码", "企业类型", "姓名", "证件号码",
              "人员身份", "注册资本(万元)", "成立日期", "登记状态", "从业人数", "住所"}},
            {.source = Source::kBusiness,
             .has_birth = false,
             .has_sex = false,
             .has_phone = false,
             .full_address = false});
  roll.add_header();
  for (const BusinessRole& role : input.registers.businesses) {
    const ObservedPerson seen = roll.see(role.key, role.person);
    roll.add(role.key, role.person, seen,
             {role.key, role.business, role.code,
              std::string(kKinds[static_cast<std::size_t>(role.kind)]), seen.name, seen.id,
              std::string(role.role), std::to_string(role.capital), iso_date(role.founded),
              std::string(role.state), std::to_string(role.staff), roll.address_of(role.person)});
  }
  return roll.finish(input.registers.as_of.business);
}

}  // namespace bidui::world
