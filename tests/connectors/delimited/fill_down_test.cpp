#include "connectors/delimited/fill_down.h"

#include <gtest/gtest.h>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

const FillDown kHousehold{.key_column = 0, .columns = {2}};

using Values = std::vector<std::string>;

// At every block size: what is carried from batch to batch is what one batch would hold.
TEST(FillDownTest, BlankHouseholdCellsTakeTheBlocksFirstValue) {
  const std::string text =
      "户编号,姓名,住址\n1,王伟,竹墩村\n,张敏,\n,王小,雨福村\n小计,3,\n,王幼,\n2,李娜,\n,李雷,\n2,"
      "李四,凉泉\n";
  for (std::size_t block = 1; block < text.size() + 2; ++block) {
    const auto file = read_bytes(text, block, kHousehold);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->loaded(0), (Values{"1", "1", "1", "1", "2", "2", "2"})) << block;
    EXPECT_EQ(file->loaded(2), (Values{"竹墩村", "竹墩村", "雨福村", "竹墩村", "", "", "凉泉"}));
    EXPECT_EQ(file->counts.filled_cells, 6u);
  }
}

TEST(FillDownTest, ARowWithAKeyOfItsOwnKeepsItsBlankCells) {
  const auto file =
      read_bytes("户编号,姓名,住址\n1,王伟,竹墩村\n1,张敏,\n,王小,\n", 1 << 20, kHousehold);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->loaded(0), (Values{"1", "1", "1"}));
  EXPECT_EQ(file->loaded(2), (Values{"竹墩村", "", "竹墩村"}));
}

TEST(FillDownTest, ARejectedRowEndsTheBlock) {
  const auto file =
      read_bytes("户编号,姓名,住址\n1,王伟,竹墩村\n2,李\xFF,x\n,李雷,\n3,钱进,雨福村\n,钱多,\n",
                 1 << 20, kHousehold);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->loaded(0), (Values{"1", "", "3", "3"}));
  EXPECT_EQ(file->loaded(2), (Values{"竹墩村", "", "雨福村", "雨福村"}));
}

TEST(FillDownTest, PersonCellsAreNeverFilled) {
  const auto file =
      read_bytes("户编号,姓名,住址\n1,王伟,竹墩村\n,,\n,张敏,\n1,,\n", 1 << 20, kHousehold);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->loaded(1), (Values{"王伟", "张敏", ""}));
}

TEST(FillDownTest, ColumnsThatDoNotExistAreAnError) {
  const auto file = read_bytes("姓名,住址\n王,x\n", 1 << 20, kHousehold);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace bidui::connectors
