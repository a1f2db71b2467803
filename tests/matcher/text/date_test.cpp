#include "matcher/text/date.h"

#include <gtest/gtest.h>

#include "tests/matcher/text/case_table.h"

namespace bidui::text {
namespace {

std::string text_of(const ParsedDate& parsed) {
  const Date d = parsed.date;
  if (d.is_missing()) return "";
  char text[16];
  if (d.month == 0) {
    std::snprintf(text, sizeof text, "%04d", d.year);
  } else if (d.day == 0) {
    std::snprintf(text, sizeof text, "%04d-%02d", d.year, d.month);
  } else {
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
  }
  return text;
}

std::string state_name(DateState state) {
  switch (state) {
    case DateState::kMissing:
      return "missing";
    case DateState::kOk:
      return "ok";
    case DateState::kPartial:
      return "partial";
    case DateState::kImpossible:
      return "impossible";
  }
  return "?";
}

// input, date, state, note
TEST(DateTest, CasesHold) {
  const auto rows = case_rows("dates.tsv");
  ASSERT_GT(rows.size(), 60u);
  for (const CaseRow& row : rows) {
    const ParsedDate parsed = parse_date(row.at(0));
    EXPECT_EQ(text_of(parsed), row.at(1)) << row.place;
    EXPECT_EQ(state_name(parsed.state), row.at(2)) << row.place;
  }
}

TEST(DateTest, NormalisingTwiceChangesNothing) {
  for (const CaseRow& row : case_rows("dates.tsv")) {
    const ParsedDate once = parse_date(row.at(0));
    if (once.state == DateState::kImpossible) continue;
    EXPECT_EQ(parse_date(text_of(once)), once) << row.place;
  }
}

TEST(DateTest, DayNumbersRoundTrip) {
  Date date{1850, 1, 1};
  for (std::int32_t day = day_number(date); date.year <= 2100; ++day) {
    ASSERT_EQ(from_day_number(day), date);
    ASSERT_EQ(day_number(date), day);
    ASSERT_TRUE(valid(date));
    if (++date.day > days_in_month(date.year, date.month)) {
      date.day = 1;
      if (++date.month > 12) {
        date.month = 1;
        ++date.year;
      }
    }
  }
  EXPECT_EQ(day_number({1970, 1, 1}), 0);
  EXPECT_EQ(day_number({2017, 11, 20}), 43059 - 25569);
}

// Every day of 1900 to 2050 in each spelling is read as itself. The first day of 1900 is a
// placeholder, and two-digit years have their window.
TEST(DateTest, EverySpellingOfEveryDay) {
  const char* const formats[] = {"%04d%02d%02d", "%04d-%02d-%02d", "%04d/%d/%d",
                                 "%04d.%d.%d",   "%04d年%d月%d日", "%04d-%d-%d 00:00:00"};
  for (std::int32_t day = day_number({1900, 1, 2}); day < day_number({2050, 1, 1}); ++day) {
    const Date date = from_day_number(day);
    for (const char* const format : formats) {
      char text[48];
      std::snprintf(text, sizeof text, format, date.year, date.month, date.day);
      ASSERT_EQ(parse_date(text).date, date) << text;
    }
    if (date.year >= 1928) {
      ASSERT_EQ(parse_date(std::to_string(day + 25569)).date, date);
      ASSERT_EQ(parse_date(std::to_string(day + 25569) + ".0").date, date);
    }
  }
}

TEST(DateTest, ValidKnowsTheCalendar) {
  EXPECT_TRUE(valid({2016, 2, 29}));
  EXPECT_FALSE(valid({2017, 2, 29}));
  EXPECT_FALSE(valid({1900, 2, 29}));
  EXPECT_TRUE(valid({2000, 2, 29}));
  EXPECT_FALSE(valid({2017, 0, 1}));
  EXPECT_FALSE(valid({2017, 13, 1}));
  EXPECT_FALSE(valid({0, 1, 1}));
}

}  // namespace
}  // namespace bidui::text
