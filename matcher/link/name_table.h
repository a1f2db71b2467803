// How many records bear a name, on either side of a linkage.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/record/features.h"

namespace bidui::link {

struct NameCount {
  std::uint32_t name = 0;  // hash of the normalised name (PersonFeatures::name_hash)
  std::uint32_t left = 0;  // records of the side in memory, and of the side that is streamed
  std::uint32_t right = 0;

  bool operator==(const NameCount&) const = default;
};

// Names that occur at least twice on one of the sides. Immutable; O(1) expected look-up.
class NameTable {
 public:
  NameTable() = default;
  // `names` ascending without repeats; the records of both sides.
  NameTable(std::vector<NameCount> names, std::uint64_t left_records, std::uint64_t right_records);

  // One on each side where the name is not in the table.
  NameCount find(std::uint32_t name) const;
  // The share of all records that bear the name: both sides together, because a matched person is
  // counted on both.
  double share(std::uint32_t name) const;
  // The same of the left side alone, for a linkage of it with itself.
  double left_share(std::uint32_t name) const;

  std::span<const NameCount> names() const { return names_; }
  std::uint64_t left_records() const { return left_records_; }
  std::uint64_t right_records() const { return right_records_; }

 private:
  std::vector<NameCount> names_;
  std::vector<std::uint32_t> first_;  // of the names that begin with 16 given bits
  std::uint64_t left_records_ = 0;
  std::uint64_t right_records_ = 0;
};

// Collects the names of records as they come; 4 bytes a record.
class NameCounter {
 public:
  void add_left(std::span<const record::PersonFeatures> persons) { add(persons, left_); }
  void add_right(std::span<const record::PersonFeatures> persons) { add(persons, right_); }
  // Uses all threads. O(n log n).
  NameTable table() &&;

 private:
  struct Side {
    std::uint64_t records = 0;
    std::vector<std::uint32_t> names{};
  };
  static void add(std::span<const record::PersonFeatures> persons, Side& side);
  Side left_;
  Side right_;
};

}  // namespace bidui::link
