#include "matcher/rule/linked.h"

#include <algorithm>

namespace bidui::rule {
namespace {

bool is_open(const View& view, SourceIndex source, RecordRef record) {
  return !view.status(source).delivered || !view.covers(source, record);
}

bool is_open(const View& view, SourceIndex source, HouseholdRef household) {
  const auto all = view.members(household);
  return all.empty() || is_open(view, source, all.front());
}

// Spans come strongest first, so the links that are strong enough are a prefix.
template <typename AnyLink>
std::uint32_t count_at_least(std::span<const AnyLink> links, LinkLevel level) {
  const auto end = std::partition_point(links.begin(), links.end(),
                                        [level](const AnyLink& l) { return l.level >= level; });
  return static_cast<std::uint32_t>(end - links.begin());
}

// Adds a link, or strengthens the one to the same record. Households are small: a linear search.
std::uint32_t add_link(Link* links, std::uint32_t count, const Link& link) {
  for (std::uint32_t i = 0; i < count; ++i) {
    if (links[i].record != link.record) continue;
    links[i].level = std::max(links[i].level, link.level);
    return count;
  }
  links[count] = link;
  return count + 1;
}

Value strongest_first(Link* links, std::uint32_t count, LinkLevel level, bool open) {
  std::sort(links, links + count, [](const Link& a, const Link& b) {
    return a.level != b.level ? a.level > b.level : a.record < b.record;
  });
  return Value::of_list({.data = links,
                         .sure = count_at_least(std::span<const Link>(links, count), level),
                         .total = count,
                         .storage = ListValue::Storage::kLinks,
                         .open = open});
}

bool holds_record(const RecordRef* records, std::uint32_t count, RecordRef wanted) {
  return std::find(records, records + count, wanted) != records + count;
}

bool is_kin_open(Kin kin, std::size_t found) {
  return kin == Kin::kChildren || found < (kin == Kin::kParents ? 2 : 1);
}

RecordRef subject_of(RecordRef record) { return record; }
HouseholdRef subject_of(const HouseholdLink& link) { return link.household; }

// What found_of() gives of each element of a list, each once; sure is what the sure elements give.
// More may exist where an element is unknown, or leaves_open() says so of the number found.
template <typename FoundOf, typename LeavesOpen>
Value gathered(const ListValue& list, ListValue::Storage storage, Scratch& scratch,
               const FoundOf& found_of, const LeavesOpen& leaves_open) {
  using Found = typename decltype(found_of(Value()))::value_type;
  bool open = list.open;
  std::size_t room = 0;
  for (std::uint32_t i = 0; i < list.total; ++i) {
    const Value item = element(list, i);
    const std::size_t size = item.is_unknown() ? 0 : found_of(item).size();
    open = open || item.is_unknown() || leaves_open(size);
    room += size;
  }
  Found* all = scratch.allocate<Found>(room);
  std::uint32_t count = 0;
  std::uint32_t sure = 0;
  for (std::uint32_t i = 0; i < list.total; ++i) {
    const Value item = element(list, i);
    if (item.is_unknown()) continue;
    for (const Found& found : found_of(item)) {
      const auto same = [&](const Found& other) { return subject_of(other) == subject_of(found); };
      if (std::none_of(all, all + count, same)) all[count++] = found;
    }
    if (i < list.sure) sure = count;
  }
  return Value::of_list(
      {.data = all, .sure = sure, .total = count, .storage = storage, .open = open});
}

}  // namespace

Value linked_records(const View& view, RecordRef record, SourceIndex source, LinkLevel level) {
  const std::span<const Link> links = view.links(record, source);
  return Value::of_list({.data = links.data(),
                         .sure = count_at_least(links, level),
                         .total = static_cast<std::uint32_t>(links.size()),
                         .storage = ListValue::Storage::kLinks,
                         .open = is_open(view, source, record)});
}

Value linked_records(const View& view, HouseholdRef household, SourceIndex source, LinkLevel level,
                     Scratch& scratch) {
  const std::span<const RecordRef> all = view.members(household);
  std::size_t room = 0;
  for (const RecordRef member : all) room += view.links(member, source).size();
  Link* links = scratch.allocate<Link>(room);
  std::uint32_t count = 0;
  for (const RecordRef member : all) {
    for (const Link& link : view.links(member, source)) count = add_link(links, count, link);
  }
  return strongest_first(links, count, level, is_open(view, source, household));
}

Value linked_records(const View& view, const ListValue& records, SourceIndex source,
                     LinkLevel level, Scratch& scratch) {
  bool open = records.open;
  std::size_t room = 0;
  for (std::uint32_t i = 0; i < records.total; ++i) {
    const Value item = element(records, i);
    open = open || item.is_unknown() || is_open(view, source, item.record);
    if (!item.is_unknown()) room += view.links(item.record, source).size();
  }
  Link* links = scratch.allocate<Link>(room);
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < records.total; ++i) {
    const Value item = element(records, i);
    if (item.is_unknown()) continue;
    for (Link link : view.links(item.record, source)) {
      if (i >= records.sure) link.level = LinkLevel::kNone;
      count = add_link(links, count, link);
    }
  }
  return strongest_first(links, count, level, open);
}

