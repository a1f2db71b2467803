// The further offices, the second profile, successive deliveries, and the truth of the rules.
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <span>

#include "bench/world/findings.h"
#include "bench/world/generate.h"
#include "bench/world/make_world.h"
#include "tests/bench/world_reader.h"

namespace bidui::world {
namespace {

struct OfficeFile {
  const char* source;
  const char* file;
  const char* encoding;
  char delimiter;
  std::size_t key;
};

constexpr OfficeFile kFirst[] = {{"vehicle", "机动车登记信息.csv", "UTF-8", ',', 0},
                                 {"business", "市场主体登记.csv", "gb18030", ',', 0},
                                 {"payroll", "财政供养人员花名册.csv", "UTF-8", ',', 0},
                                 {"disability", "持证残疾人名册.txt", "UTF-16", '\t', 0},
                                 {"marriage", "婚姻登记信息.csv", "UTF-8", ',', 0},
                                 {"real_estate", "不动产登记信息.csv", "gb18030", ',', 0},
                                 {"civil", "户籍人口信息.csv", "UTF-8", ',', 0}};
constexpr OfficeFile kSecond[] = {{"vehicle", "车辆信息.txt", "gb18030", '\t', 0},
                                  {"business", "企业个体登记.csv", "UTF-8", ',', 0},
                                  {"payroll", "工资发放名册.csv", "gb18030", ',', 0},
                                  {"disability", "残疾人证信息.csv", "UTF-8", ',', 0},
                                  {"marriage", "婚姻登记档案.csv", "gb18030", ',', 0},
                                  {"real_estate", "房产登记.csv", "UTF-8", ',', 0},
                                  {"civil", "常住人口.txt", "gb18030", '\t', 0},
                                  {"housing", "住房安全台账.csv", "gb18030", ',', 0},
                                  {"relocation", "易地扶贫搬迁人口.csv", "UTF-8", ',', 1},
                                  {"death", "死亡登记.csv", "gb18030", ',', 0}};

void expect_rows_in_place(const fs::path& directory, std::span<const OfficeFile> files) {
  std::map<std::string, std::pair<Rows, std::size_t>> tables;
  for (const OfficeFile& file : files) {
    const Rows rows =
        parse(decode(read_bytes(directory / file.file), file.encoding), file.delimiter);
    ASSERT_GT(rows.size(), 30U) << file.file;
    for (const Row& row : rows) ASSERT_EQ(row.size(), rows.front().size()) << file.file;
    tables[file.source] = {rows, file.key};
  }
  std::map<std::string, std::size_t> placed;
  for (const Row& record : read_truth(directory, "truth/records.csv")) {
    const auto found = tables.find(record[0]);
    if (found == tables.end()) continue;
    const auto& [rows, key] = found->second;
    const auto number = static_cast<std::size_t>(std::stoul(record[2])) - 1;
    ASSERT_LT(number, rows.size());
    EXPECT_EQ(rows[number][key], record[1]);
    ++placed[record[0]];
  }
  for (const OfficeFile& file : files) EXPECT_GT(placed[file.source], 30U) << file.source;
}

class AllOffices : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    WorldOptions options = options_for(60000, 11, "offices");
    options.all_offices = true;
    const auto report = generate_world(options);
    ASSERT_TRUE(report) << report.error().describe();
    directory_ = options.directory;
    contradictions_ = read_truth(directory_, "truth/contradictions.csv");
  }
  static void TearDownTestSuite() {
    fs::remove_all(directory_);
    contradictions_.clear();
  }

  static inline fs::path directory_;
  static inline Rows contradictions_;
};

TEST_F(AllOffices, EveryTruthRecordStandsOnItsRow) { expect_rows_in_place(directory_, kFirst); }

