#include "bench/world/roll.h"

namespace bidui::world {

// One row for a couple; the record is the husband's.
Result<SourceTruth> write_marriage(const WriterInput& input) {
  Roll roll(
      input,
      {"婚姻登记信息.csv",
       {},
       {"登记字号", "男方姓名", "男方身份证号", "女方姓名", "女方身份证号", "登记类别",
        "登记日期"}},
      {.source = Source::kMarriage, .has_birth = false, .has_sex = false, .has_phone = false});
  roll.add_header();
  for (const WeddingRow& row : input.registers.weddings) {
    const ObservedPerson she = roll.see(row.key + "-女方", row.wife);
    const ObservedPerson he = roll.see(row.key, row.husband);
    roll.add(row.key, row.husband, he,
             {row.key, he.name, he.id, she.name, she.id, row.divorce ? "离婚登记" : "结婚登记",
              iso_date(row.day)});
  }
  return roll.finish(input.registers.as_of.marriage);
}

}  // namespace bidui::world
