// The lunar years 1900 to 2035 from ICU's Chinese calendar, a month at a time.
#include <cmath>
#include <memory>
#include <unicode/calendar.h>
#include <unicode/timezone.h>

#include "matcher/text/lunar.h"
#include "tools/pack_reference/packers.h"
#include "tools/pack_reference/tsv.h"

namespace bidui::pack {
namespace {

struct LunarField {
  int month = 0, day = 0;
  bool leap = false;
};

class ChineseCalendar {
 public:
  ChineseCalendar() {
    UErrorCode status = U_ZERO_ERROR;
    calendar_.reset(icu::Calendar::createInstance(icu::TimeZone::createTimeZone("Asia/Shanghai"),
                                                  icu::Locale("zh_CN@calendar=chinese"), status));
    if (U_FAILURE(status)) fail("ICU has no Chinese calendar");
  }

  // Noon of the day in China, so that changes of the zone's offset do not matter.
  LunarField at(std::int32_t day) {
    UErrorCode status = U_ZERO_ERROR;
    calendar_->setTime((day + 4.0 / 24) * 86400000.0, status);
    const LunarField field{.month = calendar_->get(UCAL_MONTH, status) + 1,
                           .day = calendar_->get(UCAL_DATE, status),
                           .leap = calendar_->get(UCAL_IS_LEAP_MONTH, status) != 0};
    if (U_FAILURE(status)) fail("ICU cannot convert a date");
    return field;
  }

 private:
  std::unique_ptr<icu::Calendar> calendar_;
};

}  // namespace

void pack_lunar_years(Block& block) {
  ChineseCalendar calendar;
  std::vector<text::LunarYearRow> years;
  std::int32_t day = -25567;  // 1900-01-01, before the first new year of the table
  LunarField month = calendar.at(day);
  while (month.month != 1 || month.day != 1 || month.leap) month = calendar.at(++day);
  for (int year = text::kFirstLunarYear; year <= text::kLastLunarYear; ++year) {
    text::LunarYearRow row{.first_day = day, .long_months = 0, .month_count = 0, .leap_month = 0};
    do {
      if (month.leap) row.leap_month = static_cast<std::uint8_t>(month.month);
      std::int32_t next = day + 29;
      if (calendar.at(next).day != 1) ++next;
      if (next - day == 30) {
        row.long_months = static_cast<std::uint16_t>(row.long_months | 1u << row.month_count);
      }
      ++row.month_count;
      day = next;
      month = calendar.at(day);
    } while (month.month != 1 || month.leap);
    years.push_back(row);
  }
  block.set(text::ReferenceSection::kLunarYears, years);
}

}  // namespace bidui::pack
