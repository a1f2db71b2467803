#include "connectors/report/cell_text.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace bidui::connectors::report {
namespace {

constexpr std::string_view kMark = "…〔截断〕";

TEST(CellText, KeepsTextAndLineBreaks) {
  EXPECT_EQ(clean_text("张三\r\n李四\t王五"), "张三\n李四\t王五");
  EXPECT_EQ(clean_text("𠮷野"), "𠮷野");
  EXPECT_EQ(clean_text(""), "");
}

TEST(CellText, ReplacesWhatDoesNotDecode) {
  EXPECT_EQ(clean_text("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(clean_text("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong
  EXPECT_EQ(clean_text("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // surrogate
  EXPECT_EQ(clean_text("\xE5\xBC"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // cut short
  EXPECT_EQ(clean_text(std::string_view("a\0b\x1B", 4)), "a b ");
}

TEST(CellText, CleaningTwiceChangesNothingAndNeverFails) {
  std::mt19937 random(42);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (auto i = random() % 12; i > 0; --i) bytes += static_cast<char>(random() % 256);
    const std::string once = clean_text(bytes);
    ASSERT_EQ(clean_text(once), once) << "seed 42, round " << round;
  }
}

TEST(CellText, CutsAtTheLimitOfExcelWithAMark) {
  const std::string fits(kCellUnits, 'a');
  EXPECT_EQ(cut_text(fits, kMark), fits);
  const std::string cut = cut_text(fits + "a", kMark);
  EXPECT_EQ(cut, std::string(kCellUnits - 5, 'a') + std::string(kMark));
}

TEST(CellText, CountsUtf16UnitsAndNeverSplitsACharacter) {
  EXPECT_EQ(cut_text("张三李四", "", 3), "张三李");
  EXPECT_EQ(cut_text("𠮷𠮷", "", 3), "𠮷");
  EXPECT_EQ(cut_text("𠮷𠮷", "", 4), "𠮷𠮷");
  EXPECT_EQ(cut_text("张三李四王", "…", 4), "张三李…");
  EXPECT_EQ(cut_text("abc", "long mark", 2), "ab");
}

TEST(CellText, NothingIsAnEscapeOfTheFormat) {
  EXPECT_EQ(literal_text("a_x0041_b_x000a_"), "a_x005F_x0041_b_x005F_x000a_");
  EXPECT_EQ(literal_text("_x0041_x0042_"), "_x005F_x0041_x005F_x0042_");
  for (const char* plain : {"_x", "_x00", "_xyz12_", "x0041_", "a_b"})
    EXPECT_EQ(literal_text(plain), plain);
}

TEST(CellText, ChineseIsTwiceAsWide) {
  EXPECT_EQ(display_width("张三a"), 5U);
  EXPECT_EQ(display_width("ab\n张三李"), 6U);
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("（）"), 4U);
}

TEST(CellText, SheetNamesFitExcel) {
  EXPECT_EQ(sheet_name("a/b[c]:d*e?f\\g"), "a_b_c__d_e_f_g");
  EXPECT_EQ(sheet_name("RELOCATED_ENTERED_PR_BY_RELOCATION").size(), 31U);
  EXPECT_EQ(sheet_name("RELOCATED_ENTERED_PR_BY_RELOCATION", " (2)"),
            "RELOCATED_ENTERED_PR_BY_REL (2)");
  EXPECT_EQ(sheet_name("'x'"), "_x_");
  EXPECT_EQ(sheet_name(""), "Sheet");
}

}  // namespace
}  // namespace bidui::connectors::report
