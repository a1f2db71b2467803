#include "workspace/run_links.h"

#include <algorithm>
#include <unordered_map>

namespace bidui::workspace {
namespace {

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::uint64_t>(a) << 32 | b;
}

}  // namespace

std::vector<RunLink> run_links(const RunWorld& world) {
  std::unordered_map<std::uint64_t, const PersonLink*> direct;
  std::vector<float> best(world.records->count(), -1e9F);
  std::vector<RunLink> links;
  for (const PersonLink& l : world.linkage.links) {
    if (l.decision == link::Decision::kPossible) {
      links.push_back({l.a, l.b, l.weight, LinkLevel::kL1, true, l.kinds});
      continue;
    }
    direct.try_emplace(pair_key(l.a, l.b), &l);
    best[l.a] = std::max(best[l.a], static_cast<float>(l.weight));
    best[l.b] = std::max(best[l.b], static_cast<float>(l.weight));
  }
  for (std::uint32_t e = 0; e < world.linkage.entities.count(); ++e) {
    const auto members = world.linkage.entities.members(e);
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        RunLink link{.a = members[i],
                     .b = members[j],
                     .level = level_between(world.records->features(members[i]),
                                            world.records->features(members[j]))};
        const auto at = direct.find(pair_key(link.a, link.b));
        link.direct = at != direct.end();
        link.weight = link.direct ? at->second->weight : std::min(best[link.a], best[link.b]);
        link.kinds = link.direct ? at->second->kinds : 0;
        links.push_back(link);
      }
    }
  }
  std::ranges::sort(
      links, [](const RunLink& x, const RunLink& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  return links;
}

}  // namespace bidui::workspace
