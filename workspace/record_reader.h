// Single records of the current deliveries, found by the store's index and standardised again: what
// look-ups and explanations work on, without loading a source.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/record/feature_builder.h"
#include "workspace/index_keys.h"
#include "workspace/person_fields.h"
#include "workspace/run_source.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {

// Where a record is: source and delivery as RecordReader numbers them, row in the delivery.
struct RecordPlace {
  std::uint16_t source = 0;
  std::uint16_t delivery = 0;
  std::uint32_t row = 0;

  auto operator<=>(const RecordPlace&) const = default;
};

// Of names, numbers, addresses: a part, or all that was delivered (reveal_log.h).
enum class Values : std::uint8_t { kMasked, kFull };

// A record read back. Views point into the object, which its RecordReader keeps.
class ReadRecord {
 public:
  ReadRecord(RecordPlace place, const RunSource& source, std::string bytes)
      : place_(place), source_(&source), bytes_(std::move(bytes)) {}
  ReadRecord(const ReadRecord&) = delete;
  ReadRecord& operator=(const ReadRecord&) = delete;

  RecordPlace place() const { return place_; }
  const RunSource& source() const { return *source_; }
  const schema::Schema& schema() const { return *source_->schema; }
  const StoredRecord& stored() const { return stored_; }
  const record::PersonFeatures& features() const { return features_; }

  std::string name() const { return source_->instance + ":" + std::string(stored_.key()); }
  // Raw text of a schema field; "" where the schema has none of that id.
  std::string_view text(std::string_view field_id) const;
  // The same as people may see it (field_value.h).
  std::string masked(std::string_view field_id) const;
  // One of both.
  std::string shown(std::string_view field_id, Values values) const;
  // "" where the source or the record has no household.
  std::string_view household() const;
  // As household(), but a house without a number is a household, too (record_key.h).
  const std::string& household_name() const { return household_name_; }
  const store::DeliveryInfo& delivery() const { return source_->deliveries[place_.delivery]; }

 private:
  friend class RecordReader;
  RecordPlace place_;
  const RunSource* source_;
  std::string bytes_;
  StoredRecord stored_;
  std::string household_name_;
  record::PersonFeatures features_{};
};

// Not thread-safe: keeps what it read. The workspace must outlive it.
class RecordReader {
 public:
  static Result<RecordReader> open(const Workspace& workspace);
  // Of all deliveries, earlier ones too: each source has them by as-of date, then coverage.
  static Result<RecordReader> open_history(const Workspace& workspace);

  // Of the same deliveries; has read nothing. Cheap, and safe while others use this one.
  RecordReader fresh() const { return RecordReader(*workspace_, shared_); }

  std::span<const RunSource> sources() const { return shared_->sources; }
  const IndexKeys& keys() const { return shared_->keys; }
  const record::FeatureBuilder& builder() const { return shared_->builder; }
  // Position by instance name; nullopt where there is none.
  std::optional<std::size_t> find_source(std::string_view instance) const;
  // Position of a delivery among the current ones.
  std::optional<RecordPlace> find_delivery(store::DeliveryId id) const;

  // Records that have one of the index hashes, without repeats, by place. `source`: there only.
  Result<std::vector<RecordPlace>> find(std::span<const std::uint64_t> hashes,
                                        std::optional<std::size_t> source = {}) const;

  // Reads what was not read before; a block at a time.
  Status load(std::span<const RecordPlace> places);
  // REQUIRES: loaded. Stays valid as long as the reader.
  const ReadRecord& at(RecordPlace place) const { return *read_.at(place); }

  // "source:key". kNotFound, with what is known of why.
  Result<RecordPlace> find_record(std::string_view name);
  // The household's records, loaded, by place.
  Result<std::vector<RecordPlace>> members(std::size_t source, std::string_view household);

 private:
  // What no reading changes: records point into it.
  struct Shared {
    Shared(const Workspace& workspace, std::vector<RunSource> of_run);
    std::vector<RunSource> sources;
    std::vector<PersonFields> person_fields;  // of each source
    record::FeatureBuilder builder;
    IndexKeys keys;
  };
  RecordReader(const Workspace& workspace, std::shared_ptr<const Shared> shared)
      : workspace_(&workspace), shared_(std::move(shared)) {}

  const Workspace* workspace_;
  std::shared_ptr<const Shared> shared_;
  std::map<RecordPlace, std::unique_ptr<ReadRecord>> read_;
};

}  // namespace bidui::workspace
