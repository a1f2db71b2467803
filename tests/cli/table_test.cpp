#include "cli/table.h"

#include <gtest/gtest.h>

#include "cli/console.h"

namespace bidui::cli {
namespace {

TEST(TableTest, HanCharactersTakeTwoColumns) {
  Table table({{"名称"}, {"n", Align::kRight}}, 2);
  table.add({"ab", "1"});
  table.add({"危房等级", "1,000"});
  EXPECT_EQ(table.text(),
            "  名称          n\n"
            "  ab            1\n"
            "  危房等级  1,000\n");
}

TEST(TableTest, WithoutTitlesThereIsNoTitleLine) {
  Table table({{""}, {""}});
  table.add({"a", ""});
  EXPECT_EQ(table.text(), "a\n");
}

TEST(TableTest, TooWideTablesLoseEmptyColumnsFirst) {
  Table table({{"名称"}, {"新增", Align::kRight, true}, {"现存", Align::kRight, true}});
  table.add({"危房未改造", "0", "12"});
  EXPECT_EQ(table.text(100),
            "名称        新增  现存\n"
            "危房未改造     0    12\n");
  EXPECT_EQ(table.text(20),
            "名称        现存\n"
            "危房未改造    12\n");
}

TEST(TableTest, TooWideTablesBreakTextButNoWord) {
  Table table({{"规则"}, {"名称"}, {"数", Align::kRight}}, 2);
  table.add({"DEAD_IN_PR", "死亡后仍发放低保（待核）", "1,000"});
  EXPECT_EQ(table.text(31),
            "  规则        名称           数\n"
            "  DEAD_IN_PR  死亡后仍发  1,000\n"
            "              放低保（待\n"
            "              核）\n");
  EXPECT_EQ(table.text(10), table.text(1)) << "words stay whole";
}

TEST(TableTest, LongListsAreBrokenBehindACommaOrSpace) {
  std::string list;
  for (int i = 0; i < 30; ++i) list += "危房等级、";
  const std::string text = wrapped(list, 4);
  std::size_t begin = 0;
  std::string joined;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != text.npos; begin = end + 1) {
    const std::string line = text.substr(begin, end - begin);
    EXPECT_LE(display_width(line), 96u);
    joined += line.substr(4);
  }
  EXPECT_EQ(joined, list);
}

TEST(TableTest, ThousandsAreGrouped) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

}  // namespace
}  // namespace bidui::cli
