#include "workspace/key_account.h"

#include "workspace/kept_candidates.h"

namespace bidui::workspace {

link::KeyCounts account_keys(std::span<const RunSource> sources, const PersonLinkage& linkage) {
  const link::HotKeys hot = link::merged(linkage.tables->keys, linkage.candidates->later);
  link::KeyCounts all{};
  for (const RunSource& source : sources.first(sources.size() - 1)) {
    const link::KeyCounts counts = link::count_keys(
        source.rows(),
        [&](std::size_t row, key::KeyList& keys) {
          key::append_person_keys(source.features[row], keys);
        },
        hot);
    for (std::size_t kind = 0; kind < all.size(); ++kind) {
      all[kind].keys += counts[kind].keys;
      all[kind].refined_keys += counts[kind].refined_keys;
      all[kind].cut_keys += counts[kind].cut_keys;
    }
  }
  return all;
}

}  // namespace bidui::workspace
