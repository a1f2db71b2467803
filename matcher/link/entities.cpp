#include "matcher/link/entities.h"

#include <algorithm>
#include <tbb/parallel_sort.h>
#include <unordered_set>

#include "matcher/link/components.h"

namespace bidui::link {
namespace {

// What a set holds, so that a join can be refused.
struct SetContent {
  std::uint64_t once_sources = 0;  // bit per source that holds a person once
};

class EntityBuilder {
 public:
  EntityBuilder(std::span<const SourceSpan> sources, std::uint32_t records,
                const CannotLinks& cannot_links)
      : sets_(records), content_(records), vetoes_(cannot_links) {
    for (std::size_t s = 0; s < sources.size(); ++s) {
      source_ends_.push_back(sources[s].first + sources[s].count);
      if (!sources[s].person_once) continue;
      for (std::uint32_t r = sources[s].first; r < source_ends_.back(); ++r)
        content_[r].once_sources = 1ULL << s;
    }
  }

  std::size_t source_of(std::uint32_t record) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(source_ends_, record) -
                                    source_ends_.begin());
  }

  void follow(const RecordLink& link) {
    const std::uint32_t a = sets_.find(link.a);
    const std::uint32_t b = sets_.find(link.b);
    if (a == b || vetoes_.are_apart(sets_, a, b)) return;
    const std::uint64_t shared = content_[a].once_sources & content_[b].once_sources;
    const std::size_t source_a = source_of(link.a);
    const bool entered_twice = source_a == source_of(link.b) && shared == 1ULL << source_a;
    // Rows of one source that share a record of the spine are duplicates: the assignment says so.
    const bool same_partner = is_spine(link.b) && !is_spine(link.a) && (shared & spine_bit()) == 0;
    if (shared != 0 && !entered_twice && !same_partner) return;
    join(a, b);
  }

  // A spine link is a decision of the assignment, and first.
  void follow_to_spine(const RecordLink& link) {
    const std::uint32_t a = sets_.find(link.a);
    const std::uint32_t b = sets_.find(link.b);
    if (a != b) join(a, b);
  }

  UnionFind& sets() { return sets_; }

 private:
  bool is_spine(std::uint32_t record) const { return source_of(record) + 1 == source_ends_.size(); }
  std::uint64_t spine_bit() const { return 1ULL << (source_ends_.size() - 1); }

  void join(std::uint32_t a, std::uint32_t b) {
    const std::uint64_t both = content_[a].once_sources | content_[b].once_sources;
    sets_.unite(a, b);
    content_[std::min(a, b)].once_sources = both;
    vetoes_.join(std::min(a, b), std::max(a, b));
  }

  UnionFind sets_;
  std::vector<SetContent> content_;
  VetoedSets vetoes_;
  std::vector<std::uint32_t> source_ends_;
};

// Whose links, all followed, would bring a pair together that is not to be.
class ContestedRecords {
 public:
  ContestedRecords(std::uint32_t records, std::span<const RecordLink> links,
                   const CannotLinks& cannot_links)
      : sets_(cannot_links.empty() ? 0 : records) {
    if (cannot_links.empty()) return;
    for (const RecordLink& link : links) sets_.unite(link.a, link.b);
    for (const auto& [a, b] : cannot_links.pairs()) {
      if (sets_.find(a) == sets_.find(b)) contested_.insert(sets_.find(a));
    }
  }

  bool contain(std::uint32_t record) {
    return !contested_.empty() && contested_.contains(sets_.find(record));
  }

 private:
  UnionFind sets_;
  std::unordered_set<std::uint32_t> contested_;
};

}  // namespace

Entities build_entities(std::span<const SourceSpan> sources, std::span<const RecordLink> links,
                        const CannotLinks& cannot_links) {
  const std::uint32_t records = sources.empty() ? 0 : sources.back().first + sources.back().count;
  const std::uint32_t spine_begin = sources.empty() ? 0 : sources.back().first;
  EntityBuilder builder(sources, records, cannot_links);
  ContestedRecords contested(records, links, cannot_links);
  std::vector<RecordLink> others;
  for (const RecordLink& link : links) {
    const bool to_spine = link.b >= spine_begin && link.a < spine_begin;
    if (to_spine && !contested.contain(link.a)) {
      builder.follow_to_spine(link);
    } else {
      others.push_back(link);
    }
  }
  // Most links among the others are of records that are together already.
  std::erase_if(others, [&](const RecordLink& link) {
    return builder.sets().find(link.a) == builder.sets().find(link.b);
  });
  tbb::parallel_sort(others, [](const RecordLink& x, const RecordLink& y) {
    if (x.weight != y.weight) return x.weight > y.weight;
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  });
  for (const RecordLink& link : others) builder.follow(link);

  Entities result;
  result.entity_of_.resize(records);
  std::uint32_t count = 0;
  for (std::uint32_t r = 0; r < records; ++r) {
    const std::uint32_t root =
        builder.sets().find(r);  // the smallest member: numbered already unless it is r itself
    result.entity_of_[r] = root == r ? count++ : result.entity_of_[root];
  }
  result.offsets_.assign(count + 1, 0);
  for (const std::uint32_t e : result.entity_of_) ++result.offsets_[e + 1];
  for (std::uint32_t e = 0; e < count; ++e) result.offsets_[e + 1] += result.offsets_[e];
  result.members_.resize(records);
  std::vector<std::uint32_t> at(result.offsets_.begin(), result.offsets_.end() - 1);
  for (std::uint32_t r = 0; r < records; ++r) result.members_[at[result.entity_of_[r]]++] = r;
  return result;
}

}  // namespace bidui::link
