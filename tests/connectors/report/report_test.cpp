#include "connectors/report/report.h"

#include <fstream>
#include <gtest/gtest.h>

#include "sample_report.h"

namespace bidui::connectors::report {
namespace {

std::filesystem::path fresh_folder(const std::string& name) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / name;
  std::filesystem::remove_all(folder);
  return folder;
}

TEST(Report, WritesAllFormsAndNothingElse) {
  const auto folder = fresh_folder("report_all");
  ASSERT_TRUE(write_report(small_report(), folder));
  EXPECT_TRUE(std::filesystem::exists(folder / "ledger.xlsx"));
  EXPECT_TRUE(std::filesystem::exists(folder / "report.html"));
  EXPECT_TRUE(std::filesystem::exists(folder / "csv/summary.csv"));
  const std::filesystem::directory_iterator entries(folder);
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 3);
}

TEST(Report, WritesOnlyWhatIsChosenAndReplacesIt) {
  const auto folder = fresh_folder("report_page");
  const ReportOptions page_only = {.workbook = false, .csv = false};
  ASSERT_TRUE(write_report(small_report(), folder, page_only));
  const auto size = std::filesystem::file_size(folder / "report.html");
  ASSERT_TRUE(write_report(small_report(), folder, page_only));
  EXPECT_EQ(std::filesystem::file_size(folder / "report.html"), size);
  EXPECT_FALSE(std::filesystem::exists(folder / "ledger.xlsx"));
}

TEST(Report, FolderThatCannotBeIsAnError) {
  const auto file = std::filesystem::path(testing::TempDir()) / "report_is_a_file";
  std::ofstream(file) << "x";
  const Status status = write_report(small_report(), file / "below");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace bidui::connectors::report