Value linked_households(const View& view, HouseholdRef household, SourceIndex source,
                        LinkLevel level) {
  const std::span<const HouseholdLink> links = view.household_links(household, source);
  return Value::of_list({.data = links.data(),
                         .sure = count_at_least(links, level),
                         .total = static_cast<std::uint32_t>(links.size()),
                         .storage = ListValue::Storage::kHouseholdLinks,
                         .open = is_open(view, source, household)});
}

Value records_with_same_number(const View& view, RecordRef record, SourceIndex source) {
  const std::span<const RecordRef> found = view.same_number(record, source);
  const auto count = static_cast<std::uint32_t>(found.size());
  return Value::of_list({.data = found.data(),
                         .sure = count,
                         .total = count,
                         .storage = ListValue::Storage::kRecords,
                         .open = is_open(view, source, record)});
}

Value children_in(const View& view, RecordRef record, SourceIndex source) {
  const std::span<const RecordRef> found = view.children_in(record, source);
  const auto count = static_cast<std::uint32_t>(found.size());
  return Value::of_list({.data = found.data(),
                         .sure = count,
                         .total = count,
                         .storage = ListValue::Storage::kRecords,
                         .open = true});
}

Value parents_in(const View& view, const ListValue& records, SourceIndex source, Scratch& scratch) {
  return gathered(
      records, ListValue::Storage::kRecords, scratch,
      [&](const Value& item) { return view.parents_in(item.record, source); },
      [](std::size_t) { return true; });
}

Value absent(const View& view, RecordRef record, SourceIndex source) {
  const std::span<const Link> links = view.links(record, source);
  if (!links.empty()) {
    return links.front().level > LinkLevel::kL1 ? Value::of_boolean(false) : Value::unknown();
  }
  return is_open(view, source, record) ? Value::unknown() : Value::of_boolean(true);
}

Value absent(const View& view, HouseholdRef household, SourceIndex source) {
  Value result = Value::of_boolean(true);
  for (const RecordRef member : view.members(household)) {
    const Value one = absent(view, member, source);
    if (one.is_false()) return one;
    if (one.is_unknown()) result = one;
  }
  return result;
}

Value members(const View& view, HouseholdRef household) {
  const std::span<const RecordRef> all = view.members(household);
  const auto count = static_cast<std::uint32_t>(all.size());
  return Value::of_list(
      {.data = all.data(), .sure = count, .total = count, .storage = ListValue::Storage::kRecords});
}

Value members_of_all(const View& view, const ListValue& households, Scratch& scratch) {
  return gathered(
      households, ListValue::Storage::kRecords, scratch,
      [&](const Value& item) { return view.members(item.household); },
      [](std::size_t) { return false; });
}

