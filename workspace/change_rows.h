// The rows of a list of changes, as they were read: what is to become of which record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/reject.h"
#include "connectors/delimited/row_batch.h"
#include "matcher/schema/schema.h"
#include "workspace/change_column.h"
#include "workspace/import_batch.h"

namespace bidui::workspace {

struct ChangeRow {
  ChangeKind kind = ChangeKind::kAdded;
  std::uint32_t file = 0;             // among those of the delivery
  std::uint32_t row = 0;              // as a person counts
  std::string key{};                  // declared, else of the content
  bool has_key = false;               // declared
  std::vector<std::string> fields{};  // of the schema
  std::vector<std::string> extras{};
};

// Held in memory: a list of changes is short beside the list that it changes.
class ChangeRows {
 public:
  explicit ChangeRows(const schema::Schema& schema) : schema_(schema) {}

  // Keeps the loaded rows of a batch; those that cannot be used become rejects. What is deleted
  // needs no required values. How many were rejected here, by reason, is counted in `counts`.
  void add(const connectors::RowBatch& batch, const BatchOrigin& origin,
           std::vector<connectors::Reject>& rejects, connectors::RowCounts& counts);

  const std::vector<ChangeRow>& rows() const { return rows_; }
  // Whether the row's file has a column for the field.
  bool has_column(const ChangeRow& row, std::size_t field) const;

 private:
  std::optional<connectors::Reject> take(std::span<const std::string_view> cells,
                                         std::uint32_t number, const BatchOrigin& origin);

  const schema::Schema& schema_;
  std::vector<ChangeRow> rows_;
  std::vector<std::pair<std::uint32_t, std::vector<bool>>> columns_;  // by file
};

}  // namespace bidui::workspace
