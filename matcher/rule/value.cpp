#include "matcher/rule/value.h"

#include <fmt/format.h>

#include "matcher/rule/calendar.h"

namespace bidui::rule {

Value element(const ListValue& list, std::uint32_t i) {
  switch (list.storage) {
    case ListValue::Storage::kRecords:
      return Value::of_record(static_cast<const RecordRef*>(list.data)[i]);
    case ListValue::Storage::kLinks:
      return Value::of_record(static_cast<const Link*>(list.data)[i].record);
    case ListValue::Storage::kHouseholdLinks:
      return Value::of_household(static_cast<const HouseholdLink*>(list.data)[i].household);
    case ListValue::Storage::kValues:
      return static_cast<const Value*>(list.data)[i];
  }
  return Value::unknown();
}

std::string display_value(const Value& value) {
  switch (value.kind) {
    case ValueKind::kBoolean:
      return value.boolean ? "是" : "否";
    case ValueKind::kNumber:
    case ValueKind::kDays:
    case ValueKind::kMonths:
      return fmt::format("{}", value.number);
    case ValueKind::kText:
      return std::string(value.text);
    case ValueKind::kDate:
      return format_date(value.date);
    case ValueKind::kLevel:
      return std::string(level_name(value.level));
    case ValueKind::kUnknown:
    case ValueKind::kRecord:
    case ValueKind::kHousehold:
    case ValueKind::kList:
      break;
  }
  return {};
}

std::string_view level_name(LinkLevel level) {
  switch (level) {
    case LinkLevel::kNone:
      return "";
    case LinkLevel::kL1:
      return "L1";
    case LinkLevel::kL2:
      return "L2";
    case LinkLevel::kL3:
      return "L3";
  }
  return "";
}

}  // namespace bidui::rule
