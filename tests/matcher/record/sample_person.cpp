#include "tests/matcher/record/sample_person.h"

#include <array>

#include "matcher/text/date.h"
#include "matcher/text/division.h"
#include "matcher/text/id_number.h"
#include "matcher/text/utf8.h"

namespace bidui::record {
namespace {

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

struct Place {
  std::string township;
  std::string village;
};

// Villages below a township, so that every sample has both.
Place pick_place(std::mt19937_64& random) {
  while (true) {
    const text::Division township =
        text::township(kSampleCounty, pick(random, text::township_count(kSampleCounty)));
    const auto code = static_cast<std::uint32_t>(township.code);
    const std::size_t villages = text::village_count(code);
    if (villages == 0) continue;
    return {std::string(township.name),
            std::string(text::village(code, pick(random, villages)).name)};
  }
}

}  // namespace

PersonText PersonCells::text() const {
  return {.name = name,
          .former_name = former_name,
          .id_number = id_number,
          .birth = birth,
          .sex = sex,
          .phone = phone,
          .address = {.township = township, .village = village, .group = group}};
}

PersonFeatures build_features(const PersonCells& cells) {
  static const FeatureBuilder builder(kSampleCounty);
  RepairCounts repairs{};
  return builder.build(cells.text(), repairs);
}

std::string id_number_of(std::uint32_t region, std::uint32_t birth, std::uint32_t sequence) {
  const std::uint64_t digits = (region * 100'000'000ULL + birth) * 1000 + sequence;
  const std::uint8_t check = text::id_check_digit(digits);
  return std::to_string(digits) + (check == 10 ? 'X' : static_cast<char>('0' + check));
}

const std::u32string& given_characters() {
  static const std::u32string characters =
      U"伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志文玉珍红梅春生福林金凤"
      U"云龙海波东成家宝贵德发祥荣胜利民忠义孝礼智信康宁安泰和顺昌盛兴旺财源广进喜乐";
  return characters;
}

const std::vector<std::u32string>& sample_surnames() {
  static const std::vector<std::u32string> surnames = {
      U"王", U"李", U"张", U"刘", U"陈", U"杨", U"黄", U"赵", U"吴",   U"周",   U"徐",
      U"孙", U"马", U"朱", U"胡", U"郭", U"何", U"高", U"林", U"罗",   U"郑",   U"梁",
      U"谢", U"宋", U"唐", U"许", U"韩", U"冯", U"邓", U"曹", U"彭",   U"曾",   U"萧",
      U"傅", U"余", U"石", U"单", U"仇", U"阎", U"戴", U"邱", U"欧阳", U"司马", U"令狐"};
  return surnames;
}

std::uint64_t pick(std::mt19937_64& random, std::uint64_t n) { return random() % n; }

PersonCells PersonGenerator::next_of_two_parts() {
  static const std::vector<std::string> parts = {"阿卜杜拉", "买买提", "次仁",   "曲珍",
                                                 "吉克",     "伍果",   "古丽巴", "艾尼瓦尔"};
  PersonCells cells = next();
  const std::size_t first = pick(random_, parts.size());
  const std::size_t second = (first + 1 + pick(random_, parts.size() - 1)) % parts.size();
  cells.name = parts[first] + "·" + parts[second];
  return cells;
}

PersonCells PersonGenerator::next() {
  const auto& surnames = sample_surnames();
  const auto& given = given_characters();
  std::u32string name = surnames[pick(random_, surnames.size())];
  name += given[pick(random_, given.size())];
  const char32_t second = given[pick(random_, given.size())];
  if (pick(random_, 10) < 7 && second != name.back()) name += second;  // 王宝宝 is no name

  const auto first_day = text::day_number({1930, 1, 1});
  const text::Date birth =
      text::from_day_number(first_day + static_cast<std::int32_t>(pick(random_, 86 * 365)));
  const auto packed =
      static_cast<std::uint32_t>(birth.year * 10000 + birth.month * 100 + birth.day);
  const std::uint32_t region = birth.year < 1985 ? 342826 : kSampleCounty;
  const auto sequence = static_cast<std::uint32_t>(1 + pick(random_, 990));
  const Place place = pick_place(random_);
  return {.name = text::to_utf8(name),
          .id_number = id_number_of(region, packed, sequence),
          .birth = std::to_string(birth.year) + "-" + two_digits(birth.month) + "-" +
                   two_digits(birth.day),
          .sex = sequence % 2 == 1 ? "男" : "女",
          .phone = "13" + std::to_string(100'000'000 + pick(random_, 900'000'000)),
          .township = place.township,
          .village = place.village,
          .group = std::to_string(1 + pick(random_, 20))};
}

}  // namespace bidui::record
