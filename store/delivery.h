// What the store knows of a delivery: one set of files of one source as of one date.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::store {

// Given by the store, in order of import, never used twice.
enum class DeliveryId : std::uint32_t {};

// read = loaded + rejected + skipped.
struct RowCounts {
  std::uint64_t read = 0;
  std::uint64_t loaded = 0;
  std::uint64_t rejected = 0;
  std::uint64_t skipped = 0;

  bool operator==(const RowCounts&) const = default;
};

struct DeliveryInfo {
  DeliveryId id{};                   // given by the store
  std::string source{};              // "housing"
  std::string instance{};            // "housing@county"; the source's name where there is only one
  std::string coverage{};            // division code
  std::string as_of{};               // YYYY-MM-DD
  std::string content_hash{};        // of the files' bytes
  std::string schema_hash{};         // of the schema that read them
  std::vector<std::string> files{};  // names as given by the user
  RowCounts rows{};
  std::uint32_t record_count = 0;    // counted by the store
  std::uint32_t feature_stride = 0;  // bytes of one feature struct, a multiple of 8; 0: no features
  std::uint32_t feature_version = 0;  // of what made features and index keys
  std::string details = "{}";         // a JSON object that the store does not look into
  bool held = false;                  // complete, but out of sight until it is released

  bool operator==(const DeliveryInfo&) const = default;
};

// "housing@county:500235:2017-11-20": what a delivery is of; two visible ones never share it.
std::string delivery_name(const DeliveryInfo& info);

// kConflict: there is a delivery of that name already.
Error same_delivery_error(const DeliveryInfo& info);

// kInvalidArgument: source or coverage empty, instance not of the source, a date that is not
// YYYY-MM-DD, a stride that is not a multiple of 8, details that are not a JSON object.
Status check_delivery_info(const DeliveryInfo& info);

// Of each instance and coverage the one with the newest as-of date, by instance and coverage.
// Independent of the order of `all`.
std::vector<DeliveryInfo> newest_deliveries(std::span<const DeliveryInfo> all);

// One segment of the fuzzy-key index: 2^block_bits blocks by the top bits of the hash.
struct IndexSegmentInfo {
  std::uint32_t block_bits = 0;
  std::uint64_t entries = 0;

  bool operator==(const IndexSegmentInfo&) const = default;
};

// A manifest as stored: what the caller said, and how the store laid it out.
struct Manifest {
  DeliveryInfo info;
  std::vector<IndexSegmentInfo> segments{};
};

// JSON text with a fixed order of members, and back. kCorrupt where the text is no manifest.
std::string encode_manifest(const Manifest& manifest);
Result<Manifest> decode_manifest(std::string_view json);

}  // namespace bidui::store
