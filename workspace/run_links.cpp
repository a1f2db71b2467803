#include "workspace/run_links.h"

#include <algorithm>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include "workspace/strongest_paths.h"

namespace bidui::workspace {
namespace {

constexpr std::uint32_t kEntityBlock = 8192;

// The linkage's links by their first record.
class DirectLinks {
 public:
  explicit DirectLinks(const RunWorld& world)
      : links_(world.linkage.links), offsets_(world.records->count() + 1) {
    for (const PersonLink& l : links_) ++offsets_[l.a + 1];
    for (std::size_t r = 1; r < offsets_.size(); ++r) offsets_[r] += offsets_[r - 1];
  }

  // The decided link, the heaviest where there are several; nullptr: none. `a` < `b`.
  const PersonLink* find(std::uint32_t a, std::uint32_t b) const {
    for (const PersonLink& l : links_.subspan(offsets_[a], offsets_[a + 1] - offsets_[a])) {
      if (l.b == b && l.decision == link::Decision::kLink) return &l;
    }
    return nullptr;
  }

 private:
  std::span<const PersonLink> links_;
  std::vector<std::uint32_t> offsets_;
};

void append_entity(const RunWorld& world, const DirectLinks& direct,
                   std::span<const std::uint32_t> members, std::vector<RunLink>& links) {
  StrongestPaths paths(members.size());
  const std::size_t first = links.size();
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = i + 1; j < members.size(); ++j) {
      RunLink link{.a = members[i],
                   .b = members[j],
                   .weight = StrongestPaths::kNone,
                   .level = level_between(world.records->features(members[i]),
                                          world.records->features(members[j]))};
      if (const PersonLink* const decided = direct.find(link.a, link.b)) {
        link.weight = decided->weight;
        link.kinds = decided->kinds;
        paths.link(i, j, link.weight);
      }
      links.push_back(link);
    }
  }
  paths.close();
  std::size_t at = first;
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = i + 1; j < members.size(); ++j, ++at) {
      links[at].direct = links[at].weight == paths.strength(i, j);
      links[at].weight = paths.strength(i, j);
    }
  }
}

}  // namespace

std::vector<RunLink> run_links(const RunWorld& world) {
  const DirectLinks direct(world);
  const auto entities = static_cast<std::uint32_t>(world.linkage.entities.count());
  std::vector<std::vector<RunLink>> parts(entities / kEntityBlock + 1);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t part) {
    const auto begin = static_cast<std::uint32_t>(part) * kEntityBlock;
    for (std::uint32_t e = begin; e < std::min(entities, begin + kEntityBlock); ++e) {
      const auto members = world.linkage.entities.members(e);
      if (members.size() > 1) append_entity(world, direct, members, parts[part]);
    }
  });
  std::vector<RunLink> links;
  for (const PersonLink& l : world.linkage.links) {
    if (l.decision != link::Decision::kLink)
      links.push_back({l.a, l.b, l.weight, LinkLevel::kL1, true, l.kinds});
  }
  for (const std::vector<RunLink>& part : parts)
    links.insert(links.end(), part.begin(), part.end());
  tbb::parallel_sort(links, [](const RunLink& x, const RunLink& y) {
    if (x.a != y.a) return x.a < y.a;
    return x.b != y.b ? x.b < y.b : x.weight > y.weight;
  });
  return links;
}

}  // namespace bidui::workspace
