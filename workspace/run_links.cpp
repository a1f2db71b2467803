#include "workspace/run_links.h"

#include <algorithm>
#include <unordered_map>

namespace bidui::workspace {
namespace {

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::uint64_t>(a) << 32 | b;
}

constexpr double kNoPath = -1e9;

// Direct links of one entity as a matrix of its members, closed to the strongest paths: what the
// entity's pairs rest on.
class Paths {
 public:
  explicit Paths(std::size_t members) : members_(members), strength_(members * members, kNoPath) {}

  double& at(std::size_t i, std::size_t j) { return strength_[i * members_ + j]; }
  void link(std::size_t i, std::size_t j, double weight) { at(i, j) = at(j, i) = weight; }

  void close() {
    for (std::size_t via = 0; via < members_; ++via) {
      for (std::size_t i = 0; i < members_; ++i) {
        for (std::size_t j = 0; j < members_; ++j)
          at(i, j) = std::max(at(i, j), std::min(at(i, via), at(via, j)));
      }
    }
  }

 private:
  std::size_t members_;
  std::vector<double> strength_;
};

using DirectLinks = std::unordered_map<std::uint64_t, const PersonLink*>;

void append_entity(const RunWorld& world, const DirectLinks& direct,
                   std::span<const std::uint32_t> members, std::vector<RunLink>& links) {
  Paths paths(members.size());
  const std::size_t first = links.size();
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = i + 1; j < members.size(); ++j) {
      RunLink link{.a = members[i],
                   .b = members[j],
                   .level = level_between(world.records->features(members[i]),
                                          world.records->features(members[j]))};
      const auto at = direct.find(pair_key(link.a, link.b));
      link.direct = at != direct.end();
      if (link.direct) {
        link.weight = at->second->weight;
        link.kinds = at->second->kinds;
        paths.link(i, j, link.weight);
      }
      links.push_back(link);
    }
  }
  paths.close();
  std::size_t at = first;
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = i + 1; j < members.size(); ++j, ++at) {
      links[at].strength = paths.at(i, j);
      if (!links[at].direct) links[at].weight = links[at].strength;
    }
  }
}

}  // namespace

std::vector<RunLink> run_links(const RunWorld& world) {
  DirectLinks direct;
  std::vector<RunLink> links;
  for (const PersonLink& l : world.linkage.links) {
    if (l.decision == link::Decision::kLink) {
      direct.try_emplace(pair_key(l.a, l.b), &l);
    } else {
      links.push_back({l.a, l.b, l.weight, l.weight, LinkLevel::kL1, true, l.kinds});
    }
  }
  for (std::uint32_t e = 0; e < world.linkage.entities.count(); ++e) {
    const auto members = world.linkage.entities.members(e);
    if (members.size() > 1) append_entity(world, direct, members, links);
  }
  std::ranges::sort(
      links, [](const RunLink& x, const RunLink& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  return links;
}

}  // namespace bidui::workspace
