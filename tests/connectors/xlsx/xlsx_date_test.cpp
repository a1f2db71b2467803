#include "connectors/xlsx/xlsx_date.h"

#include <gtest/gtest.h>

#include "connectors/xlsx/cell_reference.h"

namespace bidui::connectors {
namespace {

TEST(XlsxDate, KnowsFormatsOfDatesByNumberAndByCode) {
  for (const std::uint32_t id : {14U, 22U, 31U, 57U}) EXPECT_TRUE(is_date_format(id, "")) << id;
  for (const std::uint32_t id : {0U, 1U, 9U, 20U, 46U, 49U})
    EXPECT_FALSE(is_date_format(id, "")) << id;
  for (const char* code :
       {"yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy/m/d;@", "D.M.YY", "m月d日"})
    EXPECT_TRUE(is_date_format(164, code)) << code;
  for (const char* code : {"General", "0.00", "\"day\"0", "[Red]0", "h:mm", "@", "0\\d", "#,##0_d"})
    EXPECT_FALSE(is_date_format(164, code)) << code;
}

TEST(XlsxDate, CountsDaysAsExcelDoes) {
  EXPECT_EQ(date_of_serial(1, DateSystem::k1900), "1900-01-01");
  EXPECT_EQ(date_of_serial(59, DateSystem::k1900), "1900-02-28");
  EXPECT_EQ(date_of_serial(61, DateSystem::k1900), "1900-03-01");
  EXPECT_EQ(date_of_serial(43072, DateSystem::k1900), "2017-12-03");
  EXPECT_EQ(date_of_serial(43072.99, DateSystem::k1900), "2017-12-03");
  EXPECT_EQ(date_of_serial(41610, DateSystem::k1904), "2017-12-03");
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
