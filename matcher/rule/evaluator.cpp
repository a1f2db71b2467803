#include "matcher/rule/evaluator.h"

#include <algorithm>
#include <cmath>

#include "matcher/rule/calendar.h"
#include "matcher/rule/linked.h"
#include "matcher/rule/operators.h"

namespace bidui::rule {
namespace {

// Periods are whole days or months.
Value period(const Value& amount, double factor, ValueKind kind) {
  return Value::of_number(std::trunc(amount.number * factor), kind);
}

Value date_of_parts(const Value& year, const Value& month, const Value& day) {
  const auto in_range = [](const Value& part, double most) {
    return !part.is_unknown() && part.number >= 0 && part.number <= most;
  };
  if (!in_range(year, 9999) || !in_range(month, 12) || !in_range(day, 31)) return Value::unknown();
  const auto range = date_range(static_cast<int>(year.number), static_cast<int>(month.number),
                                static_cast<int>(day.number));
  return range ? Value::of_date(*range) : Value::unknown();
}

Value size_of(const ListValue& list) {
  if (list.open || list.sure != list.total) return Value::unknown();
  return Value::of_number(list.total);
}

Value known_part(ListValue list) {
  list.total = list.sure;
  list.open = false;
  return Value::of_list(list);
}

bool is_same_thing(const Value& a, const Value& b) {
  if (a.kind != b.kind) return false;
  return a.kind == ValueKind::kRecord      ? a.record == b.record
         : a.kind == ValueKind::kHousehold ? a.household == b.household
                                           : false;
}

// What is sure of both, then the rest; a record or household that both have once. O(n^2) of lists
// that are as long as a household.
Value concatenated(const ListValue& left, const ListValue& right, Scratch& scratch) {
  Value* items = scratch.allocate<Value>(std::size_t{left.total} + right.total);
  std::uint32_t count = 0;
  const auto append = [&](const Value& item) {
    const auto same = [&](const Value& other) { return is_same_thing(item, other); };
    if (std::none_of(items, items + count, same)) items[count++] = item;
  };
  for (const ListValue* list : {&left, &right}) {
    for (std::uint32_t i = 0; i < list->sure; ++i) append(element(*list, i));
  }
  const std::uint32_t sure = count;
  for (const ListValue* list : {&left, &right}) {
    for (std::uint32_t i = list->sure; i < list->total; ++i) append(element(*list, i));
  }
  return Value::of_list({.data = items,
                         .sure = sure,
                         .total = count,
                         .storage = ListValue::Storage::kValues,
                         .open = left.open || right.open});
}

template <typename Part>
Value agreed(const Value& date, Part part) {
  if (date.is_unknown()) return date;
  const int first = part(date.date.first);
  if (first != part(date.date.last)) return Value::unknown();
  return Value::of_number(first);
}

}  // namespace

Evaluator::Evaluator(const View& view, const Program& program, Scratch& scratch,
                     RecentValues& recent)
    : view_(view),
      program_(program),
      scratch_(scratch),
      recent_(recent),
      variables_(program.variable_slots),
      definitions_(program.definition_slots),
      is_defined_(program.definition_slots) {}

void Evaluator::set_variable(std::uint16_t slot, const Value& value) {
  variables_[slot] = value;
  std::fill(is_defined_.begin(), is_defined_.end(), char{0});
}

Value Evaluator::run(std::uint32_t root) {
  const Node& node = program_.nodes[root];
  if (node.op >= Op::kNot && node.op <= Op::kConditional) return operate(node);
  switch (node.op) {
    case Op::kConstant:
      return node.constant;
    case Op::kVariable:
      return variables_[node.index];
    case Op::kDefinition:
      return definition(node);
    case Op::kHas:
      return Value::of_boolean(!child(node, 0).is_unknown());
    case Op::kList:
    case Op::kExists:
    case Op::kExistsOne:
    case Op::kAll:
    case Op::kFilter:
    case Op::kMap:
    case Op::kSize:
    case Op::kConcatenate:
    case Op::kKnown:
      return list_function(node);
    case Op::kTextSize:
    case Op::kStartsWith:
    case Op::kEndsWith:
    case Op::kContains:
      return text_function(node);
    case Op::kDateFromText:
    case Op::kDateFromParts:
    case Op::kYear:
    case Op::kMonth:
    case Op::kDays:
    case Op::kMonths:
    case Op::kYears:
    case Op::kAge:
    case Op::kToday:
    case Op::kAsOf:
      return date_function(node);
    case Op::kHouseholdField:
    case Op::kMembers:
    case Op::kHead:
    case Op::kHouseholdKey:
    case Op::kHouseholdRecords:
    case Op::kHouseholdAbsent:
    case Op::kHouseholds:
    case Op::kMembersOfAll:
    case Op::kRecordsLinks:
    case Op::kParentsIn:
    case Op::kKin:
    case Op::kKinOfAll:
    case Op::kSplits:
    case Op::kSplitsOfAll:
      return household_function(node);
    default:
      return record_function(node);
  }
}

Value Evaluator::operate(const Node& node) {
  if (node.op == Op::kAnd || node.op == Op::kOr) return logic(node);
  Value left = child(node, 0);
  switch (node.op) {
    case Op::kNot:
      return left.is_unknown() ? left : Value::of_boolean(!left.boolean);
    case Op::kNegate:
      if (!left.is_unknown()) left.number = -left.number;
      return left;
    case Op::kConditional:
      return left.is_unknown() ? left : child(node, left.boolean ? 1 : 2);
    case Op::kIn: {
      const Value list = child(node, 1);
      return left.is_unknown() || list.is_unknown() ? Value::unknown() : contained(left, list.list);
    }
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
      return calculate(node.op, left, child(node, 1));
    default:
      return compare(node.op, left, child(node, 1));
  }
}

Value Evaluator::definition(const Node& node) {
  if (is_defined_[node.index] == 0) {
    definitions_[node.index] = child(node, 0);
    is_defined_[node.index] = 1;
  }
  return definitions_[node.index];
}

Value Evaluator::logic(const Node& node) {
  const bool settling = node.op == Op::kOr;
  const Value left = child(node, 0);
  if (!left.is_unknown() && left.boolean == settling) return left;
  const Value right = child(node, 1);
  if (!right.is_unknown() && right.boolean == settling) return right;
  return left.is_unknown() ? left : right;
}

Value Evaluator::list_function(const Node& node) {
  if (node.op == Op::kList) return list_of(node);
  const Value list = child(node, 0);
  if (list.is_unknown()) return list;
  if (node.op == Op::kSize) return size_of(list.list);
  if (node.op == Op::kKnown) return known_part(list.list);
  if (node.op == Op::kConcatenate) {
    const Value more = child(node, 1);
    return more.is_unknown() ? more : concatenated(list.list, more.list, scratch_);
  }
  if (node.op == Op::kExistsOne) return exists_one(node, list.list);
  if (node.op == Op::kFilter || node.op == Op::kMap) return select(node, list.list);
  return quantify(node, list.list);
}

// exists and all: one sure element settles it; an element that only may belong to the list can
// merely leave it unknown.
Value Evaluator::quantify(const Node& node, const ListValue& list) {
  const bool settling = node.op == Op::kExists;
  bool unsure = list.open;
  for (std::uint32_t i = 0; i < list.total; ++i) {
    variables_[node.index] = element(list, i);
    const Value held = child(node, 1);
    const bool settles = !held.is_unknown() && held.boolean == settling;
    if (settles && i < list.sure) return held;
    if (settles || held.is_unknown()) unsure = true;
  }
  return unsure ? Value::unknown() : Value::of_boolean(!settling);
}

Value Evaluator::exists_one(const Node& node, const ListValue& list) {
  bool unsure = list.open;
  int count = 0;
  for (std::uint32_t i = 0; i < list.total; ++i) {
    variables_[node.index] = element(list, i);
    const Value held = child(node, 1);
    if (held.is_true() && i < list.sure) ++count;
    if (held.is_unknown() || (held.is_true() && i >= list.sure)) unsure = true;
  }
  if (count > 1) return Value::of_boolean(false);
  return unsure ? Value::unknown() : Value::of_boolean(count == 1);
}

// filter and map into scratch: sure elements first, then those that may belong to the result.
Value Evaluator::select(const Node& node, const ListValue& list) {
  Value* selected = scratch_.allocate<Value>(list.total);
  Value* maybe = scratch_.allocate<Value>(list.total);
  std::uint32_t sure_count = 0;
  std::uint32_t maybe_count = 0;
  for (std::uint32_t i = 0; i < list.total; ++i) {
    const Value item = element(list, i);
    variables_[node.index] = item;
    const Value result = child(node, 1);
    const bool is_map = node.op == Op::kMap;
    if (!is_map && result.is_false()) continue;
    const bool sure = i < list.sure && (is_map || result.is_true());
    (sure ? selected[sure_count++] : maybe[maybe_count++]) = is_map ? result : item;
  }
  std::copy_n(maybe, maybe_count, selected + sure_count);
  return Value::of_list({.data = selected,
                         .sure = sure_count,
                         .total = sure_count + maybe_count,
                         .storage = ListValue::Storage::kValues,
                         .open = list.open});
}

Value Evaluator::list_of(const Node& node) {
  Value* items = scratch_.allocate<Value>(node.index);
  for (std::uint32_t i = 0; i < node.index; ++i) items[i] = run(node.children[0] + i);
  return Value::of_list({.data = items, .sure = node.index, .total = node.index});
}

Value Evaluator::text_function(const Node& node) {
  const Value text = child(node, 0);
  if (text.is_unknown()) return text;
  if (node.op == Op::kTextSize) {
    const auto characters = std::count_if(text.text.begin(), text.text.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    });
    return Value::of_number(static_cast<double>(characters));
  }
  const Value part = child(node, 1);
  if (part.is_unknown()) return part;
  if (node.op == Op::kStartsWith) return Value::of_boolean(text.text.starts_with(part.text));
  if (node.op == Op::kEndsWith) return Value::of_boolean(text.text.ends_with(part.text));
  return Value::of_boolean(text.text.find(part.text) != std::string_view::npos);
}

