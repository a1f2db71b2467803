// The rows of a database as a table: judged, filled down and counted like those of a file.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/database/database_rows.h"
#include "connectors/delimited/header_search.h"
#include "connectors/delimited/table_reader.h"

namespace bidui::connectors {

// A batch's text holds all its rows, cells ended by a tab and rows by a line end.
class DatabaseTable : public TableReader {
 public:
  DatabaseTable(std::unique_ptr<DatabaseRows> rows, std::string name, const HeaderTest& test,
                std::size_t block_bytes);

  Result<bool> read(RowBatch& out) override;
  std::uint64_t bytes_read() const override { return bytes_read_; }
  std::uint64_t bytes_total() const override { return 0; }  // no database tells before

 private:
  void build_row(RowBatch& out);

  std::unique_ptr<DatabaseRows> rows_;
  std::vector<std::string_view> cells_;  // of the row that comes next, if there is one
  bool has_cells_ = false;
  bool at_end_ = false;
  std::uint32_t last_number_ = 0;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace bidui::connectors
