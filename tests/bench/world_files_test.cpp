// The generator's files, read back the simplest way.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "bench/world/generate.h"
#include "tests/bench/world_reader.h"

namespace bidui::world {
namespace {

struct SourceFile {
  const char* source;
  const char* file;
  const char* encoding;
  char delimiter;
  std::size_t key;       // column
  std::size_t key_more;  // second column of the key, or 0
};

constexpr SourceFile kFiles[] = {{"civil", "户籍人口信息.csv", "UTF-8", ',', 0, 0},
                                 {"poverty", "扶贫系统人员导出.csv", "gb18030", ',', 6, 0},
                                 {"allowance", "低保特困花名册_一片.csv", "gb18030", ',', 0, 1},
                                 {"allowance", "低保特困花名册_二片.txt", "UTF-16", '\t', 0, 1},
                                 {"allowance", "低保特困花名册_三片.csv", "UTF-8", ',', 0, 1},
                                 {"housing", "农村危房信息.csv", "UTF-8", '|', 0, 0},
                                 {"relocation", "易地搬迁对象台账.csv", "gb18030", ',', 1, 0},
                                 {"death", "死亡人口信息.txt", "UTF-8", '\t', 0, 0}};

class WorldFiles : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const WorldOptions options = options_for(100000, 11, "large");
    const auto report = generate_world(options);
    ASSERT_TRUE(report) << report.error().describe();
    directory_ = options.directory;
    records_ = read_truth(directory_, "truth/records.csv");
    contradictions_ = read_truth(directory_, "truth/contradictions.csv");
  }
  static void TearDownTestSuite() {
    fs::remove_all(directory_);
    records_.clear();
    contradictions_.clear();
  }

  static inline fs::path directory_;
  static inline Rows records_;
  static inline Rows contradictions_;
};

TEST_F(WorldFiles, EveryTruthRecordStandsOnItsRow) {
  std::map<std::string, std::vector<Rows>> tables;
  std::map<std::string, std::vector<const SourceFile*>> forms;
  for (const SourceFile& file : kFiles) {
    const Rows rows =
        parse(decode(read_bytes(directory_ / file.file), file.encoding), file.delimiter);
    ASSERT_GT(rows.size(), 100U) << file.file;
    for (const Row& row : rows) ASSERT_EQ(row.size(), rows.front().size()) << file.file;
    tables[file.source].push_back(rows);
    forms[file.source].push_back(&file);
  }
  std::size_t missing = 0;
  for (const Row& record : records_) {
    const auto number = static_cast<std::size_t>(std::stoul(record[2])) - 1;
    bool found = false;
    for (std::size_t t = 0; t < tables[record[0]].size(); ++t) {
      const Rows& rows = tables[record[0]][t];
      const SourceFile& form = *forms[record[0]][t];
      if (number >= rows.size()) continue;
      std::string key = rows[number][form.key];
      if (form.key_more > 0) key += "-" + rows[number][form.key_more];
      found = found || key == record[1];
    }
    missing += found ? 0U : 1U;
  }
  EXPECT_EQ(missing, 0U);
}

TEST_F(WorldFiles, KeysAreUniqueAndPeopleKnown) {
  std::set<std::pair<std::string, std::string>> keys;
  for (const Row& record : records_) EXPECT_TRUE(keys.emplace(record[0], record[1]).second);
  std::set<std::string> people;
  for (const Row& person : read_truth(directory_, "truth/persons.csv")) people.insert(person[0]);
  for (const Row& record : records_) ASSERT_TRUE(people.contains(record[3])) << record[1];
}

TEST_F(WorldFiles, ErrorRatesAreThoseAskedFor) {
  std::map<std::string, double> rows;
  std::map<std::pair<std::string, std::string>, double> errors;
  for (const Row& record : records_) {
    ++rows[record[0]];
    std::string name;
    for (const char c : record[5] + "|") {
      if (c != '|') {
        name += c;
        continue;
      }
      if (!name.empty()) ++errors[{record[0], name}];
      name.clear();
    }
  }
  const ErrorRates rates;
  for (const ErrorClass error :
       {ErrorClass::kIdMissing, ErrorClass::kIdOneDigit, ErrorClass::kIdTwoSwapped,
        ErrorClass::kId15Digit, ErrorClass::kNameHomophone, ErrorClass::kNameLookalike,
        ErrorClass::kNameTraditional, ErrorClass::kPhoneMissing, ErrorClass::kAddressOther}) {
    for (const Source source : {Source::kPoverty, Source::kAllowance, Source::kHousing}) {
      const std::string name(source_name(source));
      const double wanted = rates.of(source, error);
      const double seen = errors[{name, std::string(error_name(error))}] / rows[name];
      EXPECT_NEAR(seen, wanted, 0.25 * wanted + 0.003) << name << " " << error_name(error);
    }
  }
}

