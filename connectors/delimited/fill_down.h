// Household values that stand only on the first row of a block of rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/row_batch.h"

namespace bidui::connectors {

struct FillDown {
  std::uint32_t key_column = 0;  // the household's number or name: a new value begins a block
  std::vector<std::uint32_t>
      columns{};  // what else belongs to the household; never a person's fields
};

// Walks along the rows of a file and fills the blank cells of rows whose key is blank from the
// first row of their block: such rows come from merged or omitted cells. On a row with a key of its
// own a blank cell means that there is no value (not yet lifted out of poverty, no telephone), so
// it stays blank; where that key is the block's, the block goes on. A skipped row (a subtotal, a
// page's header) does not end a block; a rejected row does, for it may have been the first of
// another: rows without a key behind it stay as they are.
class BlockFiller {
 public:
  explicit BlockFiller(FillDown what) : what_(std::move(what)) {}

  // Makes the values of a block that began in an earlier batch part of this one. Before its first
  // row.
  void enter(RowBatch& batch);

  // Bytes that enter() will add to the batch's arena.
  std::size_t carried_bytes() const;

  // Returns how many cells of the loaded row were filled.
  std::uint32_t fill(std::span<std::string_view> cells);

  void on_rejected() { in_block_ = false; }

  // Copies the block's values out of the batch that is about to be given away.
  void leave();

 private:
  FillDown what_;
  bool in_block_ = false;
  std::string_view key_;
  std::vector<std::string_view> values_;  // of what_.columns, into the batch
  std::string carried_key_;
  std::vector<std::string> carried_values_;
};

}  // namespace bidui::connectors