Value Evaluator::date_function(const Node& node) {
  if (node.op == Op::kToday) return Value::of_day(view_.evaluation_day());
  if (node.op == Op::kAsOf) {
    const SourceStatus status = view_.status(node.source);
    return status.delivered ? Value::of_day(status.as_of) : Value::unknown();
  }
  const Value argument = child(node, 0);
  if (argument.is_unknown()) return argument;
  switch (node.op) {
    case Op::kDateFromText: {
      const auto range = parse_date_text(argument.text);
      return range ? Value::of_date(*range) : Value::unknown();
    }
    case Op::kDateFromParts:
      return date_of_parts(argument, child(node, 1), child(node, 2));
    case Op::kYear:
      return agreed(argument, year_of);
    case Op::kMonth:
      return agreed(argument, month_of);
    case Op::kAge:
      return agreed(argument,
                    [this](DayNumber born) { return full_years(born, view_.evaluation_day()); });
    case Op::kDays:
      return period(argument, 1, ValueKind::kDays);
    case Op::kMonths:
      return period(argument, 1, ValueKind::kMonths);
    case Op::kYears:
      return period(argument, 12, ValueKind::kMonths);
    default:
      return Value::unknown();
  }
}

Value Evaluator::record_function(const Node& node) {
  if (node.op == Op::kDelivered) return Value::of_boolean(view_.status(node.source).delivered);
  const Value target = child(node, 0);
  if (target.is_unknown()) return target;
  const auto level = static_cast<LinkLevel>(node.index);
  switch (node.op) {
    case Op::kCovers:
      return region_covered(view_, node.source, target.number);
    case Op::kField:
      return recent_.field(target.record, node.index);
    case Op::kFact:
      return recent_.fact(target.record, static_cast<Fact>(node.index));
    case Op::kLinks:
      return linked_records(view_, target.record, node.source, level);
    case Op::kAbsent:
      return absent(view_, target.record, node.source);
    case Op::kSameNumber:
      return records_with_same_number(view_, target.record, node.source);
    case Op::kChildrenIn:
      return children_in(view_, target.record, node.source);
    case Op::kHouseholdOf: {
      const auto household = view_.household(target.record);
      return household ? Value::of_household(*household) : Value::unknown();
    }
    default:
      break;
  }
  const Value other = child(node, 1);
  if (other.is_unknown()) return other;
  if (node.op == Op::kLinkLevel) return link_level(view_, target.record, other.record);
  if (node.op == Op::kSameHouse) {
    const auto same = view_.same_house(target.record, other.record);
    return same ? Value::of_boolean(*same) : Value::unknown();
  }
  if (node.op == Op::kKnownKin)
    return Value::of_boolean(are_known_kin(view_, target.record, other.record, scratch_));
  const NameRelation relation = view_.name_relation(target.record, other.record);
  if (relation == NameRelation::kUnknown) return Value::unknown();
  if (node.op == Op::kNameRelation) return Value::of_text(name_relation_code(relation));
  return Value::of_boolean(is_same_name(relation));
}

