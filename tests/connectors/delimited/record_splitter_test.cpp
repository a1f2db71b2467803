#include "connectors/delimited/record_splitter.h"

#include <gtest/gtest.h>

#include "connectors/delimited/cell_text.h"
#include "tests/connectors/delimited/testing.h"
#include "tests/reference/delimited_text.h"

namespace bidui::connectors {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows split(std::string_view text, bool last, RecordSplitter& splitter) {
  splitter.split(text, last);
  Rows rows;
  for (const RawRecord& record : splitter.records()) {
    auto& row = rows.emplace_back();
    for (std::uint32_t i = 0; i < record.cell_count; ++i) {
      const RawCell& cell = splitter.cells()[record.first_cell + i];
      const std::string_view raw = text.substr(cell.begin, cell.end - cell.begin);
      TextBuffer arena;
      arena.reserve_more(raw.size());
      row.emplace_back(cell.quoted && raw.starts_with('"') ? unquote(raw, arena) : raw);
    }
  }
  return rows;
}

TEST(RecordSplitterTest, AgreesWithTheObviousParser) {
  constexpr unsigned kSeed = 11;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random_text(random, "a,\"\n\r\"b\"", random() % 40);
    const reference::Table expected = reference::split_delimited(text, ',');
    RecordSplitter splitter(',');
    const Rows rows = split(text, true, splitter);
    ASSERT_EQ(splitter.ends_in_quotes(), expected.ends_in_quotes)
        << "round " << round << ": " << text;
    ASSERT_EQ(rows, expected.rows) << "seed " << kSeed << " round " << round << ": " << text;
  }
}

TEST(RecordSplitterTest, LeavesAnOpenRecordForTheNextPiece) {
  RecordSplitter splitter(',');
  EXPECT_EQ(split("a,b\nc,\"d\n", false, splitter), (Rows{{"a", "b"}}));
  EXPECT_EQ(splitter.open_record_begin(), 4u);
  EXPECT_EQ(split("a,b\r", false, splitter), Rows{});
  EXPECT_EQ(splitter.open_record_begin(), 0u);
  EXPECT_EQ(split("a,b\n", false, splitter), (Rows{{"a", "b"}}));
  EXPECT_EQ(splitter.open_record_begin(), 4u);
}

// Whatever pieces of an open record are dropped, its end is found where it is.
TEST(RecordSplitterTest, FindsTheEndOfADroppedRecord) {
  const std::string text = "a,\"x\"\"\r\n,y\"z,\"\"\r\nnext,row\n";
  const std::string_view whole = text;
  const std::size_t end = whole.find("next");
  for (std::size_t cut = 0; cut < end; ++cut) {
    RecordSplitter splitter(',');
    ASSERT_EQ(split(whole.substr(0, cut), false, splitter), Rows{}) << cut;
    const std::uint32_t kept = cut > 0 && whole[cut - 1] == '\r' ? 1 : 0;
    splitter.drop_open_record(static_cast<std::uint32_t>(cut), kept);
    const Rows rows = split(whole.substr(cut - kept), true, splitter);
    ASSERT_EQ(rows.size(), 2u) << cut;
    EXPECT_EQ(rows[1], (std::vector<std::string>{"next", "row"})) << cut;
  }
}

}  // namespace
}  // namespace bidui::connectors
