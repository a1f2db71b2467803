// Cannot-links: pairs of records that people decided are not one person.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "matcher/link/components.h"

namespace bidui::link {

using RecordPair = std::pair<std::uint32_t, std::uint32_t>;

// A set of pairs, each the same whichever record comes first.
class CannotLinks {
 public:
  CannotLinks() = default;
  // In any order, either way round, with repeats.
  explicit CannotLinks(std::vector<RecordPair> pairs);

  bool empty() const { return pairs_.empty(); }
  // The smaller record first; ascending, without repeats.
  std::span<const RecordPair> pairs() const { return pairs_; }
  // O(log n).
  bool contains(std::uint32_t a, std::uint32_t b) const;

 private:
  std::vector<RecordPair> pairs_;
};

struct CandidatePair;

// Takes the cannot-links out of the pairs; row r of the right side is record r + `right_first`.
void drop_cannot_links(std::vector<CandidatePair>& pairs, const CannotLinks& cannot_links,
                       std::uint32_t right_first = 0);

// The same for sets that grow: which of them must not be joined. Told of every join.
class VetoedSets {
 public:
  explicit VetoedSets(const CannotLinks& cannot_links);

  // Whether a pair lies across the sets of these two representatives. O(pairs that touch the set
  // which fewer touch).
  bool are_apart(UnionFind& sets, std::uint32_t a, std::uint32_t b) const;
  void join(std::uint32_t kept, std::uint32_t gone);

 private:
  // By representative: the other records of its members' pairs. Sets without pairs have none.
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> partners_;
};

}  // namespace bidui::link
