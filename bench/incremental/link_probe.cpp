// Links the people of a workspace that was compared before, and has a newer delivery since: in
// full, and by searching only what changed; prints the shortest times of both, and fails where they
// differ.
//   bidui-link-probe WORKSPACE [ROUNDS] [full|changed|both]
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <string>

#include "workspace/kept_candidates.h"
#include "workspace/person_linkage.h"
#include "workspace/run_constraints.h"
#include "workspace/train_models.h"
#include "workspace/workspace.h"

using namespace bidui;
using namespace bidui::workspace;

namespace {

struct Best {
  double wall = 1e9;
  double cpu = 1e9;
};

template <typename Work>
void time(Best& best, const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  work();
  best.cpu = std::min(best.cpu, static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC);
  best.wall = std::min(
      best.wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
}

bool same(const PersonLinkage& a, const PersonLinkage& b) {
  const auto equal = [](const PersonLink& x, const PersonLink& y) {
    return x.a == y.a && x.b == y.b && x.weight == y.weight && x.own_weight == y.own_weight &&
           x.decision == y.decision;
  };
  return std::ranges::equal(a.links, b.links, equal) &&
         std::ranges::equal(a.non_links, b.non_links, equal) &&
         a.entities.count() == b.entities.count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  const std::string mode = argc > 3 ? argv[3] : "both";
  auto workspace = Workspace::open(argv[1], store::Access::kReadOnly);
  if (!workspace) return fmt::print("{}\n", workspace.error().describe()), 1;
  auto models = models_to_use(*workspace, {});
  auto sources = load_sources(*workspace, "", {});
  if (!models || !sources) return 1;
  auto constraints = place_constraints(workspace->store(), *sources);
  Best full, changed, load;
  PersonLinkage a, b;
  for (int i = 0; i < rounds; ++i) {
    if (mode != "changed")
      time(full, [&] { a = link_persons(*sources, constraints->pairs, *models, {}); });
    if (mode == "full") continue;
    std::shared_ptr<KeptCandidates> kept;
    time(load,
         [&] { kept = std::make_shared<KeptCandidates>(*load_candidates(workspace->store())); });
    time(changed,
         [&] { b = link_persons(*sources, constraints->pairs, *models, {}, std::move(kept)); });
  }
  fmt::print(
      "full {:.3f} s wall {:.3f} CPU; load {:.3f} {:.3f}; changed {:.3f} {:.3f} (reason '{}', {} + "
      "{} changed): {:.1f} % wall, {:.1f} % CPU\n",
      full.wall, full.cpu, load.wall, load.cpu, changed.wall, changed.cpu, b.search.reason,
      b.search.changed_records, b.search.changed_in_spine, 100 * changed.wall / full.wall,
      100 * changed.cpu / full.cpu);
  if (mode == "both" && !same(a, b)) return fmt::print("DIFFERENT\n"), 1;
  return 0;
}
