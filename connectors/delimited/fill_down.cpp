#include "connectors/delimited/fill_down.h"

namespace bidui::connectors {

std::size_t BlockFiller::carried_bytes() const {
  if (!in_block_) return 0;
  std::size_t bytes = carried_key_.size();
  for (const std::string& value : carried_values_) bytes += value.size();
  return bytes;
}

void BlockFiller::enter(RowBatch& batch) {
  if (!in_block_) return;
  key_ = batch.keep(carried_key_);
  values_.clear();
  for (const std::string& value : carried_values_) values_.push_back(batch.keep(value));
}

void BlockFiller::leave() {
  if (!in_block_) return;
  carried_key_ = key_;
  carried_values_.assign(values_.begin(), values_.end());
}

std::uint32_t BlockFiller::fill(std::span<std::string_view> cells) {
  std::string_view& key = cells[what_.key_column];
  if (!key.empty()) {
    if (in_block_ && key == key_) return 0;
    in_block_ = true;
    key_ = key;
    values_.clear();
    for (const std::uint32_t column : what_.columns) values_.push_back(cells[column]);
    return 0;
  }
  if (!in_block_) return 0;
  std::uint32_t filled = 0;
  const auto fill_cell = [&filled](std::string_view& cell, std::string_view value) {
    if (!cell.empty() || value.empty()) return;
    cell = value;
    ++filled;
  };
  fill_cell(key, key_);
  for (std::size_t i = 0; i < what_.columns.size(); ++i)
    fill_cell(cells[what_.columns[i]], values_[i]);
  return filled;
}

}  // namespace bidui::connectors
