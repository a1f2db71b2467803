#include "matcher/rule/operators.h"

#include <cmath>
#include <compare>

#include "matcher/rule/calendar.h"

namespace bidui::rule {
namespace {

Value holds(Op op, std::partial_ordering order) {
  switch (op) {
    case Op::kEqual:
      return Value::of_boolean(order == 0);
    case Op::kNotEqual:
      return Value::of_boolean(order != 0);
    case Op::kLess:
      return Value::of_boolean(order < 0);
    case Op::kLessEqual:
      return Value::of_boolean(order <= 0);
    case Op::kGreater:
      return Value::of_boolean(order > 0);
    case Op::kGreaterEqual:
      return Value::of_boolean(order >= 0);
    default:
      return Value::unknown();
  }
}

Value compare_dates(Op op, DateRange left, DateRange right) {
  if (left.is_full() && right.is_full()) return holds(op, left.first <=> right.first);
  if (left.last < right.first) return holds(op, std::partial_ordering::less);
  if (left.first > right.last) return holds(op, std::partial_ordering::greater);
  // They overlap: only a bound that both share can still settle <= and >=.
  if (op == Op::kLessEqual && left.last <= right.first) return Value::of_boolean(true);
  if (op == Op::kGreater && left.last <= right.first) return Value::of_boolean(false);
  if (op == Op::kGreaterEqual && left.first >= right.last) return Value::of_boolean(true);
  if (op == Op::kLess && left.first >= right.last) return Value::of_boolean(false);
  return Value::unknown();
}

// Unknown where the shifted date would leave the years 1 to 9999.
Value shift(DateRange date, const Value& period, int sign) {
  constexpr DayNumber kFirstDay = -719162;  // 0001-01-01
  constexpr DayNumber kLastDay = 2932896;   // 9999-12-31
  constexpr double kMaxDays = kLastDay - kFirstDay;
  const bool in_days = period.kind == ValueKind::kDays;
  if (std::abs(period.number) > (in_days ? kMaxDays : kMaxDays / 31)) return Value::unknown();
  const int amount = sign * static_cast<int>(period.number);
  const DateRange moved =
      in_days ? DateRange{date.first + amount, date.last + amount}
              : DateRange{add_months(date.first, amount), add_months(date.last, amount)};
  if (moved.first < kFirstDay || moved.last > kLastDay) return Value::unknown();
  return Value::of_date(moved);
}

double calculate_numbers(Op op, double left, double right) {
  if (op == Op::kAdd) return left + right;
  if (op == Op::kSubtract) return left - right;
  return op == Op::kMultiply ? left * right : left / right;
}

}  // namespace

Value compare(Op op, const Value& left, const Value& right) {
  if (left.is_unknown() || right.is_unknown() || left.kind != right.kind) return Value::unknown();
  switch (left.kind) {
    case ValueKind::kBoolean:
      return holds(op, left.boolean <=> right.boolean);
    case ValueKind::kNumber:
    case ValueKind::kDays:
    case ValueKind::kMonths:
      return holds(op, left.number <=> right.number);
    case ValueKind::kText:
      return holds(op, left.text <=> right.text);
    case ValueKind::kDate:
      return compare_dates(op, left.date, right.date);
    case ValueKind::kLevel:
      return holds(op, left.level <=> right.level);
    case ValueKind::kRecord:
      return holds(op, left.record <=> right.record);
    case ValueKind::kHousehold:
      return holds(op, left.household <=> right.household);
    case ValueKind::kUnknown:
    case ValueKind::kList:
      break;
  }
  return Value::unknown();
}

Value calculate(Op op, const Value& left, const Value& right) {
  if (left.is_unknown() || right.is_unknown()) return Value::unknown();
  if (left.kind != ValueKind::kDate && right.kind == ValueKind::kDate) {
    return shift(right.date, left, 1);
  }
  if (left.kind != ValueKind::kDate) {
    if (op == Op::kDivide && right.number == 0) return Value::unknown();
    return Value::of_number(calculate_numbers(op, left.number, right.number), left.kind);
  }
  if (right.kind != ValueKind::kDate) {
    return shift(left.date, right, op == Op::kAdd ? 1 : -1);
  }
  if (!left.date.is_full() || !right.date.is_full()) return Value::unknown();
  return Value::of_number(left.date.first - right.date.first, ValueKind::kDays);
}

Value contained(const Value& item, const ListValue& list) {
  bool unsure = list.open;
  for (std::uint32_t i = 0; i < list.total; ++i) {
    const Value equal = compare(Op::kEqual, item, element(list, i));
    if (equal.is_true() && i < list.sure) return equal;
    if (!equal.is_false()) unsure = true;
  }
  return unsure ? Value::unknown() : Value::of_boolean(false);
}

}  // namespace bidui::rule
