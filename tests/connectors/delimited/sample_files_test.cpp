// The files of one county as its offices deliver them (tests/fixtures/sample; generated people).
#include <filesystem>
#include <gtest/gtest.h>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

struct SampleFile {
  const char* name;
  Encoding encoding;
  std::size_t columns;
  std::uint64_t rows;
};

int any_chinese_text(std::span<const std::string_view> cells) {
  return static_cast<int>(std::ranges::count_if(cells, [](std::string_view cell) {
    return cell == "姓名" || cell.ends_with("姓名") || cell.find("编号") != cell.npos ||
           cell.find("身份证") != cell.npos || cell.find("证") != cell.npos ||
           cell.find("号") != cell.npos;
  }));
}

TEST(SampleFilesTest, EveryRowIsLoaded) {
  const std::vector<SampleFile> files{{"农村低保花名册.csv", Encoding::kGb18030, 23, 595},
                                      {"农村住房信息.csv", Encoding::kGb18030, 20, 602},
                                      {"市场主体登记.csv", Encoding::kGb18030, 12, 442},
                                      {"常住人口登记.csv", Encoding::kUtf8, 23, 9828},
                                      {"建档立卡贫困人口.csv", Encoding::kUtf8, 27, 1284},
                                      {"持证残疾人.csv", Encoding::kUtf8, 11, 245},
                                      {"易地扶贫搬迁台账.csv", Encoding::kUtf8, 21, 230},
                                      {"机动车登记.csv", Encoding::kUtf8, 12, 773},
                                      {"死亡火化登记.csv", Encoding::kUtf8, 11, 235},
                                      {"财政供养人员.csv", Encoding::kUtf8, 7, 113}};
  const std::filesystem::path folder = BIDUI_SOURCE_DIR "/tests/fixtures/sample";
  for (const SampleFile& expected : files) {
    ReaderOptions options;
    options.block_bytes = 10000;
    const auto file =
        read_all(DelimitedReader::open(folder / expected.name, any_chinese_text, options));
    ASSERT_TRUE(file.has_value()) << file.error().describe();
    EXPECT_EQ(file->format.encoding, expected.encoding) << expected.name;
    EXPECT_EQ(file->format.header_row, 1u) << expected.name;
    EXPECT_EQ(file->header.size(), expected.columns) << expected.name;
    EXPECT_EQ(file->counts.read, expected.rows) << expected.name;
    EXPECT_EQ(file->counts.loaded, expected.rows) << expected.name;
    EXPECT_EQ(file->rows.back().row.number, expected.rows + 1) << expected.name;
  }
}

TEST(SampleFilesTest, RelocationHouseholdsAreFilledDown) {
  auto opened = DelimitedReader::open(
      BIDUI_SOURCE_DIR "/tests/fixtures/sample/易地扶贫搬迁台账.csv", any_chinese_text);
  const auto file = read_all(std::move(opened), FillDown{.key_column = 0, .columns = {2, 7, 8, 9}});
  ASSERT_TRUE(file.has_value());
  for (const auto& r : file->rows) {
    EXPECT_FALSE(r.cells[0].empty()) << r.row.number;
    EXPECT_FALSE(r.cells[2].empty()) << r.row.number;
  }
}

// The beginning and the end of the poverty roll, saved from the spreadsheet as text.
TEST(SampleFilesTest, TitlesTotalAndSignaturesOfTheRollAreSkipped) {
  auto opened = DelimitedReader::open(
      BIDUI_SOURCE_DIR "/tests/fixtures/delimited/贫困人口花名册.csv", any_chinese_text);
  const auto file = read_all(std::move(opened), FillDown{.key_column = 5, .columns = {1, 2, 3, 4}});
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->format.header_row, 3u);
  EXPECT_EQ(file->header[9], "证件号码\n（18位）");
  EXPECT_EQ(file->counts.loaded, 60u);
  EXPECT_EQ(file->counts.skipped, 4u);
  EXPECT_EQ(file->rows[2].row.number, 4u);
  for (const auto& r : file->rows) {
    EXPECT_TRUE(r.row.fate != RowFate::kLoaded || !r.cells[5].empty()) << r.row.number;
  }
}

}  // namespace
}  // namespace bidui::connectors
