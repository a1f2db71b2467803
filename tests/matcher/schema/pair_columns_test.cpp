#include "matcher/schema/pair_columns.h"

#include <gtest/gtest.h>

#include "matcher/schema/alike_rows.h"

namespace bidui::schema {
namespace {

using Row = std::vector<std::string>;
using Rows = std::vector<Row>;

// A pronounceable word of its own for every number.
std::string word(std::size_t n) {
  std::string text;
  for (std::size_t i = 0; i < 4; ++i, n /= 16) {
    text += "bdfghklmnprstvwz"[n % 16];
    text += "aeiou"[n % 5];
  }
  return text;
}

// 40 rows of each file, of which the last 30 of the left are the first 30 of the right in another
// order.
template <typename Make>
Rows make_rows(bool right, Make make) {
  Rows rows;
  for (std::size_t i = 0; i < 40; ++i) rows.push_back(make(right ? 10 + i * 7 % 40 : i, i));
  return rows;
}

using Found = std::vector<std::tuple<std::size_t, std::size_t, std::string>>;

Found pair(const Row& left_header, const Rows& left, const Row& right_header, const Rows& right) {
  Recognition l = recognise_columns(left_header, left);
  Recognition r = recognise_columns(right_header, right);
  Found found;
  for (const ColumnPair& p : pair_columns({.header = left_header, .rows = left}, l,
                                          {.header = right_header, .rows = right}, r))
    found.emplace_back(p.left, p.right, std::string(kind_name(p.kind)));
  return found;
}

TEST(PairColumnsTest, UniqueTextsOfEqualHeaderArePaired) {
  const auto make = [](std::size_t thing, std::size_t) {
    return Row{std::to_string(thing), word(thing * 31) + " " + word(thing * 7 + 1),
               std::to_string(1990 + thing % 9)};
  };
  EXPECT_EQ(pair({"id", "title", "year"}, make_rows(false, make), {"id", "title", "year"},
                 make_rows(true, make)),
            (Found{{1, 1, "text"}, {2, 2, "category"}}));
}

TEST(PairColumnsTest, UnknownHeadersArePairedByWhatAlikeRowsHave) {
  const auto left = make_rows(false, [](std::size_t thing, std::size_t) {
    return Row{word(thing * 31) + " " + word(thing * 7 + 1), word(thing % 12),
               "$" + std::to_string(100 + thing * 13) + ".50"};
  });
  const auto right = make_rows(true, [](std::size_t thing, std::size_t) {
    return Row{std::to_string(100 + thing * 13) + ".50", word(thing % 12),
               word(thing * 7 + 1) + " " + word(thing * 31)};
  });
  EXPECT_EQ(pair({"item", "maker", "cost"}, left, {"amount", "brand", "label"}, right),
            (Found{{0, 2, "text"}, {1, 1, "category"}, {2, 0, "number"}}));
}

TEST(PairColumnsTest, CodesThatOnlyTheOtherFileRepeatsAreIdentifiers) {
  const auto make = [](std::size_t thing, std::size_t) {
    return Row{word(thing) + std::to_string(10000 + thing * 37)};
  };
  EXPECT_EQ(pair({"代码", "x"},
                 make_rows(false,
                           [&](std::size_t thing, std::size_t row) {
                             Row cells = make(thing, row);
                             cells.push_back(word(row % 3));
                             return cells;
                           }),
                 {"信用号"}, make_rows(true, make)),
            (Found{{0, 0, "identifier"}}));
}

TEST(PairColumnsTest, ColumnsThatCountTheRowsAreNoPair) {
  const auto make = [](std::size_t thing, std::size_t row) {
    return Row{std::to_string(row + 1), word(thing * 31) + " " + word(thing * 7 + 1)};
  };
  EXPECT_EQ(pair({"nr", "title"}, make_rows(false, make), {"nr", "title"}, make_rows(true, make)),
            (Found{{1, 1, "text"}}));
}

TEST(PairColumnsTest, ColumnsOfFewValuesAreNotPairedByChance) {
  const auto make = [](std::size_t thing, std::size_t row) {
    return Row{word(thing * 31) + " " + word(thing * 7 + 1), row % 3 == 0 ? "yes" : "no"};
  };
  EXPECT_EQ(
      pair({"title", "smoker"}, make_rows(false, make), {"title", "owner"}, make_rows(true, make)),
      (Found{{0, 0, "text"}}));
}

TEST(PairColumnsTest, OneKindForBothSidesOfABareName) {
  const auto persons = make_rows(false, [](std::size_t thing, std::size_t) {
    return Row{word(thing * 31) + " " + word(thing * 7 + 1)};
  });
  const auto things = make_rows(true, [](std::size_t thing, std::size_t) {
    return Row{word(thing * 31) + " " + word(thing * 7 + 1) + " TX-" + std::to_string(thing)};
  });
  EXPECT_EQ(pair({"name"}, persons, {"Name"}, things), (Found{{0, 0, "text"}}));
}

TEST(PairColumnsTest, KnownKindsArePairedWhateverTheirHeaders) {
  const auto left = make_rows(false, [](std::size_t thing, std::size_t row) {
    return Row{std::to_string(row), "王小" + std::to_string(thing),
               "1380000" + std::to_string(1000 + thing)};
  });
  const auto right = make_rows(true, [](std::size_t thing, std::size_t row) {
    return Row{"1380000" + std::to_string(1000 + thing), "王小" + std::to_string(thing),
               std::to_string(row)};
  });
  EXPECT_EQ(pair({"id", "姓名", "phone_home"}, left, {"mobile", "户主", "no"}, right),
            (Found{{1, 1, "full_name"}, {2, 0, "phone"}}));
}

TEST(PairColumnsTest, CodesWithoutAValueInCommonAreNoPair) {
  const auto left = make_rows(false, [](std::size_t thing, std::size_t) {
    return Row{"9134" + std::to_string(100000 + thing / 2 * 37), word(thing % 5)};
  });
  const auto right = make_rows(true, [](std::size_t thing, std::size_t) {
    return Row{"3408" + std::to_string(500000 + thing * 41), word(thing % 7 + 20)};
  });
  EXPECT_EQ(pair({"信用代码", "x"}, left, {"残疾人证号", "y"}, right), Found{});
}

TEST(PairColumnsTest, EmptyFilesAreNoFailure) {
  EXPECT_TRUE(pair({"a", "b"}, {}, {"a", "b"}, {}).empty());
  EXPECT_TRUE(pair({}, {}, {}, {}).empty());
}

TEST(PairColumnsTest, OneFileKeepsTextsThatDoNotRepeat) {
  const Row header = {"title", "code"};
  const Rows rows = make_rows(false, [](std::size_t thing, std::size_t) {
    return Row{word(thing * 31) + " " + word(thing * 7 + 1), word(thing) + std::to_string(thing)};
  });
  Recognition recognition = recognise_columns(header, rows);
  const auto pairs = pair_with_itself({.header = header, .rows = rows}, recognition);
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].kind, SemanticKind::kText);
  EXPECT_EQ(pairs[1].kind, SemanticKind::kIgnore);
}

TEST(AlikeRowsTest, WordsAreFoldedAndChineseOnesAreNeighbours) {
  EXPECT_EQ(words_of("Hello, WORLD"), words_of("world hello"));
  EXPECT_EQ(words_of("$822.99"), words_of("822.99"));
  EXPECT_EQ(words_of("丰祥建材").size(), 3u);
  EXPECT_TRUE(words_of(" - ").empty());
}

}  // namespace
}  // namespace bidui::schema
