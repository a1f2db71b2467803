#include "workspace/find_keys.h"

#include <algorithm>
#include <map>

#include "workspace/index_keys.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {

Result<std::vector<std::optional<KeyPlace>>> find_keys(
    const store::Store& store, std::span<const store::DeliveryId> deliveries,
    std::span<const std::string_view> keys) {
  std::vector<std::optional<KeyPlace>> places(keys.size());
  if (keys.empty() || deliveries.empty()) return places;
  const IndexKeys index(store.index_secret());
  std::vector<std::uint64_t> hashes;
  hashes.reserve(keys.size());
  for (const std::string_view key : keys) hashes.push_back(index.record_key(key));
  // By delivery and row, as rows are read.
  std::map<std::pair<std::size_t, std::uint32_t>, std::vector<std::size_t>> wanted;
  BIDUI_TRY(store.postings_many(
      deliveries, hashes,
      [&](store::DeliveryId id, std::size_t key, std::span<const std::uint32_t> rows) {
        const auto d =
            static_cast<std::size_t>(std::ranges::find(deliveries, id) - deliveries.begin());
        for (const std::uint32_t row : rows) wanted[{d, row}].push_back(key);
      }));
  for (auto at = wanted.begin(); at != wanted.end();) {
    const std::size_t d = at->first.first;
    std::vector<std::uint32_t> rows;
    for (; at != wanted.end() && at->first.first == d; ++at) rows.push_back(at->first.second);
    BIDUI_TRY(
        store.read_records(deliveries[d], rows, [&](std::uint32_t row, std::string_view bytes) {
          StoredRecord record;
          if (!record.decode(bytes)) return;
          for (const std::size_t key : wanted.at({d, row})) {
            if (!places[key] && record.key() == keys[key]) places[key] = KeyPlace{d, row};
          }
        }));
  }
  return places;
}

}  // namespace bidui::workspace
