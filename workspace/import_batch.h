// Rows of a file become records: what import does with a batch, on any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/reject.h"
#include "connectors/delimited/row_batch.h"
#include "matcher/record/feature_builder.h"
#include "matcher/schema/header_mapping.h"
#include "workspace/index_keys.h"
#include "workspace/person_fields.h"

namespace bidui::workspace {

// What one batch of rows became.
struct BuiltBatch {
  std::vector<record::PersonFeatures> features;
  std::string records;  // encoded without their keys' uniqueness settled
  std::vector<std::size_t> record_ends;
  std::vector<std::uint64_t> key_hashes;
  std::vector<std::size_t> hash_ends;  // per record, into index_hashes
  std::vector<std::uint64_t> index_hashes;
  std::vector<connectors::Reject> rejects;
  record::RepairCounts repairs{};
  std::uint64_t required_missing = 0;
  std::uint64_t missing_keys = 0;
};

// Where a file keeps the schema's fields.
struct FileColumns {
  FileColumns(const schema::HeaderMapping& mapping, const schema::Schema& schema,
              std::span<const std::string> header);

  std::vector<int> of_field;        // column of each field, -1 = none
  std::vector<int> zeros;           // of each field: what its column's unit adds (万元: 4)
  std::vector<std::size_t> extras;  // columns that no field took
};

// Where a batch comes from.
struct BatchOrigin {
  const FileColumns& columns;
  std::span<const std::string> header;
  const std::string& file;
  std::uint32_t file_index = 0;
};

// Const and safe to share between threads; what it refers to must outlive it.
class BatchBuilder {
 public:
  BatchBuilder(const schema::Schema& schema, std::uint32_t county, const IndexKeys& index_keys)
      : schema_(schema), person_fields_(schema), builder_(county), index_keys_(index_keys) {}

  // Rejected rows, and rows without a required value, become rejects; skipped ones nothing.
  BuiltBatch build(const connectors::RowBatch& batch, const BatchOrigin& origin) const;

 private:
  // Cells in 万元 in the schema's unit; the numbers that this makes are kept in `scaled`.
  static void scale_amounts(const FileColumns& columns, std::vector<std::string_view>& fields,
                            std::vector<std::string>& scaled);
  bool reject_missing(std::span<const std::string_view> fields, std::uint32_t row,
                      const std::string& file, BuiltBatch& out) const;
  void add_record(std::span<const std::string_view> fields,
                  std::span<const std::string_view> extras, std::uint32_t row,
                  std::uint32_t file_index, text::AddressMemo& places, BuiltBatch& out) const;

  const schema::Schema& schema_;
  PersonFields person_fields_;
  record::FeatureBuilder builder_;
  const IndexKeys& index_keys_;
};

}  // namespace bidui::workspace
