// A county of six people, imported, compared and reported in a temporary directory.
#include "workspace/make_report_data.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <unistd.h>

#include "workspace/compare.h"
#include "workspace/import.h"
#include "workspace/report_codec.h"
#include "workspace/report_run.h"

namespace bidui::workspace {
namespace {

using connectors::report::EvidenceLine;
using connectors::report::FlagRow;
using connectors::report::ReportData;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Generated people. The grandmother of the first household is dead; the man of the second bears
// another man's number.
constexpr std::string_view kCivil =
    "人员编号,户号,与户主关系,姓名,性别,民族,出生日期,公民身份号码,住址详址,变动原因,变动日期\n"
    "C1,H1,户主,陈国梁,男,汉族,19700822,340826197008220014,安徽省宿松县下仓镇长湖村5组1号,,\n"
    "C2,H1,母亲,吴秀珍,女,汉族,19410309,340826194103090023,安徽省宿松县下仓镇长湖村5组1号,死亡注销,"
    "20160824\n"
    "C3,H1,配偶,刘小燕,女,土家族,19720215,340826197202150048,安徽省宿松县下仓镇长湖村5组1号,,\n"
    "C4,H2,户主,周大海,男,汉族,19650611,340826196506110032,安徽省宿松县下仓镇长湖村6组2号,,\n"
    "C5,H2,配偶,孙玉兰,女,汉族,19660712,340826196607120045,安徽省宿松县下仓镇长湖村6组2号,,\n";
constexpr std::string_view kPoverty =
    "户编号,人编号,姓名,性别,证件号码,出生日期,与户主关系,乡(镇),行政村,贫困户属性,脱贫属性\n"
    "P1,P1-1,陈国梁,男,340826197008220014,1970-08-22,户主,下仓镇,长湖村,一般贫困户,未脱贫\n"
    "P1,P1-2,吴秀珍,女,340826194103090023,1941-03-09,母亲,下仓镇,长湖村,一般贫困户,未脱贫\n"
    "P1,P1-3,刘小燕,女,340826197202150048,1972-02-15,配偶,下仓镇,长湖村,一般贫困户,未脱贫\n"
    "P2,P2-1,马文斌,男,340826196506110032,1965-06-11,户主,下仓镇,长湖村,一般贫困户,未脱贫\n"
    "P2,P2-2,孙玉兰,女,340826196607120045,1966-07-12,配偶,下仓镇,长湖村,一般贫困户,未脱贫\n"
    "P2,P2-3,,女,340826196607120099\n";
constexpr std::string_view kDeath =
    "登记编号,死者姓名,性别,出生日期,身份证号,死亡日期,信息来源\n"
    "S1,吴秀珍,女,19410309,340826194103090023,42606,殡仪馆\n"
    "S2,吴秀珍,女,19410309,340826194103090023,42606,殡仪馆\n";

// Nothing of these may leave the workspace.
constexpr std::array<std::string_view, 14> kSecrets = {
    "国梁",         "秀珍",         "小燕",         "大海",         "玉兰",
    "文斌",         "197008220014", "194103090023", "197202150048", "196506110032",
    "196607120045", "1970-08-22",   "1941-03-09",   "19410309"};

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// One county for all tests of the suite.
class MakeReportDataTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("bidui_make_report_data_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    auto made = Workspace::create(folder_ / "ws", {.division = "340826"});
    ASSERT_TRUE(made) << made.error().describe();
    workspace_ = std::make_unique<Workspace>(std::move(*made));
    deliver("civil", "2017-10-31", kCivil);
    deliver("poverty", "2017-11-20", kPoverty);
    deliver("death", "2017-10-31", kDeath);
    auto compared = compare(*workspace_, {});
    ASSERT_TRUE(compared) << compared.error().describe();
    run_ = std::make_unique<CompareReport>(std::move(*compared));
    data_ = std::make_unique<ReportData>(make_report_data(*run_, 340826));
    const Status written = report_run(*workspace_, run_->run_id, "2017-12-01", run_->directory, {});
    ASSERT_TRUE(written) << written.error().describe();
  }

  static void TearDownTestSuite() {
    data_.reset();
    run_.reset();
    workspace_.reset();
    std::filesystem::remove_all(folder_);
  }

  static void deliver(const std::string& source, const std::string& as_of, std::string_view rows) {
    const std::filesystem::path file = folder_ / (source + as_of + ".csv");
    std::ofstream(file, std::ios::binary) << rows;
    const auto imported =
        import_delivery(*workspace_, {.instance = source, .as_of = as_of, .files = {file}});
    ASSERT_TRUE(imported) << imported.error().describe();
  }

