#include "cli/cell_lines.h"

#include <gmock/gmock.h>

#include "cli/console.h"

namespace bidui::cli {
namespace {

using testing::ElementsAre;

TEST(CellLinesTest, BreakBetweenHanCharactersAndAtSpaces) {
  EXPECT_THAT(cell_lines("死亡仍在册", 6), ElementsAre("死亡仍", "在册"));
  EXPECT_THAT(cell_lines("linked by name", 8), ElementsAre("linked", "by name"));
  EXPECT_THAT(cell_lines("", 0), ElementsAre(""));
  EXPECT_THAT(cell_lines("短", 40), ElementsAre("短"));
}

TEST(CellLinesTest, PunctuationStaysWithItsText) {
  EXPECT_THAT(cell_lines("低保（漏评）", 4), ElementsAre("低保", "（漏", "评）"));
  EXPECT_THAT(cell_lines("甲、乙、丙", 4), ElementsAre("甲、", "乙、", "丙"));
}

TEST(CellLinesTest, WordsAreNotBroken) {
  EXPECT_THAT(cell_lines("poverty:340826000001000", 8), ElementsAre("poverty:340826000001000"));
  EXPECT_EQ(longest_piece("记录 poverty:P1"), 10U);
  EXPECT_EQ(longest_piece("甲，乙"), 4U);
}

TEST(CellLinesTest, NothingButSpacesIsLost) {
  const std::string text =
      "同一来源 DUP_IN_SOURCE 重复登记（household、person），见 bidui flag list。";
  for (std::size_t width = 1; width < 40; ++width) {
    std::string joined;
    for (const std::string& line : cell_lines(text, width)) {
      EXPECT_LE(display_width(line), std::max(width, longest_piece(text)));
      joined += line;
    }
    std::string wanted = text;
    std::erase(wanted, ' ');
    std::erase(joined, ' ');
    EXPECT_EQ(joined, wanted) << width;
  }
}

}  // namespace
}  // namespace bidui::cli
