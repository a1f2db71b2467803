// Imports one delivery: everything of it becomes visible at commit(), or nothing ever.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "matcher/base/result.h"
#include "store/delivery.h"

namespace bidui::store {

// One fuzzy key of one record: a keyed hash (made with Store::index_secret()) and the record's row.
struct IndexEntry {
  std::uint64_t hash = 0;
  std::uint32_t row = 0;
};

// A record's new bytes, from those it has.
using RecordChange = std::function<std::string(std::uint32_t row, std::string_view record)>;

// Got from Store::begin_delivery; must not outlive the store. Called from one thread; compresses,
// sorts and writes on two threads of its own. Rows count from 0 in the order of add_records.
//
// Memory: two index segments (12 bytes for each entry, see WriterOptions) and up to 32 MB of blocks
// that wait to be written. An error of a background write is returned by the next call.
class DeliveryWriter {
 public:
  DeliveryWriter(DeliveryWriter&& other) noexcept;
  DeliveryWriter& operator=(DeliveryWriter&& other) noexcept;
  // Aborts where commit() was not called or failed.
  ~DeliveryWriter();

  // The number that the delivery will have.
  DeliveryId id() const;

  // Opaque bytes, one view for each record. The views need not outlive the call.
  Status add_records(std::span<const std::string_view> records);

  // Whole feature structs of the stride in DeliveryInfo, in row order, in pieces of any size.
  Status add_features(std::span<const std::byte> features);

  // Keys in any order of hash; the rows of one hash must come ascending.
  Status add_index(std::span<const IndexEntry> entries);

  // Puts other bytes in the place of some records, for what is only known when all rows were read.
  // Once, after the last add_records; `rows` ascend without repeats. `change` gets each row's bytes
  // as they were added, and gives the new ones. Reads back and writes again each block that such a
  // row stands in.
  Status change_records(std::span<const std::uint32_t> rows, const RecordChange& change);

  // For what is only known when all rows were read: replaces row counts, files, hashes and details,
  // but not the source, instance, coverage, date and stride that begin_delivery was called with.
  void set_info(const DeliveryInfo& info);

  // Makes the delivery visible, durably: after it returns, no crash loses it. kInvalidArgument
  // where there are fewer or more features than records. Where it fails, nothing is left.
  Result<DeliveryInfo> commit();

  // Leaves nothing. Safe to call at any time, also after commit (then it does nothing).
  void abort();

 private:
  friend class Store;
  class Impl;
  explicit DeliveryWriter(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace bidui::store
