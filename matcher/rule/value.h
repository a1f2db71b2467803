// What an expression of a rule can evaluate to: small, trivially copyable, without a heap. Text and
// lists point into the view or into the scratch memory of one evaluation.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace bidui::rule {

// Days since 1970-01-01 (proleptic Gregorian calendar).
using DayNumber = std::int32_t;
// Position of a source in the list of SourceTypes with which the rules were loaded.
using SourceIndex = std::uint16_t;
// Position of a field in its SourceType.
using FieldIndex = std::uint16_t;

// One record of the run; rows count from 0 within the source.
struct RecordRef {
  SourceIndex source = 0;
  std::uint32_t row = 0;
  auto operator<=>(const RecordRef&) const = default;
};

// One household of the run; households count from 0 within the source.
struct HouseholdRef {
  SourceIndex source = 0;
  std::uint32_t household = 0;
  auto operator<=>(const HouseholdRef&) const = default;
};

// Contracts §3. Ordered: a larger value is a stronger link.
enum class LinkLevel : std::uint8_t { kNone = 0, kL1 = 1, kL2 = 2, kL3 = 3 };

// A record that is, or may be, the same person as another.
struct Link {
  RecordRef record;
  LinkLevel level = LinkLevel::kNone;
};

// A household of another source that shares members.
struct HouseholdLink {
  HouseholdRef household;
  LinkLevel level = LinkLevel::kNone;
};

// A day, or what is known of it: all days from `first` to `last` are possible. A full date has
// first == last; "2016-05" is the whole of May 2016.
struct DateRange {
  DayNumber first = 0;
  DayNumber last = 0;
  bool is_full() const { return first == last; }
};

enum class ValueKind : std::uint8_t {
  kUnknown,  // missing, damaged, or from a source that was not delivered
  kBoolean,
  kNumber,
  kText,  // also codes
  kDate,
  kDays,
  kMonths,
  kLevel,
  kRecord,
  kHousehold,
  kList,
};

struct Value;

// A list that may be incomplete. The first `sure` elements belong to it; the further ones up to
// `total` belong to it only if a link weaker than demanded holds; `open` says that more may exist
// which the sources do not show (not delivered, or the place is not covered).
struct ListValue {
  enum class Storage : std::uint8_t { kRecords, kLinks, kHouseholdLinks, kValues };
  const void* data = nullptr;
  std::uint32_t sure = 0;
  std::uint32_t total = 0;
  Storage storage = Storage::kValues;
  bool open = false;
};

struct Value {
  ValueKind kind = ValueKind::kUnknown;
  union {
    bool boolean;
    double number;  // kNumber, kDays, kMonths
    std::string_view text;
    DateRange date;
    LinkLevel level;
    RecordRef record;
    HouseholdRef household;
    ListValue list;
  };

  constexpr Value() : list() {}

  static Value unknown() { return {}; }
  static Value of_boolean(bool b) {
    Value v;
    v.kind = ValueKind::kBoolean;
    v.boolean = b;
    return v;
  }
  static Value of_number(double n, ValueKind kind = ValueKind::kNumber) {
    Value v;
    v.kind = kind;
    v.number = n;
    return v;
  }
  static Value of_text(std::string_view t) {
    Value v;
    v.kind = ValueKind::kText;
    v.text = t;
    return v;
  }
  static Value of_date(DateRange d) {
    Value v;
    v.kind = ValueKind::kDate;
    v.date = d;
    return v;
  }
  static Value of_day(DayNumber day) { return of_date({day, day}); }
  static Value of_level(LinkLevel l) {
    Value v;
    v.kind = ValueKind::kLevel;
    v.level = l;
    return v;
  }
  static Value of_record(RecordRef r) {
    Value v;
    v.kind = ValueKind::kRecord;
    v.record = r;
    return v;
  }
  static Value of_household(HouseholdRef h) {
    Value v;
    v.kind = ValueKind::kHousehold;
    v.household = h;
    return v;
  }
  static Value of_list(ListValue l) {
    Value v;
    v.kind = ValueKind::kList;
    v.list = l;
    return v;
  }

  bool is_unknown() const { return kind == ValueKind::kUnknown; }
  bool is_true() const { return kind == ValueKind::kBoolean && boolean; }
  bool is_false() const { return kind == ValueKind::kBoolean && !boolean; }
};

// The i-th element of a list, i < list.total.
Value element(const ListValue& list, std::uint32_t i);

// The value as a person writes it: "是"/"否", whole numbers without a point, dates as "2016-05";
// "" for unknown, records, households and lists.
std::string display_value(const Value& value);

// "L1" … "L3"; "" for kNone.
std::string_view level_name(LinkLevel level);

}  // namespace bidui::rule
