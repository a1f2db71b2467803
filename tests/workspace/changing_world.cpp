#include "tests/workspace/changing_world.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

#include "tests/workspace/small_world.h"
#include "workspace/import.h"

namespace bidui::workspace {
namespace {

constexpr int kHouseholds = 260;
constexpr std::array<const char*, 5> kVillages = {"长湖村", "先进村", "铜铃村", "三冲村", "永丰村"};

const char* village(int h) { return kVillages[static_cast<std::size_t>(h) % kVillages.size()]; }
const char* relation(int p) { return p == 0 ? "户主" : p == 1 ? "妻" : "子"; }
const char* sex(int p) { return p == 1 ? "女" : "男"; }

DeliveryText civil() {
  DeliveryText delivery{
      "civil",
      "2017-11-30",
      "人员编号,户号,与户主关系,姓名,性别,出生日期,公民身份号码,乡镇,村居委会,住址详址",
      {}};
  for (int h = 0; h < kHouseholds; ++h) {
    for (int p = 0; p < 3; ++p) {
      const SmallPerson person = small_person(h, p);
      delivery.rows.push_back(civil_key(h, p) + "," + household_no(h) + "," + relation(p) + "," +
                              person.name + "," + sex(p) + "," + person.birth + "," + person.id +
                              ",下仓镇," + village(h) + ",");
    }
  }
  return delivery;
}

std::string poverty_row(const std::string& household, const std::string& key,
                        const SmallPerson& person, int p, const char* place) {
  return household + "," + key + "," + person.name + "," + sex(p) + "," + person.id + "," +
         person.birth + "," + relation(p) + ",下仓镇," + place + ",低保贫困户,未脱贫,2014-08-02";
}

// Every seventh number has a wrong digit, every ninth is missing; every eleventh person has a
// sibling's birth date.
DeliveryText poverty() {
  DeliveryText delivery{"poverty",
                        "2017-12-10",
                        "户编号,人编号,姓名,性别,证件号码,出生日期,与户主关系,乡(镇),行政村,"
                        "贫困户属性,脱贫属性,首次识别时间",
                        {}};
  for (int h = 0; h < kHouseholds / 2; ++h) {
    for (int p = 0; p < 3; ++p) {
      SmallPerson person = small_person(h, p);
      const int n = h * 3 + p;
      if (n % 7 == 3) person.id[15] = person.id[15] == '9' ? '8' : '9';
      if (n % 9 == 4) person.id.clear();
      if (n % 11 == 5) person.birth.back() = person.birth.back() == '1' ? '2' : '1';
      delivery.rows.push_back(
          poverty_row(household_no(h), poverty_key(h, p), person, p, village(h)));
    }
  }
  add_rows(delivery, crowd_rows("李娜", 500, 130));
  return delivery;
}

DeliveryText allowance() {
  DeliveryText delivery{"allowance",
                        "2017-12-05",
                        "保障证号,序号,救助类别,家庭成员姓名,性别,出生日期,身份证件号码,"
                        "与申请人关系,保障类别,乡镇,行政村,起保年月,状态",
                        {}};
  for (int h = 100; h < 150; ++h) {
    for (int p = 0; p < 3; ++p) {
      const SmallPerson person = small_person(h, p);
      delivery.rows.push_back("D" + household_no(h) + "," + std::to_string(p + 1) + ",农村低保," +
                              person.name + "," + sex(p) + "," + person.birth + "," + person.id +
                              "," + relation(p) + ",A,下仓镇," + village(h) + ",201412,在保");
    }
  }
  return delivery;
}

}  // namespace

std::vector<DeliveryText> first_deliveries() { return {civil(), poverty(), allowance()}; }

std::vector<std::string> crowd_rows(const std::string& name, int first_number, int count) {
  std::vector<std::string> rows;
  for (int h = first_number; h < first_number + count; ++h) {
    SmallPerson person = small_person(h, 0);
    person.name = name;
    rows.push_back(poverty_row(household_no(h), poverty_key(h, 0), person, 0, village(h)));
  }
  return rows;
}

void remove_rows(DeliveryText& delivery, std::uint64_t share, std::mt19937_64& random) {
  std::erase_if(delivery.rows, [&](const std::string&) { return random() % share == 0; });
}

// A character of the Han name becomes another one, wherever the name stands.
void change_names(DeliveryText& delivery, std::uint64_t share, std::mt19937_64& random) {
  for (std::string& row : delivery.rows) {
    if (random() % share != 0) continue;
    for (const auto& [from, to] :
         {std::pair{"建国", "建军"}, std::pair{"秀英", "秀鹰"}, std::pair{"德明", "得明"},
          std::pair{"2014-08-02", "2014-09-02"}, std::pair{",男,", ",女,"}}) {
      const std::size_t at = row.find(from);
      if (at == std::string::npos) continue;
      row.replace(at, std::string_view(from).size(), to);
      break;
    }
  }
}

void exchange_cells(DeliveryText& delivery, std::string_view column, std::uint64_t share,
                    std::mt19937_64& random) {
  const std::size_t named = delivery.header.find(column);
  if (named == std::string::npos) return;
  const auto commas = std::count(delivery.header.begin(),
                                 delivery.header.begin() + static_cast<std::ptrdiff_t>(named), ',');
  // Begin and length of the cell.
  const auto cell_in = [&](const std::string& row) {
    std::size_t begin = 0;
    for (std::ptrdiff_t i = 0; i < commas; ++i) begin = row.find(',', begin) + 1;
    return std::pair(begin, std::min(row.find(',', begin), row.size()) - begin);
  };
  for (std::string& row : delivery.rows) {
    std::string& other = delivery.rows[random() % delivery.rows.size()];
    if (random() % share != 0 || &other == &row) continue;
    const auto [at, length] = cell_in(row);
    const auto [at_other, length_other] = cell_in(other);
    const std::string own = row.substr(at, length);
    row.replace(at, length, other.substr(at_other, length_other));
    other.replace(at_other, length_other, own);
  }
}

void add_rows(DeliveryText& delivery, const std::vector<std::string>& rows) {
  delivery.rows.insert(delivery.rows.end(), rows.begin(), rows.end());
}

void shuffle_rows(DeliveryText& delivery, std::mt19937_64& random) {
  std::ranges::shuffle(delivery.rows, random);
}

ChangingWorkspace::ChangingWorkspace(std::filesystem::path directory)
    : directory_(std::move(directory)) {
  std::filesystem::create_directories(directory_);
  EXPECT_TRUE(Workspace::create(path(), {.division = "340826"}));
}

void ChangingWorkspace::import(const DeliveryText& delivery, bool replace) {
  const std::filesystem::path file = directory_ / (delivery.source + delivery.as_of + ".csv");
  std::ofstream out(file, std::ios::binary);
  out << delivery.header << "\n";
  for (const std::string& row : delivery.rows) out << row << "\n";
  out.close();
  auto workspace = Workspace::open(path(), store::Access::kReadWrite);
  ASSERT_TRUE(workspace) << workspace.error().describe();
  const auto report = import_delivery(
      *workspace,
      {.instance = delivery.source, .as_of = delivery.as_of, .files = {file}, .replace = replace});
  ASSERT_TRUE(report) << report.error().describe();
}

}  // namespace bidui::workspace
