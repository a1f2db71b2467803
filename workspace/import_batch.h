// Rows of a file become records: what import does with a batch, on any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/reject.h"
#include "connectors/delimited/row_batch.h"
#include "matcher/record/feature_builder.h"
#include "workspace/column_mapping.h"
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
  // `changes`: the rows are changes, and one of the columns says what became of them.
  FileColumns(const TableColumns& table, const schema::Schema& schema,
              std::span<const std::string> header, bool changes = false);

  // The cells of each field: in 元 where the column is in 万元, in words that the schema knows
  // where the mapping says what a spelling means. `made` keeps what is not in the file so.
  void read(std::span<const std::string_view> cells, std::vector<std::string_view>& fields,
            std::vector<std::string>& made) const;
  // What the row says of what became of it. REQUIRES: there is such a column.
  std::string_view change_word(std::span<const std::string_view> cells) const;

  std::vector<int> of_field;          // column of each field, -1 = none
  std::vector<int> zeros;             // of each field: what its column's unit adds (万元: 4)
  std::vector<std::size_t> extras;    // columns that no field took
  std::vector<Spellings> spellings;   // of each field, or none at all
  std::optional<std::size_t> change;  // the column that says what became of a row: no extra
  Spellings change_spellings;
};

// Where a row stands: its number, as a person counts, in one of the delivery's files.
struct RowPlace {
  std::uint32_t row = 0;
  std::uint32_t file = 0;
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

  // Adds one record. `places`: of memo(), for one thread.
  void add(std::span<const std::string_view> fields, std::span<const std::string_view> extras,
           RowPlace place, text::AddressMemo& places, BuiltBatch& out) const;
  text::AddressMemo memo() const { return builder_.memo(); }

 private:
  bool reject_missing(std::span<const std::string_view> fields, std::uint32_t row,
                      const std::string& file, BuiltBatch& out) const;

  const schema::Schema& schema_;
  PersonFields person_fields_;
  record::FeatureBuilder builder_;
  const IndexKeys& index_keys_;
};

}  // namespace bidui::workspace
