#include "store/record_block.h"

#include "store/layout.h"

namespace bidui::store {

void RecordBlockBuilder::add(std::string_view record) {
  bytes_.append(record);
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
}

std::string RecordBlockBuilder::take() {
  std::string block;
  block.reserve(4 + 4 * ends_.size() + bytes_.size());
  append_little_endian(block, static_cast<std::uint32_t>(ends_.size()));
  for (const std::uint32_t end : ends_) append_little_endian(block, end);
  block += bytes_;
  ends_.clear();
  bytes_.clear();
  return block;
}

std::optional<RecordBlock> RecordBlock::parse(std::string_view bytes) {
  if (bytes.size() < 4) return std::nullopt;
  RecordBlock block;
  block.count_ = read_little_endian<std::uint32_t>(bytes.data());
  const std::size_t ends_size = std::size_t{4} * block.count_;
  if (bytes.size() - 4 < ends_size) return std::nullopt;
  block.ends_ = bytes.substr(4, ends_size);
  block.records_ = bytes.substr(4 + ends_size);
  std::uint32_t previous = 0;
  for (std::uint32_t i = 0; i < block.count_; ++i) {
    const auto end = read_little_endian<std::uint32_t>(block.ends_.data() + std::size_t{4} * i);
    if (end < previous || end > block.records_.size()) return std::nullopt;
    previous = end;
  }
  return block;
}

std::string_view RecordBlock::record(std::uint32_t i) const {
  const char* end_place = ends_.data() + std::size_t{4} * i;
  const auto end = read_little_endian<std::uint32_t>(end_place);
  const auto begin = i == 0 ? 0U : read_little_endian<std::uint32_t>(end_place - 4);
  return records_.substr(begin, end - begin);
}

}  // namespace bidui::store
