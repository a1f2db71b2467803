#include "connectors/report/ledger_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden.h"
#include "sample_report.h"

namespace bidui::connectors::report {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::filesystem::path fresh_folder(const std::string& name) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

TEST(LedgerCsv, SmallReportIsAsReviewed) {
  const auto folder = fresh_folder("ledger_csv_golden");
  const ReportData data = small_report();
  const Tally counts = tally(data);
  ASSERT_TRUE(write_csv_ledger(ledger_sheets(data, counts, Locale::kChinese), folder));
  for (const char* name :
       {"summary.csv", "places.csv", "flags_DEAD_IN_PR.csv", "flags_ID_INVALID.csv",
        "flags_DB_NOT_IN_PR.csv", "possible.csv", "rejects.csv"}) {
    expect_golden(name, read_bytes(folder / name));
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "flags_HAS_VEHICLE.csv"));
}

TEST(LedgerCsv, StartsWithTheMarkByWhichExcelKnowsUtf8) {
  const auto folder = fresh_folder("ledger_csv_bom");
  const ReportData data = small_report();
  const Tally counts = tally(data);
  ASSERT_TRUE(write_csv_ledger(ledger_sheets(data, counts, Locale::kEnglish), folder));
  EXPECT_THAT(read_bytes(folder / "possible.csv"), StartsWith("\xEF\xBB\xBFNo.,Township,"));
}

TEST(LedgerCsv, RejectsHaveTheColumnsOfTheContract) {
  const auto folder = fresh_folder("ledger_csv_rejects");
  const ReportData data = small_report();
  const Tally counts = tally(data);
  ASSERT_TRUE(write_csv_ledger(ledger_sheets(data, counts, Locale::kChinese), folder));
  EXPECT_EQ(read_bytes(folder / "rejects.csv"),
            "\xEF\xBB\xBF"
            "file,row,field,reason,value\r\np.csv,7,姓名,必填字段缺失,'@cmd|x\r\n");
}

TEST(LedgerCsv, FileNamesHoldNoPath) {
  EXPECT_EQ(csv_file_name("flags_../../x y"), "flags_______x_y.csv");
}

TEST(LedgerCsv, MissingFolderIsAnError) {
  const ReportData data = small_report();
  const Tally counts = tally(data);
  const Status status =
      write_csv_ledger(ledger_sheets(data, counts, Locale::kChinese), "/nonexistent/folder");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace bidui::connectors::report