  static const FlagRow* flag_of(std::string_view rule) {
    const auto at = std::ranges::find(data_->flags, rule, &FlagRow::rule);
    return at == data_->flags.end() ? nullptr : &*at;
  }

  static const EvidenceLine* line_of(const FlagRow& flag, std::string_view label,
                                     std::string_view right_source = {}) {
    for (const EvidenceLine& line : flag.evidence) {
      if (line.label == label && (right_source.empty() || line.right_source == right_source))
        return &line;
    }
    return nullptr;
  }

  static inline std::filesystem::path folder_;
  static inline std::unique_ptr<Workspace> workspace_;
  static inline std::unique_ptr<CompareReport> run_;
  static inline std::unique_ptr<ReportData> data_;
};

TEST_F(MakeReportDataTest, ListsDeliveriesWithWhatBecameOfTheirRows) {
  ASSERT_EQ(data_->sources.size(), 3U);
  const auto& poverty = data_->sources[0];
  EXPECT_EQ(poverty.source, "poverty");
  EXPECT_EQ(poverty.as_of, "2017-11-20");
  EXPECT_EQ(poverty.encoding, "UTF-8");
  EXPECT_THAT(poverty.coverage, HasSubstr("宿松县"));
  EXPECT_EQ(poverty.read, 6U);
  EXPECT_EQ(poverty.read, poverty.loaded + poverty.rejected + poverty.skipped);
  EXPECT_EQ(data_->rejects.size(), 1U);
  EXPECT_THAT(data_->rejects[0].reason, Not(IsEmpty()));
  EXPECT_EQ(data_->county_name, "宿松县");
}

TEST_F(MakeReportDataTest, CountsLinksAndSaysThatRatesAreEstimates) {
  const auto to_civil = std::ranges::find_if(data_->links, [](const auto& row) {
    return row.left_source == "poverty" && row.right_source == "civil";
  });
  ASSERT_NE(to_civil, data_->links.end());
  EXPECT_EQ(to_civil->records, 5U);
  EXPECT_EQ(to_civil->linked_l3 + to_civil->linked_l2 + to_civil->possible + to_civil->unlinked,
            5U);
  EXPECT_THAT(to_civil->note, HasSubstr("未经复核"));
  EXPECT_THAT(data_->histograms, Not(IsEmpty()));
}

TEST_F(MakeReportDataTest, ARepetitionNamesTheOtherRow) {
  const FlagRow* const flag = flag_of("DUP_IN_SOURCE");
  ASSERT_NE(flag, nullptr);
  EXPECT_EQ(flag->subject_key, "S2");
  const EvidenceLine* const other = line_of(*flag, "重复记录编号");
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(other->left_source, "death");
  EXPECT_EQ(other->left_value, "S1");
}

TEST_F(MakeReportDataTest, SaysWhichRulesWereNotEvaluatedAndWhy) {
  const auto rule =
      std::ranges::find(data_->rules, "DB_NOT_IN_PR", &connectors::report::RuleRow::id);
  ASSERT_NE(rule, data_->rules.end());
  EXPECT_THAT(rule->not_evaluated, HasSubstr("低保"));
}

TEST_F(MakeReportDataTest, CountsPoorHouseholdsByTownship) {
  ASSERT_EQ(data_->townships.size(), 1U);
  EXPECT_EQ(data_->townships[0].name, "下仓镇");
  EXPECT_EQ(data_->townships[0].households, 2U);
}

TEST_F(MakeReportDataTest, PutsTheSourcesOfOnePersonSideBySide) {
  const FlagRow* const dead = flag_of("DEAD_IN_PR");
  ASSERT_NE(dead, nullptr);
  EXPECT_EQ(dead->township, "下仓镇");
  EXPECT_EQ(dead->village, "长湖村");
  EXPECT_EQ(dead->household_no, "P1");
  EXPECT_EQ(dead->names, "吴**");
  EXPECT_EQ(dead->deadline, "2017-12-20");
  EXPECT_THAT(dead->visit, HasSubstr("村委会或派出所的第二证据"));
  const EvidenceLine* const died = line_of(*dead, "死亡日期");
  ASSERT_NE(died, nullptr);
  EXPECT_EQ(died->left_source, "death");
  EXPECT_EQ(died->left_value, "2016-08-24") << "a spreadsheet's day number, as people read it";
  const EvidenceLine* const name = line_of(*dead, "姓名", "death");
  ASSERT_NE(name, nullptr);
  EXPECT_FALSE(name->differs);
  EXPECT_EQ(name->left_source, "poverty");
  const EvidenceLine* const number = line_of(*dead, "证件号码", "death");
  ASSERT_NE(number, nullptr);
  EXPECT_FALSE(number->differs);
}

TEST_F(MakeReportDataTest, SaysThatNamesOfOneNumberDiffer) {
  const FlagRow* const conflict = flag_of("ID_NAME_CONFLICT");
  ASSERT_NE(conflict, nullptr);
  EXPECT_EQ(conflict->subject_key, "P2-1");
  const EvidenceLine* const name = line_of(*conflict, "姓名", "civil");
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(name->left_value, "马**");
  EXPECT_EQ(name->right_value, "周**（姓名不同）");
  EXPECT_TRUE(name->differs);
  const EvidenceLine* const birth = line_of(*conflict, "出生");
  ASSERT_NE(birth, nullptr);
  EXPECT_EQ(birth->left_value, "1965-**-**");
}

TEST_F(MakeReportDataTest, LeavesNoNameNumberOrBirthDateInAnyFile) {
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(run_->directory)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".xlsx") continue;
    ++files;
    const std::string text = content(entry.path());
    for (const std::string_view secret : kSecrets) {
      EXPECT_EQ(text.find(secret), std::string::npos) << entry.path() << " holds a secret";
    }
  }
  EXPECT_GE(files, 8);
  const std::string bytes = encode_report(*data_);  // what the workbook is made from
  for (const std::string_view secret : kSecrets) EXPECT_EQ(bytes.find(secret), std::string::npos);
}

