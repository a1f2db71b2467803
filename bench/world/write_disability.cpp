#include <array>
#include <fmt/format.h>

#include "bench/world/roll.h"

namespace bidui::world {
namespace {

constexpr std::array<std::string_view, 8> kKinds = {"",     "视力", "听力", "言语",
                                                    "肢体", "智力", "精神", "多重"};
constexpr std::array<std::string_view, 5> kGrades = {"", "一级", "二级", "三级", "四级"};

// Whoever looks after a person whose mind is ill.
std::string guardian_of(const World& world, const Person& person) {
  if (person.disability_kind != 5 && person.disability_kind != 6) return {};
  for (const PersonIndex guardian : {person.spouse, person.father, person.mother}) {
    if (guardian != kNone && world.people[guardian].alive(world.today)) {
      return world.people[guardian].name();
    }
  }
  return {};
}

}  // namespace

Result<SourceTruth> write_disability(const WriterInput& input) {
  Roll roll(input,
            {"持证残疾人名册.txt",
             {.delimiter = '\t', .encoding = "UTF-16LE", .line_end = "\r\n"},
             {"档案号", "残疾人证号", "姓名", "性别", "出生日期", "残疾类别", "残疾等级",
              "发证日期", "状态", "户籍地址", "监护人"}},
            {.source = Source::kDisability, .has_phone = false});
  roll.add_header();
  for (const Certificate& certificate : input.registers.certificates) {
    const Person& person = input.world.people[certificate.person];
    ObservedPerson seen = roll.see(certificate.key, certificate.person);
    // The certificate's number is the identity number with kind and grade behind it.
    if (seen.id.size() == 18) {
      seen.id += fmt::format("{}{}", person.disability_kind, person.disability_grade);
    }
    roll.add(
        certificate.key, certificate.person, seen,
        {certificate.key, seen.id, seen.name, seen.sex, seen.birth,
         std::string(kKinds[person.disability_kind]), std::string(kGrades[person.disability_grade]),
         iso_date(certificate.issued), certificate.cancelled ? "注销" : "正常",
         roll.address_of(certificate.person), guardian_of(input.world, person)});
  }
  return roll.finish(input.registers.as_of.disability);
}

}  // namespace bidui::world