TEST_F(WorldFiles, EveryRuleHasContradictionsAndExceptions) {
  std::map<std::string, std::size_t> real;
  std::map<std::string, std::size_t> excused;
  std::set<std::string> subjects;
  for (const Row& record : records_) subjects.insert(record[0] + ":" + record[1]);
  for (const Row& household : read_truth(directory_, "truth/households.csv")) {
    subjects.insert(household[0] + ":" + household[1]);
  }
  for (const Row& row : contradictions_) {
    if (row[6].empty()) ++real[row[0]];
    if (!row[6].empty() && row[6] != "not_scored") ++excused[row[0]];
    EXPECT_TRUE(subjects.contains(row[1] + ":" + row[2])) << row[0] << " " << row[2];
  }
  for (const char* rule :
       {"ID_INVALID", "ID_NAME_CONFLICT", "DUP_IN_SOURCE", "NOT_IN_CIVIL", "MEMBER_MISSING_IN_PR",
        "DEAD_IN_PR", "DB_NOT_IN_PR", "PR_ATTRIBUTE_VS_DB", "EXIT_WITH_DANGEROUS_HOUSE",
        "RELOCATED_ENTERED_PR_BY_RELOCATION"}) {
    EXPECT_GE(real[rule], 50U) << rule;
    EXPECT_GE(excused[rule], 20U) << rule;
  }
}

TEST(WorldDeterminism, SameSeedSameBytes) {
  const WorldOptions one = options_for(3000, 3, "one");
  const WorldOptions two = options_for(3000, 3, "two");
  const WorldOptions other = options_for(3000, 4, "other");
  for (const WorldOptions& options : {one, two, other}) {
    const auto report = generate_world(options);
    ASSERT_TRUE(report) << report.error().describe();
  }
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(one.directory)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const fs::path name = fs::relative(entry.path(), one.directory);
    const std::string bytes = read_bytes(entry.path());
    EXPECT_EQ(bytes, read_bytes(two.directory / name)) << name;
    if (name.filename() != "deliveries.json") {
      EXPECT_NE(bytes, read_bytes(other.directory / name)) << name;
    }
  }
  EXPECT_GE(files, 11U);
  for (const WorldOptions& options : {one, two, other}) fs::remove_all(options.directory);
}

TEST(WorldPair, HasTheRowsAndMatchesOfTheTask) {
  WorldOptions options = options_for(20000, 9, "pair");
  options.rates = ErrorRates::of_the_pair_task();
  const auto report = generate_pair(options);
  ASSERT_TRUE(report) << report.error().describe();
  const fs::path directory = options.directory;
  const Rows left = read_truth(directory, "left.csv");
  const Rows right = read_truth(directory, "right.csv");
  const Rows truth = read_truth(directory, "truth.csv");
  EXPECT_EQ(left.size(), 4000U);
  EXPECT_EQ(right.size(), 20000U);
  EXPECT_NEAR(static_cast<double>(truth.size()), 3600, 120);
  std::map<std::string, Row> by_key;
  for (const Row& row : right) by_key[row[0]] = row;
  std::map<std::string, Row> left_by_key;
  for (const Row& row : left) left_by_key[row[0]] = row;
  for (const Row& match : truth) {
    ASSERT_TRUE(by_key.contains(match[1]));
    if (match[2].find("name_") == std::string::npos) {
      EXPECT_EQ(left_by_key[match[0]][1], by_key[match[1]][1]);
    }
    if (match[2].find("id_") == std::string::npos) {
      EXPECT_EQ(left_by_key[match[0]][3], by_key[match[1]][3]);
    }
  }
  fs::remove_all(directory);
}

}  // namespace
}  // namespace bidui::world
