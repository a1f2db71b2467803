#include <fstream>
#include <sstream>

#include "tests/workspace/test_workspace.h"

namespace bidui::workspace {
namespace {

const std::string kCases = BIDUI_SOURCE_DIR "/tests/cases/workspace/sample_import.tsv";

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) cells.push_back(cell);
  return cells;
}

using SampleImportTest = WorkspaceTest;

TEST_F(SampleImportTest, EveryRowIsLoadedOrRejectedWithAReason) {
  std::ifstream cases(kCases);
  ASSERT_TRUE(cases);
  int number = 0;
  for (std::string line; std::getline(cases, line);) {
    ++number;
    if (line.starts_with('#')) continue;
    SCOPED_TRACE(kCases + ":" + std::to_string(number));
    const auto cells = split(line);
    ASSERT_GE(cells.size(), 8u);
    const auto report =
        import(cells[0], {BIDUI_SOURCE_DIR "/tests/fixtures/sample/" + cells[1]}, false, cells[2]);
    ASSERT_TRUE(report) << report.error().describe();
    const ImportedFile& file = report->files.at(0);
    EXPECT_EQ(file.encoding, cells[3]);
    EXPECT_EQ(std::to_string(file.rows.read), cells[4]);
    EXPECT_EQ(std::to_string(file.rows.loaded), cells[5]);
    EXPECT_EQ(file.rows.read, file.rows.loaded + file.rows.rejected + file.rows.skipped);
    EXPECT_EQ(report->rejects.size(), file.rows.rejected);
    EXPECT_EQ(std::to_string(file.rows.filled_cells), cells[6]);
    EXPECT_EQ(std::to_string(file.columns.size()), cells[7]);
    EXPECT_TRUE(file.unmapped.empty());
    EXPECT_EQ(report->repeated_keys + report->missing_keys, 0u);
    EXPECT_EQ(records(report->delivery.id).size(), file.rows.loaded);
  }
  EXPECT_EQ(store::newest_deliveries(workspace_.store().deliveries()).size(), 10u);
}

}  // namespace
}  // namespace bidui::workspace