Value Evaluator::household_function(const Node& node) {
  if (node.op == Op::kHouseholdField) return household_field(node);
  const Value target = child(node, 0);
  if (target.is_unknown()) return target;
  const auto level = static_cast<LinkLevel>(node.index);
  switch (node.op) {
    case Op::kMembers:
      return members(view_, target.household);
    case Op::kHead:
      return head(view_, target.household);
    case Op::kHouseholdKey:
      return Value::of_text(view_.household_key(target.household));
    case Op::kHouseholdRecords:
      return linked_records(view_, target.household, node.source, level, scratch_);
    case Op::kHouseholdAbsent:
      return absent(view_, target.household, node.source);
    case Op::kHouseholds:
      return linked_households(view_, target.household, node.source, level);
    case Op::kMembersOfAll:
      return members_of_all(view_, target.list, scratch_);
    case Op::kRecordsLinks:
      return linked_records(view_, target.list, node.source, level, scratch_);
    case Op::kParentsIn:
      return parents_in(view_, target.list, node.source, scratch_);
    case Op::kKin:
      return kin_of(view_, target.record, static_cast<Kin>(node.index));
    case Op::kKinOfAll:
      return kin_of_all(view_, target.list, static_cast<Kin>(node.index), scratch_);
    case Op::kSplits:
      return splits_of(view_, target.household, static_cast<Split>(node.index));
    case Op::kSplitsOfAll:
      return splits_of_all(view_, target.list, static_cast<Split>(node.index), scratch_);
    default:
      return Value::unknown();
  }
}

// A value that stands for the household: the head's, else the first member's that is known.
Value Evaluator::household_field(const Node& node) {
  const Value target = child(node, 0);
  if (target.is_unknown()) return target;
  const Value first = head(view_, target.household);
  if (!first.is_unknown()) {
    const Value value = recent_.field(first.record, node.index);
    if (!value.is_unknown()) return value;
  }
  for (const RecordRef member : view_.members(target.household)) {
    const Value value = recent_.field(member, node.index);
    if (!value.is_unknown()) return value;
  }
  return Value::unknown();
}

}  // namespace bidui::rule
