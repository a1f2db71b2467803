// Built batches, in order, become rows of a delivery: repeated keys are settled at the end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "matcher/schema/schema.h"
#include "store/delivery_writer.h"
#include "workspace/import.h"
#include "workspace/import_batch.h"
#include "workspace/repeated_keys.h"

namespace bidui::workspace {

// Not for several threads. What it refers to must outlive it.
class DeliverySink {
 public:
  DeliverySink(store::DeliveryWriter& writer, const schema::Schema& schema,
               const IndexKeys& index_keys, ImportReport& report)
      : writer_(writer), schema_(schema), index_keys_(index_keys), report_(report) {}

  // Errors of the writer. Moves the batch's rejects into the report, and counts there.
  Status add(BuiltBatch& batch);

  // After the last batch: every row of a repeated key is named by its content instead (contracts
  // §1), rows equal to the letter by a number as well, so that no name depends on the order of the
  // rows. All of them stay findable by the key that they came with. Reads back and writes again the
  // store's blocks that such rows stand in, nothing where no key is repeated.
  Status finish();

  std::uint32_t rows() const { return row_; }

 private:
  std::string renamed(std::string_view bytes, std::uint32_t row);

  store::DeliveryWriter& writer_;
  const schema::Schema& schema_;
  const IndexKeys& index_keys_;
  ImportReport& report_;
  RepeatedKeys keys_;                          // as the rows came
  std::unordered_set<std::uint64_t> renamed_;  // hashes of the keys given in their place
  std::vector<store::IndexEntry> renamed_entries_;
  std::uint32_t row_ = 0;
};

}  // namespace bidui::workspace
