#include "connectors/delimited/plain_header.h"

#include <gtest/gtest.h>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

using Rows = std::vector<std::vector<std::string>>;

TEST(PlainHeaderTest, IsTheFirstRowOfFullWidthWithoutData) {
  EXPECT_EQ(plain_header_row(Rows{{"colour", "size"}, {"red", "5"}, {"blue", "6"}}), 0u);
  EXPECT_EQ(plain_header_row(Rows{{"List of things"},
                                  {"", ""},
                                  {"colour", "size"},
                                  {"red", "5"},
                                  {"blue", "6"},
                                  {"blue", "7"}}),
            2u);
  EXPECT_EQ(plain_header_row(Rows{{"", "colour", "size", "address_1"}, {"0", "red", "5", "x"}}), 0u)
      << "an index without a name";
  EXPECT_EQ(plain_header_row(Rows{{"#", "colour"}, {"1", "red"}}), 0u);
}

TEST(PlainHeaderTest, DataIsNoHeader) {
  EXPECT_EQ(plain_header_row(Rows{{"red", "5"}, {"blue", "6"}}), std::nullopt) << "a number";
  EXPECT_EQ(plain_header_row(Rows{{"ann", "1967-07-21"}, {"bob", "1968-01-02"}}), std::nullopt);
  EXPECT_EQ(plain_header_row(Rows{{"ann", "a@b.org"}, {"bob", "c@b.org"}}), std::nullopt);
  EXPECT_EQ(plain_header_row(Rows{{"red", "red"}, {"blue", "red"}}), std::nullopt) << "twice";
  EXPECT_EQ(plain_header_row(Rows{{"red", "oak"}, {"blue", "ash"}, {"red", "elm"}}), std::nullopt)
      << "a value of the column";
}

TEST(PlainHeaderTest, AHeaderMayBeRepeatedOnTheNextPage) {
  EXPECT_EQ(
      plain_header_row(Rows{{"colour", "size"}, {"red", "5"}, {"colour", "size"}, {"tan", "7"}}),
      0u);
}

TEST(PlainHeaderTest, NeedsRowsAndColumns) {
  EXPECT_EQ(plain_header_row(Rows{}), std::nullopt);
  EXPECT_EQ(plain_header_row(Rows{{"colour", "size"}}), std::nullopt);
  EXPECT_EQ(plain_header_row(Rows{{"colour"}, {"red"}}), std::nullopt);
}

TEST(PlainHeaderTest, CountsOnlyWhereTheCallerAllowsIt) {
  const std::string text = "colour;size\nred;5\nblue, dark;6\n";
  EXPECT_FALSE(find_header(text, true, known_columns, {}).has_value());
  const auto found = find_header(text, true, known_columns, {.accept_unknown = true});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->delimiter, ';');
  EXPECT_EQ(found->columns, (std::vector<std::string>{"colour", "size"}));
  EXPECT_EQ(found->recognised, 0);
}

TEST(PlainHeaderTest, AListOfOneColumnNeedsAKnownName) {
  const HeaderSearch search{.accept_unknown = true};
  const auto found = find_header("身份证号\n1\n2\n", true, known_columns, search);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->columns, (std::vector<std::string>{"身份证号"}));
  EXPECT_FALSE(find_header("colour\nred\nblue\n", true, known_columns, search).has_value());
}

}  // namespace
}  // namespace bidui::connectors