TEST_F(AllOffices, EveryRuleHasContradictionsAndExceptions) {
  std::map<std::string, std::size_t> real;
  std::map<std::string, std::size_t> excused;
  std::set<std::string> subjects;
  for (const Row& record : read_truth(directory_, "truth/records.csv")) {
    subjects.insert(record[0] + ":" + record[1]);
  }
  for (const Row& household : read_truth(directory_, "truth/households.csv")) {
    subjects.insert(household[0] + ":" + household[1]);
  }
  for (const Row& row : contradictions_) {
    EXPECT_TRUE(subjects.contains(row[1] + ":" + row[2])) << row[0] << " " << row[2];
    if (row[6].empty()) ++real[row[0]];
    if (!row[6].empty() && row[6] != "not_scored") ++excused[row[0]];
  }
  for (const char* rule :
       {"HAS_VEHICLE", "HAS_BUSINESS", "HAS_PAYROLL", "HAS_URBAN_HOUSE", "URBAN_CONVERTED_IN_PR",
        "HOUSE_KIND_UNPROVEN", "KEY_GROUP_DANGEROUS_NOT_IN_PR", "DEAD_PAID", "ELDER_SPLIT",
        "MEMBER_EXTRA_IN_PR", "DUP_ACROSS_COUNTIES", "DEAD_NOT_CANCELLED", "DISABILITY_MISMATCH",
        "SEX_BIRTH_CONFLICT", "PR_NOT_IN_DB", "SHAM_DIVORCE_SPLIT",
        "POOR_IN_DANGEROUS_HOUSE_NOT_PLANNED", "DUP_IN_SOURCE", "MEMBER_MISSING_IN_PR"}) {
    EXPECT_GE(real[rule], 15U) << rule;
    EXPECT_GE(excused[rule], 5U) << rule;
  }
  for (const char* rule :
       {"RELOCATION_AND_REPAIR", "ID_COPIED_FROM_RELATIVE", "ID_SHARED_BY_TWO", "PERSON_TWO_IDS",
        "DEAD_OWNER_HOUSE", "TK_AND_DB", "DB_URBAN_RURAL_DOUBLE", "HOUSE_SUBSIDY_REPEATED",
        "ID_PRECISION_LOST", "NATURAL_CHANGE_MARRIAGE_IN", "RELOCATED_NOT_PR", "RELOCATION_TWICE",
        "RELOCATION_AREA_EXCEEDED", "OLD_HOUSE_KEPT", "CIVIL_CANCELLED", "SUSPICIOUS_SPLIT",
        "NATURAL_CHANGE_BIRTH", "NATURAL_CHANGE_OUT"}) {
    EXPECT_GE(real[rule], 2U) << rule;
  }
}

TEST_F(AllOffices, OwnersOfCountedVehiclesAreOfTheHousehold) {
  std::map<std::string, std::string> owner;
  for (const Row& record : read_truth(directory_, "truth/records.csv")) {
    if (record[0] == "vehicle") owner["vehicle:" + record[1]] = record[3];
  }
  std::map<std::string, std::set<std::string>> homes;
  for (const Row& row : read_truth(directory_, "truth/households.csv"))
    homes[row[1]].insert(row[3]);
  std::map<std::string, std::string> home;
  for (const Row& person : read_truth(directory_, "truth/persons.csv")) home[person[0]] = person[9];
  for (const Row& row : contradictions_) {
    if (row[0] != "HAS_VEHICLE" || !row[6].empty()) continue;
    EXPECT_TRUE(homes[row[2]].contains(home[owner[row[4]]])) << row[2] << " " << row[4];
  }
}

TEST(SecondProfile, WritesOtherFilesUnderOtherHeaders) {
  WorldOptions options = options_for(20000, 4, "second");
  options.division = 500235;
  options.all_offices = true;
  options.profile = *profile_named("second");
  const auto report = generate_world(options);
  ASSERT_TRUE(report) << report.error().describe();
  expect_rows_in_place(options.directory, kSecond);
  fs::remove_all(options.directory);
  EXPECT_FALSE(profile_named("third"));
}

