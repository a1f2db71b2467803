// Counts how common the names, surnames, villages, … of a linkage are.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/link/record_table.h"
#include "matcher/link/term_tables.h"

namespace bidui::link {

// Counts of values, as they come. Grows with the number of different values.
class ValueTally {
 public:
  void add_left(std::uint32_t value) { ++slot(value).left; }
  void add_right(std::uint32_t value) { ++slot(value).right; }
  // Counts only what a left record has, so that its size is bounded by the left side's.
  void add_known_right(std::uint32_t value) {
    ++right_records_;
    if (const std::size_t at = find(value); slots_[at].value != 0) ++slots_[at].right;
  }
  ValueTable table() const;

 private:
  std::size_t find(std::uint32_t value) const;
  ValueCount& slot(std::uint32_t value);
  void grow();

  std::vector<ValueCount> slots_ = std::vector<ValueCount>(64);
  std::size_t used_ = 0;
  std::uint64_t right_records_ = 0;  // of add_known_right()
};

// Sound and name of a record.
struct NameTerm {
  std::uint64_t hash;
  auto operator<=>(const NameTerm&) const = default;
};

// What TermCounter takes of records.
struct RowTerms {
  std::vector<NameTerm> names{};         // of those that have a name
  std::vector<std::uint32_t> counted{};  // rows of which the other terms are counted
};

// Collects the terms of records as they come. Names and their sounds take 8 bytes a record, the
// others what their different values take.
class TermCounter {
 public:
  // Of free columns only names are counted: with their own shares, rare titles and addresses
  // counted for more than they say (bench/README.md).
  TermCounter(std::vector<record::TextKind> columns, double expected_right);

  void add_left(const RecordSpan& records);
  void add_right(const RecordSpan& records);
  // The same in two steps, of which the first may run beside others.
  void look_at_right(const RecordSpan& records, RowTerms& terms) const;
  void add_right(const RecordSpan& records, const RowTerms& terms);
  // Uses all threads. O(n).
  TermTables tables() &&;

 private:
  using Names = std::vector<std::vector<NameTerm>>;  // in blocks, so that none ever moves

  // Of the rows that are drawn by a hash within `limit`.
  static void look_at(const RecordSpan& records, std::uint32_t limit, RowTerms& terms);
  static void add_names(std::span<const NameTerm> more, Names& names);
  template <typename Add>
  void add_columns(const RecordSpan& records, const Add& add);
  template <typename Add>
  void add_others(const RecordSpan& records, std::span<const std::uint32_t> rows, const Add& add);

  // So many rows of the right side tell how common surnames, given names and villages are; which
  // ones depends on what they hold, not on their order.
  static constexpr double kCountedRows = 200'000;

  std::vector<record::TextKind> kinds_;  // of the free columns
  std::uint32_t right_limit_;
  std::uint64_t left_records_ = 0;
  std::uint64_t right_records_ = 0;
  Names left_names_;
  Names right_names_;
  ValueTally surnames_;
  ValueTally given_names_;
  ValueTally villages_;
  std::vector<ValueTally> columns_;
};

}  // namespace bidui::link