// No source but the civil registry says here of what ethnic group somebody is.
TEST_F(MakeReportDataTest, GroupsByTheLinkedCivilRecordWhereTheRecordIsSilent) {
  std::uint64_t minority = 0;
  for (const connectors::report::ErrorRow& row : data_->errors.rows) {
    if (row.dimension != "民族") continue;
    if (row.group == "民族不明") {
      EXPECT_EQ(row.linked, 0U);
    }
    if (row.group == "土家族") minority = row.linked;
  }
  EXPECT_EQ(minority, 1U);
}

TEST_F(MakeReportDataTest, SaysInWordsWhatTheKeysAre) {
  ASSERT_THAT(data_->errors.keys, Not(IsEmpty()));
  for (const connectors::report::KeyRow& key : data_->errors.keys) {
    EXPECT_FALSE(key.kind.empty());
    EXPECT_THAT(key.kind, Not(HasSubstr("_")));
    EXPECT_THAT(key.english_kind, Not(HasSubstr("_")));
  }
}

// Few links and no error seen are not certainly without error.
TEST_F(MakeReportDataTest, NeverShowsARangeOfNoWidth) {
  for (const connectors::report::ErrorRow& row : data_->errors.rows) {
    for (const connectors::report::RateEstimate& rate : {row.false_rate, row.missed_rate}) {
      if (row.links == 0) continue;
      ASSERT_TRUE(rate.value && rate.high) << row.group;
      EXPECT_GT(*rate.high, *rate.value) << row.group;
    }
  }
}

TEST_F(MakeReportDataTest, ReadsBackWhatItEncodes) {
  const std::string bytes = encode_report(*data_);
  const auto decoded = decode_report(bytes);
  ASSERT_TRUE(decoded) << decoded.error().describe();
  EXPECT_EQ(encode_report(*decoded), bytes);
  EXPECT_EQ(decoded->flags.size(), data_->flags.size());
  ASSERT_TRUE(data_->links[0].false_rate.high);
  EXPECT_EQ(decoded->links[0].false_rate.high, data_->links[0].false_rate.high);
  EXPECT_EQ(decoded->notes, data_->notes);
}

TEST_F(MakeReportDataTest, RefusesBytesThatAreCutOrDamaged) {
  const std::string bytes = encode_report(*data_);
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    EXPECT_FALSE(decode_report(std::string_view(bytes).substr(0, size))) << size;
  }
  for (std::size_t at = 4; at < bytes.size(); at += 11) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    const auto decoded = decode_report(damaged);  // whatever it says, it ends and stays in bounds
    if (decoded) {
      EXPECT_LE(decoded->flags.size(), bytes.size());
    }
  }
}

TEST_F(MakeReportDataTest, ShowsARunAsItWasAfterNewerDeliveriesCame) {
  const std::string page = content(run_->directory / "report.html");
  ASSERT_FALSE(page.empty());
  deliver("death", "2017-11-30",
          "登记编号,死者姓名,性别,身份证号,死亡日期\nS9,赵四,男,,20171101\n");
  ASSERT_TRUE(report_run(*workspace_, run_->run_id, "2017-12-20", folder_ / "again", {}));
  EXPECT_EQ(content(folder_ / "again" / "report.html"), page);
  EXPECT_EQ(content(folder_ / "again" / "csv" / "flags_DEAD_IN_PR.csv"),
            content(run_->directory / "csv" / "flags_DEAD_IN_PR.csv"));
  const auto unknown = load_report(workspace_->store(), "R9999");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace bidui::workspace
