#include "matcher/link/entered_twice.h"

#include <gtest/gtest.h>
#include <string>

#include "tests/matcher/record/sample_person.h"

namespace bidui::link {
namespace {

using record::PersonCells;

constexpr std::uint32_t kBorn = 19781104;

PersonCells person() {
  return {.name = "刘德斌",
          .id_number = record::id_number_of(record::kSampleCounty, kBorn, 123),
          .birth = "1978-11-04",
          .sex = "男",
          .phone = "13950890674",
          .township = "破凉镇",
          .village = "河口村",
          .group = "3"};
}

struct Case {
  std::string what;
  PersonCells a;
  PersonCells b;
  bool twice;
};

template <typename Change>
PersonCells changed(const Change& change) {
  PersonCells cells = person();
  change(cells);
  return cells;
}

std::vector<Case> cases() {
  const std::string other = record::id_number_of(record::kSampleCounty, kBorn, 125);
  const PersonCells no_number = changed([](PersonCells& c) { c.id_number.clear(); });
  return {
      {"a copy", person(), person(), true},
      {"a number missing", person(), no_number, true},
      {"both numbers missing", no_number, no_number, true},
      {"a number missing, and with it the sex", changed([](PersonCells& c) { c.sex.clear(); }),
       changed([](PersonCells& c) { c.sex = c.id_number = ""; }), true},
      {"a number missing, another group of the village", person(), changed([](PersonCells& c) {
         c.id_number = c.phone = "";
         c.group = "7";
       }),
       true},
      {"a wrong digit", person(),
       changed([](PersonCells& c) { c.id_number[16] = c.id_number[16] == '3' ? '4' : '3'; }), true},
      {"a wrong digit, another village", person(), changed([](PersonCells& c) {
         c.id_number[16] = c.id_number[16] == '3' ? '4' : '3';
         c.village = "东山村";
         c.phone.clear();
       }),
       true},
      {"a digit lost, another village", person(), changed([](PersonCells& c) {
         c.id_number.erase(9, 1);
         c.village = "东山村";
         c.phone.clear();
       }),
       true},
      {"a wrong digit under another name: perhaps his twin", person(), changed([](PersonCells& c) {
         c.id_number[16] = c.id_number[16] == '3' ? '4' : '3';
         c.name = "刘德武";
       }),
       false},
      {"a homophone under one number", person(), changed([](PersonCells& c) { c.name = "刘德宾"; }),
       true},
      {"one number, no birth date and place", person(),
       changed([](PersonCells& c) { c.birth = c.village = c.township = c.phone = ""; }), true},
      {"a homophone without a number: perhaps his twin", no_number,
       changed([](PersonCells& c) { c.name = "刘德宾"; }), false},
      {"a twin", person(), changed([&](PersonCells& c) {
         c.name = "刘德武";
         c.id_number = other;
       }),
       false},
      {"a twin without a number", person(), changed([](PersonCells& c) {
         c.name = "刘德武";
         c.id_number.clear();
       }),
       false},
      {"one number under unlike names: copied from a brother", person(),
       changed([](PersonCells& c) { c.name = "刘永"; }), false},
      {"one number and birthday under unlike names: a number given twice, or a pet name", person(),
       changed([](PersonCells& c) { c.name = "刘二娃"; }), false},
      {"a wrong digit and a homophone, the same birthday", person(), changed([](PersonCells& c) {
         c.id_number[16] = c.id_number[16] == '3' ? '4' : '3';
         c.name = "刘德宾";
       }),
       true},
      {"a namesake of that birth date with a number of his own", person(),
       changed([&](PersonCells& c) { c.id_number = other; }), false},
      {"a namesake of another village", no_number, changed([](PersonCells& c) {
         c.village = "东山村";
         c.phone.clear();
         c.id_number.clear();
       }),
       false},
      {"a namesake born another day", no_number, changed([](PersonCells& c) {
         c.birth = "1978-11-05";
         c.id_number.clear();
       }),
       false},
      {"only a year of birth", no_number, changed([](PersonCells& c) {
         c.birth = "1978";
         c.id_number.clear();
       }),
       false},
  };
}

TEST(EnteredTwice, IsSaidOfThePersonAndOfNobodyElse) {
  for (const Case& c : cases()) {
    const record::PersonFeatures a = record::build_features(c.a);
    const record::PersonFeatures b = record::build_features(c.b);
    EXPECT_EQ(entered_twice(a, b), c.twice) << c.what;
    EXPECT_EQ(entered_twice(b, a), c.twice) << c.what << ", exchanged";
  }
}

}  // namespace
}  // namespace bidui::link
