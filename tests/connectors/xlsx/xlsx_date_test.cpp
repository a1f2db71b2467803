#include "connectors/xlsx/xlsx_date.h"

#include <gtest/gtest.h>

#include "connectors/xlsx/cell_reference.h"

namespace bidui::connectors {
namespace {

using Kind = NumberFormat::Kind;

TEST(XlsxDate, KnowsFormatsOfDatesByNumberAndByCode) {
  for (const std::uint32_t id : {14U, 22U, 31U, 54U, 58U})
    EXPECT_EQ(number_format(id, "").kind, Kind::kDate) << id;
  for (const std::uint32_t id : {17U, 27U, 36U, 57U})
    EXPECT_EQ(number_format(id, "").kind, Kind::kMonth) << id;
  for (const std::uint32_t id : {0U, 1U, 9U, 20U, 46U, 49U, 55U})
    EXPECT_EQ(number_format(id, "").kind, Kind::kNumber) << id;
  for (const char* code :
       {"yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy/m/d;@", "D.M.YY", "m月d日"})
    EXPECT_EQ(number_format(164, code).kind, Kind::kDate) << code;
  for (const char* code : {"yyyy-mm", "yyyy\"年\"m\"月\"", "[$-804]yyyy/m;@"})
    EXPECT_EQ(number_format(164, code).kind, Kind::kMonth) << code;
  for (const char* code : {"General", "0.00", "\"day\"0", "[Red]0", "h:mm", "@", "0\\d", "#,##0_d"})
    EXPECT_EQ(number_format(164, code).kind, Kind::kNumber) << code;
  EXPECT_EQ(number_format(164, "0000"), (NumberFormat{.kind = Kind::kPadded, .digits = 4}));
}

TEST(XlsxDate, ShowsNumbersAsASpreadsheetDoes) {
  EXPECT_EQ(shown_number("4482.0"), "4482");
  EXPECT_EQ(shown_number("3020.1999999999998"), "3020.2");
  EXPECT_EQ(shown_number("4.3059E+4"), "43059");
  EXPECT_EQ(shown_number("-0.5"), "-0.5");
  EXPECT_EQ(shown_number("12", {.kind = Kind::kPadded, .digits = 4}), "0012");
  EXPECT_EQ(shown_number("12345", {.kind = Kind::kPadded, .digits = 4}), "12345");
  // An ID number typed as a number: digits are lost, and it must look so.
  EXPECT_EQ(shown_number("5.0023519850101203E+17"), "500235198501012000");
  EXPECT_EQ(shown_number("5.002351985E+17"), "500235198500000000");
  EXPECT_EQ(shown_number("5.00235E+17"), "5.00235E+17");
  EXPECT_EQ(shown_number("6.2170012345678901E+18"), "6.21700123456789E+18");
  EXPECT_EQ(shown_number("500235198501012000"), "500235198501012000");
  EXPECT_EQ(shown_number("500235198501012000.0"), "500235198501012000");
  // Written by a program, digit by digit.
  EXPECT_EQ(shown_number("500235198501012345"), "500235198501012345");
  for (const char* odd : {"1.2.3", "NaN", "1e999", "E", ".", "--1.0"})
    EXPECT_EQ(shown_number(odd), odd);
}

TEST(XlsxDate, CountsDaysAsExcelDoes) {
  EXPECT_EQ(date_of_serial(1, DateSystem::k1900), "1900-01-01");
  EXPECT_EQ(date_of_serial(59, DateSystem::k1900), "1900-02-28");
  EXPECT_EQ(date_of_serial(61, DateSystem::k1900), "1900-03-01");
  EXPECT_EQ(date_of_serial(43072, DateSystem::k1900), "2017-12-03");
  EXPECT_EQ(date_of_serial(43072.99, DateSystem::k1900), "2017-12-03");
  EXPECT_EQ(date_of_serial(41610, DateSystem::k1904), "2017-12-03");
  EXPECT_EQ(date_of_serial(20241, DateSystem::k1900, Kind::kMonth), "1955-06");
  EXPECT_EQ(date_of_serial(20255, DateSystem::k1900, Kind::kMonth), "1955-06-15");
  for (const double serial : {-1.0, 0.5, 3e6, 1e300}) {
    EXPECT_FALSE(date_of_serial(serial, DateSystem::k1900)) << serial;
    EXPECT_FALSE(date_of_serial(serial, DateSystem::k1900)) << serial;
  }
}

TEST(CellReference, ReadsWhatASheetCanHold) {
  EXPECT_EQ(parse_cell_reference("A1"), (CellReference{0, 1}));
  EXPECT_EQ(parse_cell_reference("BC12"), (CellReference{54, 12}));
  EXPECT_EQ(parse_cell_reference("XFD1048576"), (CellReference{16383, 1048576}));
  for (const char* text : {"", "A", "1", "a1", "A0", "XFE1", "A1048577", "AAAA1", "A1B", "A-1"})
    EXPECT_FALSE(parse_cell_reference(text)) << text;
}

}  // namespace
}  // namespace bidui::connectors
