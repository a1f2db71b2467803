#include "connectors/delimited/cell_text.h"

#include <gtest/gtest.h>

namespace bidui::connectors {
namespace {

TEST(CellTextTest, TrimsEverySpaceAtTheEndsOnly) {
  EXPECT_EQ(trim_cell(" \t王　伟\r\n　"), "王　伟");
  EXPECT_EQ(trim_cell("\u00A0\u200B\uFEFF王\u3000\u2060\u202F"), "王");
  EXPECT_EQ(trim_cell("　\u00A0 \x1A"), "");
  EXPECT_EQ(trim_cell(""), "");
  EXPECT_EQ(trim_cell("。"), "。");      // E3 80 82
  EXPECT_EQ(trim_cell("“是”"), "“是”");  // E2 80 9C
}

TEST(CellTextTest, UnquotesWithAndWithoutDoubledQuotes) {
  TextBuffer arena;
  arena.reserve_more(64);
  EXPECT_EQ(unquote("\"a,b\"", arena), "a,b");
  EXPECT_EQ(arena.size(), 0u);
  EXPECT_EQ(unquote("\"a\"\"b\"", arena), "a\"b");
  EXPECT_EQ(unquote("\"a\"b\"c", arena), "ab\"c");
  EXPECT_EQ(unquote("\"\"", arena), "");
  EXPECT_EQ(unquote("\"\"\"\"", arena), "\"");
}

TEST(CellTextTest, UnwrapsNumbersKeptAsText) {
  EXPECT_EQ(unwrap_formula_text("=\"3408\""), "3408");
  EXPECT_EQ(unwrap_formula_text("=\""), "=\"");
  EXPECT_EQ(unwrap_formula_text("=A1"), "=A1");
}

TEST(CellTextTest, RemovesInnerSpaces) { EXPECT_EQ(without_spaces(" 合　\u00A0计 "), "合计"); }

}  // namespace
}  // namespace bidui::connectors
