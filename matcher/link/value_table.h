// How many records have a value (a name, a surname, a village), on either side of a linkage.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace bidui::link {

struct ValueCount {
  std::uint32_t value = 0;  // a hash; 0 = missing, never counted
  std::uint32_t left = 0;   // records of the side in memory, and of the side that is streamed
  std::uint32_t right = 0;

  bool operator==(const ValueCount&) const = default;
};

// Values that occur at least twice on one of the sides. Immutable; O(1) expected look-up.
class ValueTable {
 public:
  ValueTable() = default;
  // `values` ascending without repeats; the records of both sides, values missing included.
  ValueTable(std::vector<ValueCount> values, std::uint64_t left_records,
             std::uint64_t right_records);

  // One on each side where the value is not in the table.
  ValueCount find(std::uint32_t value) const;
  // The share of all records that have the value: both sides together, because a matched person is
  // counted on both.
  double share(std::uint32_t value) const;
  // The same of the left side alone, for a linkage of it with itself.
  double left_share(std::uint32_t value) const;
  // The chance that two records taken at random have one value: what a value's share is "on
  // average", as the average level probability u counts it.
  double mean_share() const { return mean_share_; }
  double mean_left_share() const { return mean_left_share_; }

  std::span<const ValueCount> values() const { return values_; }
  std::uint64_t left_records() const { return left_records_; }
  std::uint64_t right_records() const { return right_records_; }

 private:
  void count_means();

  std::vector<ValueCount> values_;
  std::vector<std::uint32_t> first_;  // of the values that begin with 16 given bits
  std::uint64_t left_records_ = 0;
  std::uint64_t right_records_ = 0;
  double mean_share_ = 0;
  double mean_left_share_ = 0;
};

}  // namespace bidui::link
