// Deliveries whose whole content follows from one number, so that a test can tell whether what it
// reads is what was written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/store.h"

namespace bidui::store {

struct SampleDelivery {
  std::uint32_t seed = 0;
  std::uint32_t rows = 0;

  DeliveryInfo info() const;                        // instance and coverage follow from the seed
  std::string record(std::uint32_t row) const;      // 0 to 79 bytes
  std::vector<std::uint64_t> features() const;      // two words for each row
  std::vector<IndexEntry> index() const;            // three keys for each row, one of them common
  std::uint64_t own_hash(std::uint32_t row) const;  // no other row has it
  std::uint64_t common_hash(std::uint32_t row) const;  // shared by every seventh row
};

// Adds all of it in uneven pieces.
Status add_content(DeliveryWriter& writer, const SampleDelivery& sample);

Result<DeliveryInfo> import_sample(Store& store, const SampleDelivery& sample,
                                   const WriterOptions& options = {});

// Reads everything of the delivery by every way there is, and adds a test failure where it differs.
void expect_whole(const Store& store, DeliveryId id, const SampleDelivery& sample);

}  // namespace bidui::store
