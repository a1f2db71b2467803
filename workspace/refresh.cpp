#include "workspace/refresh.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "matcher/base/bilingual_error.h"
#include "workspace/index_keys.h"
#include "workspace/person_fields.h"
#include "workspace/record_key.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

constexpr std::uint32_t kBatch = 32'768;  // rows in memory

// Standardises stored records again, as import did their rows (BatchBuilder::add_record). Const and
// safe to share between threads.
class RecordRefresher {
 public:
  RecordRefresher(const Workspace& workspace, const schema::Schema& schema)
      : schema_(schema),
        person_fields_(schema),
        builder_(workspace.county_code()),
        keys_(workspace.store().index_secret()) {}

  text::AddressMemo memo() const { return builder_.memo(); }

  // Features, and the index hashes by which the record is found.
  record::PersonFeatures refresh(const StoredRecord& record, text::AddressMemo& places,
                                 std::vector<std::uint64_t>& hashes) const {
    std::vector<std::string_view> fields(schema_.fields.size());
    for (std::size_t f = 0; f < fields.size(); ++f) fields[f] = record.field(f);
    // A row whose key another row has too is named by its content, but found by both.
    const std::string key = declared_key(schema_, fields).value_or(std::string(record.key()));
    record::PersonText text = person_fields_.text([&](std::size_t f) { return fields[f]; });
    const std::string household = household_name(schema_, fields, key);
    text.household = household;
    record::RepairCounts repairs{};
    const record::PersonFeatures features = builder_.build(text, repairs, &places);
    keys_.append_all(features, key, text.household, hashes);
    if (key != record.key()) hashes.push_back(keys_.record_key(record.key()));
    return features;
  }

 private:
  const schema::Schema& schema_;
  PersonFields person_fields_;
  record::FeatureBuilder builder_;
  IndexKeys keys_;
};

Status refresh_rows(const store::Store& store, const RecordRefresher& refresher,
                    store::DeliveryId id, store::RowRange rows, store::DeliveryWriter& writer) {
  std::vector<std::string> records;
  records.reserve(rows.end - rows.begin);
  BIDUI_TRY(store.scan_records(
      id, rows, [&](std::uint32_t, std::string_view bytes) { records.emplace_back(bytes); }));
  std::vector<record::PersonFeatures> features(records.size());
  std::vector<std::vector<std::uint64_t>> hashes(records.size());
  std::atomic<bool> sound = true;
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, records.size(), 1024),
                    [&](const tbb::blocked_range<std::size_t>& range) {
                      text::AddressMemo places = refresher.memo();
                      StoredRecord record;
                      for (std::size_t i = range.begin(); i < range.end(); ++i) {
                        if (!record.decode(records[i]))
                          sound = false;
                        else
                          features[i] = refresher.refresh(record, places, hashes[i]);
                      }
                    });
  if (!sound) return damaged_error("存储的记录", "a stored record");
  std::vector<store::IndexEntry> entries;
  for (std::size_t i = 0; i < records.size(); ++i) {
    for (const std::uint64_t hash : hashes[i])
      entries.push_back({hash, rows.begin + static_cast<std::uint32_t>(i)});
  }
  const std::vector<std::string_view> views(records.begin(), records.end());
  BIDUI_TRY(writer.add_records(views));
  BIDUI_TRY(writer.add_features(std::as_bytes(std::span(features))));
  return writer.add_index(entries);
}

Result<store::DeliveryInfo> refresh_delivery(Workspace& workspace, store::DeliveryInfo info,
                                             const Progress& progress) {
  const Result<const schema::Schema*> schema = workspace.schema_of(info.instance);
  BIDUI_TRY(schema);
  const RecordRefresher refresher(workspace, **schema);
  const store::DeliveryId id = info.id;
  info.feature_stride = sizeof(record::PersonFeatures);
  info.feature_version = record::kFeatureVersion;
  Result<store::DeliveryWriter> writer =
      workspace.store().begin_delivery(info, {.same_delivery = store::SameDelivery::kReplace});
  BIDUI_TRY(writer);
  for (std::uint32_t begin = 0; begin < info.record_count; begin += kBatch) {
    const store::RowRange rows{begin, std::min(begin + kBatch, info.record_count)};
    const Status done = refresh_rows(workspace.store(), refresher, id, rows, *writer);
    if (!done) return done.error().with_context(store::delivery_name(info));
    report(progress, {"refresh", "rows", rows.end, info.record_count});
  }
  return writer->commit();
}

}  // namespace

bool is_current(const store::DeliveryInfo& delivery) {
  return delivery.feature_stride == sizeof(record::PersonFeatures) &&
         delivery.feature_version == record::kFeatureVersion;
}

Result<std::vector<store::DeliveryInfo>> refresh_deliveries(Workspace& workspace,
                                                            const Progress& progress) {
  std::vector<store::DeliveryInfo> refreshed;
  for (const store::DeliveryInfo& delivery : workspace.store().deliveries()) {
    if (is_current(delivery)) continue;
    Result<store::DeliveryInfo> now = refresh_delivery(workspace, delivery, progress);
    BIDUI_TRY(now);
    refreshed.push_back(std::move(*now));
  }
  return refreshed;
}

}  // namespace bidui::workspace