Value kin_of(const View& view, RecordRef record, Kin kin) {
  const std::span<const RecordRef> found = view.kin(record, kin);
  const auto count = static_cast<std::uint32_t>(found.size());
  return Value::of_list({.data = found.data(),
                         .sure = count,
                         .total = count,
                         .storage = ListValue::Storage::kRecords,
                         .open = is_kin_open(kin, count)});
}

Value kin_of_all(const View& view, const ListValue& records, Kin kin, Scratch& scratch) {
  return gathered(
      records, ListValue::Storage::kRecords, scratch,
      [&](const Value& item) { return view.kin(item.record, kin); },
      [kin](std::size_t found) { return is_kin_open(kin, found); });
}

Value splits_of(const View& view, HouseholdRef household, Split split) {
  const std::span<const HouseholdLink> found = view.splits(household, split);
  const auto count = static_cast<std::uint32_t>(found.size());
  return Value::of_list({.data = found.data(),
                         .sure = count,
                         .total = count,
                         .storage = ListValue::Storage::kHouseholdLinks});
}

Value splits_of_all(const View& view, const ListValue& households, Split split, Scratch& scratch) {
  return gathered(
      households, ListValue::Storage::kHouseholdLinks, scratch,
      [&](const Value& item) { return view.splits(item.household, split); },
      [](std::size_t) { return false; });
}

namespace {

struct Relatives {
  RecordRef* records = nullptr;
  std::uint32_t count = 0;
};

// The record and its kin within two steps; more than kMost are left out.
Relatives near_kin(const View& view, RecordRef record, Scratch& scratch) {
  constexpr std::uint32_t kMost = 128;
  Relatives found{scratch.allocate<RecordRef>(kMost), 1};
  found.records[0] = record;
  std::uint32_t begin = 0;
  for (int step = 0; step < 2; ++step) {
    const std::uint32_t end = found.count;
    for (; begin < end; ++begin) {
      const RecordRef from = found.records[begin];
      for (const Kin kin : {Kin::kParents, Kin::kChildren, Kin::kSpouses}) {
        for (const RecordRef to : view.kin(from, kin)) {
          if (found.count < kMost && !holds_record(found.records, found.count, to))
            found.records[found.count++] = to;
        }
      }
    }
  }
  return found;
}

bool has_split(const View& view, HouseholdRef household, HouseholdRef other) {
  for (const Split split : {Split::kFrom, Split::kOff}) {
    for (const HouseholdLink& link : view.splits(household, split)) {
      if (link.household == other) return true;
    }
  }
  return false;
}

}  // namespace

bool are_known_kin(const View& view, RecordRef left, RecordRef right, Scratch& scratch) {
  if (left.source != right.source) return false;
  const auto ours = view.household(left);
  const auto theirs = view.household(right);
  if (ours && theirs && (*ours == *theirs || has_split(view, *ours, *theirs))) return true;
  const Relatives a = near_kin(view, left, scratch);
  const Relatives b = near_kin(view, right, scratch);
  return std::any_of(a.records, a.records + a.count,
                     [&b](RecordRef r) { return holds_record(b.records, b.count, r); });
}

Value head(const View& view, HouseholdRef household) {
  for (const RecordRef member : view.members(household)) {
    if (view.fact(member, Fact::kIsHead).is_true()) return Value::of_record(member);
  }
  return Value::unknown();
}

Value link_level(const View& view, RecordRef left, RecordRef right) {
  for (const Link& link : view.links(left, right.source)) {
    if (link.record == right) return Value::of_level(link.level);
  }
  return Value::unknown();
}

Value region_covered(const View& view, SourceIndex source, double region) {
  if (region < 0 || region > 999999 || !view.status(source).delivered) return Value::unknown();
  return Value::of_boolean(view.covers_region(source, static_cast<std::uint32_t>(region)));
}

bool is_same_name(NameRelation relation) {
  return relation == NameRelation::kEqual || relation == NameRelation::kVariant ||
         relation == NameRelation::kFormer;
}

}  // namespace bidui::rule
