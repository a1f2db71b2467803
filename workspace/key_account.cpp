#include "workspace/key_account.h"

#include "workspace/kept_candidates.h"

namespace bidui::workspace {

link::KeyCounts account_keys(std::span<const RunSource> sources, const PersonLinkage& linkage) {
  const link::HotKeys hot = link::merged(linkage.tables->keys, linkage.candidates->later);
  link::KeyCounts all{};
  for (const RunSource& source : sources.first(sources.size() - 1)) {
    const auto keys_of = [&](std::size_t row, key::KeyList& keys) {
      key::append_person_keys(source.features[row], keys);
    };
    link::add(all, link::count_keys(source.rows(), keys_of, hot));
  }
  return all;
}

}  // namespace bidui::workspace
