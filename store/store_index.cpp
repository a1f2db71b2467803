// Looking fuzzy keys up.
#include <map>
#include <memory>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "store/index_block.h"
#include "store/index_segment.h"
#include "store/key_filter.h"
#include "store/layout.h"
#include "store/scan_prefix.h"
#include "store/store.h"
#include "store/store_impl.h"

namespace bidui::store {
namespace {

// Appends the rows of a hash in one segment. `bytes` is a buffer to be used again.
Status probe_segment(const Database& database, DeliveryId id, std::uint32_t segment,
                     const IndexSegmentInfo& info, std::uint64_t hash,
                     rocksdb::PinnableSlice& bytes, std::vector<std::uint32_t>& rows) {
  bytes.Reset();
  const auto status =
      database.db().Get({}, database.family(Family::kIndex),
                        index_key(id, segment, index_block_of(hash, info.block_bits)), &bytes);
  if (status.IsNotFound()) return {};  // a block without entries is not written
  if (!status.ok()) return database_error(status, "读取检索键", "read the fuzzy-key index");
  const auto block = IndexBlock::parse(bytes.ToStringView());
  if (!block) return damaged_error("存储中的检索键", "a block of the index");
  block->append_rows(hash, rows);
  return {};
}

}  // namespace

Status Store::postings_many(std::span<const DeliveryId> ids, std::span<const std::uint64_t> hashes,
                            const PostingVisitor& visit) const {
  rocksdb::PinnableSlice bytes;
  std::vector<std::uint32_t> rows;
  for (const DeliveryId id : ids) {
    const auto manifest = impl_->catalogue().find(id);
    if (!manifest) return manifest.error();
    const auto& segments = (*manifest)->segments;
    const std::shared_ptr<const KeyFilter> filter = impl_->key_filter(id);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if (filter != nullptr && !filter->may_have(hashes[i])) continue;
      rows.clear();
      for (std::uint32_t segment = 0; segment < segments.size(); ++segment) {
        BIDUI_TRY(probe_segment(impl_->database(), id, segment, segments[segment], hashes[i], bytes,
                                rows));
      }
      if (!rows.empty()) visit(id, i, rows);
    }
  }
  return {};
}

Status Store::filter_keys() const {
  std::map<DeliveryId, std::shared_ptr<const KeyFilter>> filters;
  for (const DeliveryInfo& delivery : deliveries()) {
    if (auto kept = impl_->key_filter(delivery.id)) {
      filters.emplace(delivery.id, std::move(kept));
      continue;
    }
    const auto manifest = impl_->catalogue().find(delivery.id);
    if (!manifest) continue;  // withdrawn meanwhile
    std::size_t entries = 0;
    for (const IndexSegmentInfo& segment : (*manifest)->segments) entries += segment.entries;
    auto filter = std::make_shared<KeyFilter>(entries);
    bool sound = true;
    BIDUI_TRY(scan_prefix(impl_->database(), Family::kIndex,
                          number_key(static_cast<std::uint32_t>(delivery.id)),
                          [&](std::string_view, std::string_view bytes) {
                            const auto block = IndexBlock::parse(bytes);
                            sound = sound && block.has_value();
                            for (std::uint32_t e = 0; block && e < block->count(); ++e)
                              filter->add(block->hash_at(e));
                          }));
    if (!sound) return damaged_error("存储中的检索键", "a block of the index");
    filters.emplace(delivery.id, std::move(filter));
  }
  impl_->keep_key_filters(std::move(filters));
  return {};
}

Result<std::vector<std::uint32_t>> Store::postings(DeliveryId id, std::uint64_t hash) const {
  std::vector<std::uint32_t> found;
  BIDUI_TRY(postings_many(std::span(&id, 1), std::span(&hash, 1),
                          [&](DeliveryId, std::size_t, std::span<const std::uint32_t> rows) {
                            found.assign(rows.begin(), rows.end());
                          }));
  return found;
}

}  // namespace bidui::store
