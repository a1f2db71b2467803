#include "bench/micro/people.h"

#include <cstdint>
#include <cstdio>
#include <iterator>
#include <random>
#include <span>

#include "matcher/record/feature_builder.h"
#include "matcher/text/date.h"
#include "matcher/text/id_number.h"
#include "matcher/text/utf8.h"

namespace bidui::bench {
namespace {

constexpr std::uint32_t kCounty = 340826;
constexpr std::u32string_view kSurnames = U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
constexpr std::u32string_view kGiven =
    U"伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂珍华建国红玉";
constexpr const char* kLatinGiven[] = {"MARIA", "JOHN", "ANNA", "PETER", "JESSICA", "TOM", "EMILY"};
constexpr const char* kLatinStems[] = {"SANT", "WEB", "CLARK", "MILL", "JOHN", "HARR", "MATTHEW"};
constexpr const char* kLatinEndings[] = {"ER", "SON", "S", "IS", "LEY", "FIELD"};
constexpr const char* kVillages[] = {"孙岭村", "竹墩村", "木梓村", "张庙村", "九庙村"};

std::string id_number(const char* birth, unsigned sequence) {
  char digits[18];
  std::snprintf(digits, sizeof digits, "%06u%.8s%03u", kCounty, birth, sequence % 1000);
  const std::uint8_t check = text::id_check_digit(std::stoull(digits));
  return std::string(digits) + (check == 10 ? 'X' : static_cast<char>('0' + check));
}

}  // namespace

std::vector<Person> make_people(std::size_t count, unsigned seed) {
  std::minstd_rand random(seed);
  std::vector<Person> people(count);
  for (std::size_t i = 0; i < count; ++i) {
    Person& p = people[i];
    const char32_t name[] = {kSurnames[random() % kSurnames.size()],
                             kGiven[random() % kGiven.size()], kGiven[random() % kGiven.size()]};
    p.name = text::to_utf8(std::span<const char32_t>(name, i % 4 == 0 ? 2 : 3));
    const auto day = text::from_day_number(static_cast<std::int32_t>(random() % 30000) - 15000);
    char birth[24];
    std::snprintf(birth, sizeof birth, "%04d%02d%02d", day.year, day.month, day.day);
    const auto sequence = static_cast<unsigned>(1 + random() % 998);
    p.birth = birth;
    p.id_number = id_number(birth, sequence);
    p.sex = sequence % 2 == 1 ? "男" : "女";
    p.address = std::string("安徽省宿松县千岭乡") + kVillages[random() % 5] +
                std::to_string(1 + random() % 12) + "组" + std::to_string(1 + random() % 300) +
                "号";
    p.phone = "138" + std::to_string(10'000'000 + random() % 89'999'999);
  }
  return people;
}

Person misspelt(const Person& person, std::size_t index) {
  Person other = person;
  if (index % 3 == 0) {
    std::u32string name = text::to_utf32(person.name);
    name.back() = kGiven[index % kGiven.size()];
    other.name = text::to_utf8(name);
  } else if (index % 3 == 1) {
    char& digit = other.id_number[8 + index % 6];
    digit = digit == '9' ? '0' : static_cast<char>(digit + 1);
  }
  return other;
}

std::vector<std::string> make_latin_names(std::size_t count, unsigned seed) {
  std::minstd_rand random(seed);
  std::vector<std::string> names(count);
  for (std::string& name : names) {
    name = kLatinGiven[random() % std::size(kLatinGiven)];
    name += ' ';
    name += kLatinStems[random() % std::size(kLatinStems)];
    name += kLatinEndings[random() % std::size(kLatinEndings)];
  }
  return names;
}

record::PersonFeatures features_of(const Person& person) {
  static const record::FeatureBuilder builder(kCounty);
  record::RepairCounts repairs{};
  record::PersonText text;
  text.name = person.name;
  text.id_number = person.id_number;
  text.birth = person.birth;
  text.sex = person.sex;
  text.address.text = person.address;
  text.phone = person.phone;
  return builder.build(text, repairs);
}

}  // namespace bidui::bench
