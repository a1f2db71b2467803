#include "store/index_block.h"

#include "store/layout.h"

namespace bidui::store {

void IndexBlockBuilder::add(std::uint64_t hash, std::uint32_t row) {
  hashes_.push_back(hash);
  rows_.push_back(row);
}

std::string_view IndexBlockBuilder::take() {
  bytes_.clear();
  append_little_endian(bytes_, static_cast<std::uint32_t>(hashes_.size()));
  append_little_endian(bytes_, std::uint32_t{0});
  bytes_.append(reinterpret_cast<const char*>(hashes_.data()), 8 * hashes_.size());
  bytes_.append(reinterpret_cast<const char*>(rows_.data()), 4 * rows_.size());
  hashes_.clear();
  rows_.clear();
  return bytes_;
}

std::optional<IndexBlock> IndexBlock::parse(std::string_view bytes) {
  if (bytes.size() < 8) return std::nullopt;
  IndexBlock block;
  block.count_ = read_little_endian<std::uint32_t>(bytes.data());
  if (bytes.size() != 8 + std::size_t{12} * block.count_) return std::nullopt;
  block.hashes_ = bytes.data() + 8;
  block.rows_ = block.hashes_ + std::size_t{8} * block.count_;
  return block;
}

std::uint64_t IndexBlock::hash_at(std::uint32_t i) const {
  return read_little_endian<std::uint64_t>(hashes_ + std::size_t{8} * i);
}

std::uint32_t IndexBlock::lower_bound(std::uint64_t hash) const {
  std::uint32_t low = 0;
  std::uint32_t high = count_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (hash_at(middle) < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void IndexBlock::append_rows(std::uint64_t hash, std::vector<std::uint32_t>& rows) const {
  for (std::uint32_t i = lower_bound(hash); i < count_ && hash_at(i) == hash; ++i) {
    rows.push_back(read_little_endian<std::uint32_t>(rows_ + std::size_t{4} * i));
  }
}

}  // namespace bidui::store
