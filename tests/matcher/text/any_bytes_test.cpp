// Whatever bytes a cell holds, each parser ends, stays in bounds and gives a consistent value.
#include <gtest/gtest.h>
#include <random>
#include <string>

#include "matcher/text/address.h"
#include "matcher/text/date.h"
#include "matcher/text/id_number.h"
#include "matcher/text/latin_name.h"
#include "matcher/text/mask.h"
#include "matcher/text/name.h"
#include "matcher/text/phone.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/relation.h"
#include "matcher/text/sex.h"

namespace bidui::text {
namespace {

constexpr unsigned kSeed = 340826;

std::string random_text(std::minstd_rand& random) {
  const std::string pieces[] = {
      "0",  "1",    "2",  "19", "340826", "X",  "×",  "'",  " ",  "　",   ".",           "0.",
      "E+", "17",   "年", "月", "日",     "十", "廿", "-",  "/",  "(",    "）",          "千岭",
      "村", "社区", "组", "号", "县",     "乡", "三", "闰", "初", "农历", "\xE4\xBC",    "\xFF",
      "王", "ü",    ":",  "+",  "Nov",    "B1", "*",  "之", "子", "\x00", "\xED\xA0\x80"};
  std::string text;
  for (auto k = random() % 24; k > 0; --k) text += pieces[random() % std::size(pieces)];
  if (random() % 8 == 0) text += std::string(random() % 300, '9');
  return text;
}

void expect_consistent(const IdNumber& id, const std::string& place) {
  EXPECT_LT(id.digits17, 100000000000000000ULL) << place;
  EXPECT_LE(id.known_prefix, 17) << place;
  EXPECT_TRUE(id.birth.is_missing() || valid(id.birth)) << place;
  EXPECT_LE(id.region, 999999u) << place;
  if (id.state != IdState::kValid) return;
  EXPECT_EQ(id.check, id_check_digit(id.digits17)) << place;
  EXPECT_NE(id.sex, Sex::kUnknown) << place;
}

TEST(AnyBytesTest, EveryParserEndsWithAConsistentValue) {
  const AddressResolver resolver(340826);
  std::minstd_rand random(kSeed);
  for (int i = 0; i < 30000; ++i) {
    const std::string text = random_text(random);
    const std::string place = "seed " + std::to_string(kSeed) + " step " + std::to_string(i);
    expect_consistent(parse_id_number(text), place);

    const ParsedDate date = parse_date(text);
    EXPECT_EQ(date.state == DateState::kMissing, date.date.is_missing()) << place;
    EXPECT_TRUE(!date.date.is_full() || valid(date.date)) << place;

    const Address address = resolver.resolve(text, "", text, text, text);
    EXPECT_TRUE(address.division_level == 0 || address.division >= 10000000000ULL) << place;

    (void)standardise_name(text);
    (void)parse_phone(text);
    (void)parse_relation(text);
    (void)parse_sex(text);
    const LatinName latin = standardise_latin(text);
    for (std::size_t k = 0; k <= latin.token_count; ++k) (void)phonetic_code(latin.token(k));
    (void)(mask_id(text) + mask_name(text) + mask_phone(text) + mask_address(text) +
           mask_other(text));
  }
}

}  // namespace
}  // namespace bidui::text
