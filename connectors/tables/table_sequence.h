// Tables that are parts of one, read one after another: the villages of a township, a sheet each.
#pragma once

#include <memory>
#include <vector>

#include "connectors/tables/open_tables.h"

namespace bidui::connectors {

// The tables of a file that have the columns of its main one (the one with the most columns that
// were recognised, the first of them), as one table. Other tables are put into tables.left_out.
class TableSequence : public TableReader {
 public:
  // REQUIRES: a table. One alone is returned as it is.
  static std::unique_ptr<TableReader> join(FileTables& tables);

  // The batches tell the table that they come from.
  Result<bool> read(RowBatch& out) override;
  void set_block_bytes(std::size_t bytes) override;
  Status fill_down(FillDown what) override;
  const RowCounts& counts() const override;
  std::vector<const TableReader*> parts() const override;
  std::uint64_t bytes_read() const override;
  std::uint64_t bytes_total() const override;

 private:
  struct Part {
    std::unique_ptr<TableReader> table;
    std::vector<std::uint32_t> columns;  // of the main table's, in this one; empty: the same
  };

  explicit TableSequence(std::vector<Part> parts, std::size_t main);

  std::vector<Part> parts_;
  std::size_t next_ = 0;
  mutable RowCounts sum_;
};

}  // namespace bidui::connectors
