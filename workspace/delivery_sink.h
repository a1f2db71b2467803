// Built batches, in order, become rows of a delivery: repeated keys are settled here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/schema/schema.h"
#include "store/delivery_writer.h"
#include "workspace/import.h"
#include "workspace/import_batch.h"

namespace bidui::workspace {

// A set of well-mixed 64-bit hashes: open addressing, 8 bytes a place, at most half full.
class HashSet {
 public:
  // False where it was there before.
  bool insert(std::uint64_t hash);

 private:
  void grow();

  std::vector<std::uint64_t> places_ = std::vector<std::uint64_t>(1U << 12);  // 0 = free
  std::size_t size_ = 0;
};

// Not for several threads. What it refers to must outlive it.
class DeliverySink {
 public:
  DeliverySink(store::DeliveryWriter& writer, const schema::Schema& schema,
               const IndexKeys& index_keys, ImportReport& report)
      : writer_(writer), schema_(schema), index_keys_(index_keys), report_(report) {}

  // Errors of the writer. Moves the batch's rejects into the report, and counts there.
  Status add(BuiltBatch& batch);

 private:
  std::string rename_repeated(std::string_view bytes, std::vector<store::IndexEntry>& entries);

  store::DeliveryWriter& writer_;
  const schema::Schema& schema_;
  const IndexKeys& index_keys_;
  ImportReport& report_;
  HashSet keys_;  // hashes of the keys given so far
  std::uint32_t row_ = 0;
};

}  // namespace bidui::workspace
