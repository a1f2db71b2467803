// Person entities: the records, of all sources, decided to be one person.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/link/cannot_links.h"

namespace bidui::link {

// Records are numbered through all sources, one source after the other; the spine (civil registry)
// is the last.
struct SourceSpan {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  bool person_once = true;  // a delivery holds a person once
};

// A decided link between two records, `a` < `b`.
struct RecordLink {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double weight = 0;  // log2 posterior odds
};

// Members of each entity ascending; entities in the order of their smallest record, which names
// them.
class Entities {
 public:
  std::size_t count() const { return offsets_.size() - 1; }
  std::uint32_t entity_of(std::uint32_t record) const { return entity_of_[record]; }
  std::span<const std::uint32_t> members(std::uint32_t entity) const {
    return std::span(members_).subspan(offsets_[entity], offsets_[entity + 1] - offsets_[entity]);
  }

 private:
  friend Entities build_entities(std::span<const SourceSpan>, std::span<const RecordLink>,
                                 const CannotLinks&);
  std::vector<std::uint32_t> entity_of_;
  std::vector<std::uint32_t> offsets_;
  std::vector<std::uint32_t> members_;
};

// Joins along the links to the spine first, then along the others, heaviest first (ties by
// records). A link that would bring two records of the spine, or two of a source that holds a
// person once, into one entity is not followed, unless it joins these two itself (a person entered
// twice). Where the links would bring a pair of `cannot_links` together, all of them are followed
// heaviest first, those to the spine too, and the one that would close the way between the two is
// not: the weakest on it. Does not depend on the order of the links. O(n log n).
Entities build_entities(std::span<const SourceSpan> sources, std::span<const RecordLink> links,
                        const CannotLinks& cannot_links = {});

}  // namespace bidui::link
