#include "tests/workspace/explain_world.h"

#include <array>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

#include "matcher/text/id_number.h"
#include "tests/golden.h"
#include "workspace/compare.h"

namespace bidui::workspace {
namespace {

constexpr std::array<const char*, 6> kSurnames = {"李", "张", "刘", "陈", "杨", "赵"};
constexpr std::array<const char*, 5> kGiven = {"德明", "秀英", "志强", "桂兰", "文博"};
constexpr std::array<const char*, 4> kVillages = {"长湖村", "先进村", "铜铃村", "三冲村"};

std::string id_number(const std::string& birth, int sequence) {
  const std::string digits = "340826" + birth + fmt::format("{:03}", sequence);
  const int check = text::id_check_digit(std::stoull(digits));
  return digits + (check == 10 ? "X" : std::to_string(check));
}

struct Person {
  std::string name;
  std::string birth;
  std::string id;
  std::string village;
};

// One of the thirty, from 1.
Person person(int n) {
  Person p;
  p.name = std::string(kSurnames[static_cast<std::size_t>(n) % kSurnames.size()]) +
           kGiven[static_cast<std::size_t>(n) % kGiven.size()];
  p.birth = fmt::format("{}{:02}{:02}", 1940 + n * 2, 1 + n * 5 % 12, 1 + n * 7 % 28);
  p.id = id_number(p.birth, 101 + n * 2);
  p.village = kVillages[static_cast<std::size_t>(n) % kVillages.size()];
  return p;
}

std::string civil_row(const std::string& key, const Person& p, const std::string& phone = "",
                      const std::string& township = "下仓镇") {
  return fmt::format("{},H{},户主,{},男,{},{},{},{},{}\n", key, key, p.name, p.birth, p.id,
                     township, p.village, phone);
}

std::string civil_csv() {
  std::string csv =
      "人员编号,户号,与户主关系,姓名,性别,出生日期,公民身份号码,乡镇,村居委会,联系电话\n";
  for (int n = 1; n <= 30; ++n) csv += civil_row(fmt::format("C{:02}", n), person(n));
  Person twin = person(4);
  twin.name = "杨志刚";
  twin.id = id_number(twin.birth, 112);
  Person other = person(5);
  other.birth = "19990315";
  other.id = id_number(other.birth, 31);
  other.village = "永丰村";
  Person sister = person(6);
  sister.name = "李桂芳";
  sister.id = id_number(sister.birth, 558);
  sister.village = "永丰村";
  csv += civil_row("TWIN", twin) + civil_row("OTHER", other, "", "东风镇") +
         civil_row("SISTER", sister, "", "东风镇");
  csv += civil_row("WEI", {"王伟", "19330101", id_number("19330101", 77), "长湖村"});
  csv += civil_row("NA", {"徐永福", "19510405", id_number("19510405", 213), "先进村"});
  csv += civil_row("NB", {"徐永福", "19880917", id_number("19880917", 35), "先进村"});
  csv += civil_row("TWICE", person(1));
  csv +=
      civil_row("VA", {"马立鑫", "19620708", id_number("19620708", 411), "三冲村"}, "18099887766");
  csv +=
      civil_row("VB", {"马立新", "19620708", id_number("19620708", 637), "三冲村"}, "13855667788");
  return csv;
}

std::string poverty_row(const std::string& household, const Person& p) {
  return fmt::format("{0},{0}-1,{1},男,{2},{3},户主,下仓镇,{4},一般贫困户,未脱贫\n", household,
                     p.name, p.id, p.birth, p.village);
}

std::string poverty_csv() {
  std::string csv =
      "户编号,人编号,姓名,性别,证件号码,出生日期,与户主关系,乡(镇),行政村,贫困户属性,脱贫属性\n";
  for (int n = 1; n <= 30; ++n) {
    Person p = person(n);
    if (n == 2) p.name = "刘志墙";  // 刘志强
    if (n == 3) p.id[15] = p.id[15] == '9' ? '8' : '9';
    csv += poverty_row(fmt::format("P{:02}", n), p);
  }
  for (int n = 1; n <= 110; ++n) {
    const std::string birth = fmt::format("{}{:02}{:02}", 1935 + n % 70, 2 + n % 11, 2 + n % 26);
    csv +=
        poverty_row(fmt::format("W{:03}", n), {"王伟", birth, id_number(birth, 700 + n), "长湖村"});
  }
  return csv + poverty_row("V", {"马立新", "19620708", id_number("19620708", 411), "三冲村"});
}

std::string allowance_row(const std::string& no, const Person& p, const std::string& phone) {
  return fmt::format("{},1,农村低保,{},男,{},{},户主,A,{},下仓镇,{},201412,在保\n", no, p.name,
                     p.birth, p.id, phone, p.village);
}

std::string allowance_csv() {
  std::string csv =
      "保障证号,序号,救助类别,家庭成员姓名,性别,出生日期,身份证件号码,与申请人关系,保障类别,"
      "联系电话,"
      "乡镇,行政村,起保年月,状态\n";
  csv += allowance_row("D1", {"马立新", "19620708", "", "三冲村"}, "13855667788");
  for (int n = 11; n <= 25; ++n) csv += allowance_row(fmt::format("D{}", n), person(n), "");
  return csv;
}

std::string housing_csv() {
  const Person owner = person(7);
  std::string csv = "档案编号,户主姓名,户主身份证号码,乡镇,行政村\n";
  std::string misread = owner.id;
  misread[14] = misread[14] == '9' ? '8' : static_cast<char>(misread[14] + 1);
  for (const auto& [house, number] : {std::pair("H1", owner.id), std::pair("H2", misread)})
    csv += fmt::format("{},{},{},下仓镇,{}\n", house, owner.name, number, owner.village);
  return csv + "H3,徐永福,,下仓镇,先进村\n";
}

// The same model for every source.
RunModels fixed_models() {
  constexpr std::string_view kFile = "tests/cases/explain/model.json";
  const std::filesystem::path path = std::filesystem::path(BIDUI_SOURCE_DIR) / kFile;
  auto model = model::model_from_json(read_bytes(path), kFile);
  if (!model && updates_golden()) {
    std::ofstream(path) << model::model_to_json(model::default_model({}, 150, 60)) << "\n";
    model = model::model_from_json(read_bytes(path), kFile);
  }
  RunModels models;
  if (!model) {
    ADD_FAILURE() << model.error().describe();
    return models;
  }
  for (const char* const name : {"poverty", "allowance", "housing", "relocation", "among_sources"})
    models.models.push_back({.name = name, .model = *model});
  return models;
}

}  // namespace

ExplainWorld::ExplainWorld(const std::filesystem::path& directory) : ImportedWorld(directory) {
  if (!made()) return;
  import("civil", "2017-11-30", civil_csv());
  import("poverty", "2017-12-10", poverty_csv());
  import("allowance", "2017-12-05", allowance_csv());
  import("housing", "2017-12-05", housing_csv());
}

void ExplainWorld::compare() {
  ASSERT_TRUE(save_models(workspace().store(), fixed_models()));
  const auto run = workspace::compare(workspace(), {.report = false});
  ASSERT_TRUE(run) << run.error().describe();
}

void ExplainWorld::import_later() {
  const Person p = person(8);
  import(
      "relocation", "2017-12-20",
      fmt::format("户编号,人员编号,姓名,性别,身份证号码,与户主关系,乡镇,行政村\nL,L1,{},男,{},户主,"
                  "下仓镇,{}\n",
                  p.name, p.id, p.village));
}

}  // namespace bidui::workspace
