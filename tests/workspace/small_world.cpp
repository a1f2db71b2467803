#include "tests/workspace/small_world.h"

#include <array>
#include <cstdio>
#include <gtest/gtest.h>

#include "matcher/text/id_number.h"
#include "workspace/compare.h"

namespace bidui::workspace {
namespace {

constexpr std::array<const char*, 12> kSurnames = {"王", "李", "张", "刘", "陈", "杨",
                                                   "赵", "黄", "周", "吴", "徐", "孙"};
constexpr std::array<const char*, 15> kGiven = {"德明", "建国", "秀英", "桂兰", "志强",
                                                "海燕", "文博", "春梅", "光荣", "玉珍",
                                                "家栋", "晓东", "立新", "凤霞", "永福"};
constexpr std::array<const char*, 5> kVillages = {"长湖村", "先进村", "铜铃村", "三冲村", "永丰村"};

std::string padded(const char* format, int value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

std::string id_number(const std::string& birth, int sequence) {
  const std::string digits = "340826" + birth + padded("%03d", sequence);
  const int check = text::id_check_digit(std::stoull(digits));
  return digits + (check == 10 ? "X" : std::to_string(check));
}

std::string village(int h) { return kVillages[static_cast<std::size_t>(h) % kVillages.size()]; }
const char* relation(int p) { return p == 0 ? "户主" : p == 1 ? "妻" : "子"; }
// The digit before the check digit: odd for men.
const char* sex(int p) { return p == 1 ? "女" : "男"; }

std::string civil_csv() {
  std::string csv =
      "人员编号,户号,与户主关系,姓名,性别,出生日期,公民身份号码,乡镇,村居委会,住址详址\n";
  for (int h = 0; h < 60; ++h) {
    for (int p = 0; p < 3; ++p) {
      const SmallPerson person = small_person(h, p);
      csv += civil_key(h, p) + "," + household_no(h) + "," + relation(p) + "," + person.name + "," +
             sex(p) + "," + person.birth + "," + person.id + ",下仓镇," + village(h) + ",\n";
    }
  }
  return csv;
}

std::string poverty_csv() {
  std::string csv =
      "户编号,人编号,姓名,性别,证件号码,出生日期,与户主关系,乡(镇),行政村,贫困户属性,脱贫属性,"
      "首次识别时间\n";
  for (int h = 0; h < 30; ++h) {
    for (int p = 0; p < 3; ++p) {
      SmallPerson person = small_person(h, p);
      if (h == 1 && p == 0) person.id[15] = person.id[15] == '9' ? '8' : '9';
      if (h == 2 && p == 0) person.name = "张秀鹰";  // 张秀英
      if (h == 4 && p == 2) continue;
      csv += household_no(h) + "," + poverty_key(h, p) + "," + person.name + "," + sex(p) + "," +
             person.id + "," + person.birth + "," + relation(p) + ",下仓镇," + village(h) +
             ",低保贫困户,未脱贫,2014-08-02\n";
    }
  }
  return csv;
}

std::string allowance_csv() {
  std::string csv =
      "保障证号,序号,救助类别,家庭成员姓名,性别,出生日期,身份证件号码,与申请人关系,保障类别,乡镇,"
      "行政村,起保年月,状态\n";
  for (int h = 0; h < 5; ++h) {
    for (int p = 0; p < 3; ++p) {
      const SmallPerson person = small_person(h, p);
      csv += "D" + household_no(h) + "," + std::to_string(p + 1) + ",农村低保," + person.name +
             "," + sex(p) + "," + person.birth + "," + person.id + "," + relation(p) +
             ",A,下仓镇," + village(h) + ",201412,在保\n";
    }
  }
  return csv;
}

std::string death_csv() {
  const SmallPerson dead = small_person(3, 1);
  return "登记编号,逝者姓名,性别,证件号,出生日期,死亡日期,乡镇,行政村\nS1," + dead.name + ",女," +
         dead.id + "," + dead.birth + ",20160105,下仓镇," + village(3) + "\n";
}

}  // namespace

SmallPerson small_person(int h, int p) {
  SmallPerson person;
  const int surname = p == 1 ? h + 5 : h;
  person.name = std::string(kSurnames[static_cast<std::size_t>(surname) % kSurnames.size()]) +
                kGiven[static_cast<std::size_t>(h + p * 4 + h / 12) % kGiven.size()];
  person.birth = padded("%04d", (p == 2 ? 1990 : 1950) + (h * 7 + p) % 25) +
                 padded("%02d", 1 + (h * 5 + p) % 12) + padded("%02d", 1 + (h * 11 + p * 3) % 28);
  person.id = id_number(person.birth, (100 + h * 2 + (p == 1 ? 0 : 1)) % 1000);
  return person;
}

std::string poverty_key(int h, int p) { return padded("P%05d", h) + "-" + std::to_string(p); }
std::string civil_key(int h, int p) { return padded("C%05d", h) + "-" + std::to_string(p); }
std::string household_no(int h) { return padded("H%05d", h); }

SmallWorld::SmallWorld(const std::filesystem::path& directory) : ImportedWorld(directory) {
  if (!made()) return;
  import("civil", "2017-11-30", civil_csv());
  import("poverty", "2017-12-10", poverty_csv());
  import("allowance", "2017-12-05", allowance_csv());
  import("death", "2017-11-30", death_csv());
}

void SmallWorld::import_again(const std::string& source, const std::string& as_of,
                              const std::string& csv) {
  const std::string same = source == "poverty"     ? poverty_csv()
                           : source == "allowance" ? allowance_csv()
                           : source == "civil"     ? civil_csv()
                                                   : death_csv();
  import(source, as_of, csv.empty() ? same : csv);
}

void SmallWorld::compare() {
  const auto run = workspace::compare(workspace(), {});
  ASSERT_TRUE(run) << run.error().describe();
}

}  // namespace bidui::workspace
