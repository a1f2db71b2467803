#include "workspace/id_remarks.h"

#include <gmock/gmock.h>

#include "matcher/record/feature_builder.h"
#include "matcher/text/id_number.h"

namespace bidui::workspace {
namespace {

using compare::IdFinding;
using testing::HasSubstr;
using testing::IsEmpty;

std::string with_check(const std::string& digits) {
  const int check = text::id_check_digit(std::stoull(digits));
  return digits + (check == 10 ? "X" : std::to_string(check));
}

record::PersonFeatures person(const std::string& id, const std::string& birth = "",
                              const std::string& sex = "", const std::string& village = "") {
  record::RepairCounts repairs{};
  return record::FeatureBuilder(340826).build({.name = "王伟",
                                               .id_number = id,
                                               .birth = birth,
                                               .sex = sex,
                                               .address = {.village = village}},
                                              repairs);
}

Explanation of_numbers(const std::string& left, const std::string& right, bool same_person) {
  const record::PersonFeatures a = person(left);
  const record::PersonFeatures b = person(right);
  Explanation e;
  e.id_finding = compare::id_finding(a, b, same_person);
  e.id_alteration = compare::id_alteration(a, b);
  return e;
}

TEST(IdRemarks, OfTwoNumbers) {
  const std::string good = with_check("34082619480901009");
  struct Case {
    std::string right;
    bool same_person;
    const char* zh;
    const char* en;
  };
  const Case cases[] = {
      {good.substr(0, 15) + (good[15] == '1' ? "2" : "1") + good.substr(16), true, "写错或录错",
       "mistyped"},
      {with_check("34082619430901009"), true, "只有出生日期不同（1 位，右方的早 5 年）",
       "only the birth date differs (digits: 1, the right one 5 years earlier)"},
      {with_check("34082619430901009"), true, "重算了校验码", "rewritten, check digit and all"},
      {with_check("34082519480901009"), true, "只有地址码不同（1 位）", "only the region differs"},
      {with_check("34082519430901009"), true, "有几段不同", "several parts"},
      {good, false, "却用同一个号码", "Not one person, but one number"},
  };
  for (const Case& c : cases) {
    const Explanation e = of_numbers(good, c.right, c.same_person);
    ASSERT_EQ(id_remarks(e, Locale::kChinese).size(), 1u) << c.zh;
    EXPECT_THAT(id_remarks(e, Locale::kChinese)[0], HasSubstr(c.zh));
    EXPECT_THAT(id_remarks(e, Locale::kEnglish)[0], HasSubstr(c.en));
  }
  EXPECT_THAT(id_remarks(of_numbers(good, good, true), Locale::kChinese), IsEmpty());
  EXPECT_THAT(id_remarks(of_numbers(good, "", true), Locale::kChinese), IsEmpty());
}

TEST(IdRemarks, OfANumberAndItsRecord) {
  Explanation e;
  e.left.record = "poverty:P1";
  e.right.record = "civil:C1";
  e.left.id_consistency = compare::id_consistency(
      person(with_check("51010119480901009"), "1955-03-08", "女", "孙岭村"));
  e.right.id_consistency = compare::id_consistency(
      person(with_check("34082619480901011"), "1948-09-01", "男", "孙岭村"));
  const auto remarks = id_remarks(e, Locale::kChinese);
  ASSERT_EQ(remarks.size(), 1u) << remarks[1];
  EXPECT_EQ(
      remarks[0],
      "poverty:P1 的号码与所填出生日期（不同）、所填性别、住址所在县（迁入的人常这样）不符。");
}

}  // namespace
}  // namespace bidui::workspace