using Texts = std::map<std::string, std::string>;

Texts civil_texts(const fs::path& directory) {
  Texts texts;
  for (const Row& row : parse(read_bytes(directory / "户籍人口信息.csv"), ',')) {
    texts[row[0]] = row[3] + "," + row[7] + "," + row[8];
  }
  return texts;
}

TEST(Deliveries, RepeatWhatTheyHaveSaidAndFollowLife) {
  WorldOptions one = options_for(6000, 8, "deliveries");
  one.all_offices = true;
  one.deliveries = 3;
  WorldOptions two = one;
  two.directory += "_again";
  for (const WorldOptions& options : {one, two}) {
    const auto report = generate_world(options);
    ASSERT_TRUE(report) << report.error().describe();
  }
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(one.directory)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const fs::path name = fs::relative(entry.path(), one.directory);
    EXPECT_EQ(read_bytes(entry.path()), read_bytes(two.directory / name)) << name;
  }
  EXPECT_GE(files, 3 * 17U);
  const Texts first = civil_texts(fs::path(one.directory) / "1");
  const Texts last = civil_texts(fs::path(one.directory) / "3");
  std::size_t same = 0;
  std::size_t kept = 0;
  for (const auto& [key, text] : first) {
    const auto later = last.find(key);
    if (later == last.end()) continue;
    ++kept;
    same += later->second == text ? 1U : 0U;
  }
  EXPECT_GT(last.size(), first.size());  // births and brides; the dead keep their rows
  EXPECT_GT(kept, first.size() - 20);
  EXPECT_GT(same, kept * 99 / 100);
  EXPECT_LT(same, kept);
  std::map<std::string, std::size_t> real;
  std::size_t gone = 0;
  for (const Row& row : read_truth(one.directory, "1/truth/contradictions.csv")) {
    if (row[6].empty()) ++real[row[0] + row[2]];
  }
  std::set<std::string> still;
  for (const Row& row : read_truth(one.directory, "3/truth/contradictions.csv")) {
    if (row[6].empty()) still.insert(row[0] + row[2]);
  }
  for (const auto& [name, count] : real) gone += still.contains(name) ? 0U : 1U;
  EXPECT_GT(gone, real.size() / 20);
  EXPECT_LT(gone, real.size() * 4 / 5);
  fs::remove_all(one.directory);
  fs::remove_all(two.directory);
}

// What the first six offices note when they decide, found again in what they decided.
TEST(Findings, AgreeWithWhatTheDecisionsNoted) {
  const WorldOptions options = options_for(30000, 6, "findings");
  auto stage = make_world(options);
  ASSERT_TRUE(stage) << stage.error().describe();
  Registers registers;
  Office office{.world = stage->world,
                .names = stage->names,
                .id_office = stage->office,
                .rates = options.rates,
                .profile = options.profile,
                .registers = registers,
                .rng = Rng(options.seed, 2)};
  decide_registers(office);
  office.allowance_of_home.resize(office.world.homes.size(), kNone);
  const auto real = [&](std::string_view rule) {
    std::set<std::string> subjects;
    for (const Contradiction& c : registers.contradictions) {
      if (c.rule == rule && c.exception.empty()) subjects.insert(c.subject);
    }
    return subjects;
  };
  const std::vector<std::string_view> rules = {"DB_NOT_IN_PR", "PR_ATTRIBUTE_VS_DB", "DEAD_IN_PR",
                                               "NOT_IN_CIVIL",
                                               "RELOCATED_ENTERED_PR_BY_RELOCATION"};
  std::map<std::string_view, std::set<std::string>> noted;
  for (const std::string_view rule : rules) noted[rule] = real(rule);
  find_contradictions(office);
  for (const std::string_view rule : rules) {
    EXPECT_GE(noted[rule].size(), 10U) << rule;
    EXPECT_EQ(real(rule), noted[rule]) << rule;
  }
}

}  // namespace
}  // namespace bidui::world
