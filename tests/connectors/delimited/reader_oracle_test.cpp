// The whole reader against the obvious parser, on random tables.
#include <gtest/gtest.h>

#include "connectors/delimited/cell_text.h"
#include "tests/connectors/delimited/testing.h"
#include "tests/reference/delimited_text.h"

namespace bidui::connectors {
namespace {

TEST(ReaderOracleTest, RandomTablesAgreeAtEveryBlockSize) {
  constexpr unsigned kSeed = 23;
  std::mt19937 random(kSeed);
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    const char delimiter = ",\t;|"[round % 4];
    std::string text = "a#b#c\n";
    std::ranges::replace(text, '#', delimiter);
    std::string alphabet = "xy \"\"\n\r";
    alphabet += std::string(3, delimiter);
    text += random_text(random, alphabet, random() % 60);
    const auto expected = reference::split_delimited(text, delimiter);
    ReaderOptions options;
    options.header.delimiter = delimiter;
    options.block_bytes = 1 + random() % (text.size() + 2);
    const auto file = read_all(DelimitedReader::open_bytes(text, "f", known_columns, options));
    ASSERT_EQ(file.has_value(), !expected.ends_in_quotes) << "seed " << kSeed << " round " << round;
    if (!file) {
      ++refused;
      continue;
    }
    ASSERT_EQ(file->rows.size(), expected.rows.size() - 1) << "round " << round << "\n" << text;
    const auto& counts = file->counts;
    ASSERT_EQ(counts.read, file->rows.size());
    ASSERT_EQ(counts.read, counts.loaded + counts.rejected + counts.skipped);
    for (std::size_t i = 0; i < file->rows.size(); ++i) {
      std::vector<std::string> cells;
      for (const std::string& cell : expected.rows[i + 1]) cells.emplace_back(trim_cell(cell));
      ASSERT_EQ(file->rows[i].cells, cells) << "round " << round << "\n" << text;
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_LT(refused, 2900);
}

}  // namespace
}  // namespace bidui::connectors
