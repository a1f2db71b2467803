// Who cannot share a fuzzy key with any of a few records, told without making keys.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/record/features.h"

namespace bidui::key {

// Each key is made of facts about a record (a birth date, a name's sound, a village with a
// surname's sound, …), of which the most telling one is kept: two records that meet by a key have
// it in common. Immutable once built; shared between threads.
class KeyFacts {
 public:
  explicit KeyFacts(std::span<const record::PersonFeatures> few);

  // False: `person` meets none of the few by a key of append_person_keys(), refined or not. A fifth
  // of the cost of its keys.
  bool may_meet(const record::PersonFeatures& person) const;

 private:
  // Three bits of one word per fact.
  static std::uint64_t bits_of(std::uint64_t fact) {
    return std::uint64_t{1} << fact % 64 | std::uint64_t{1} << fact / 64 % 64 |
           std::uint64_t{1} << fact / 4096 % 64;
  }
  int shift_ = 63;
  std::vector<std::uint64_t> words_;  // by the top bits of a fact's hash
};

}  // namespace bidui::key
