// A block of records: u32 count, u32 end of each record (from the first record's byte), the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::store {

class RecordBlockBuilder {
 public:
  void add(std::string_view record);
  std::size_t count() const { return ends_.size(); }

  // The block's bytes; the builder is empty afterwards.
  std::string take();

 private:
  std::vector<std::uint32_t> ends_;
  std::string bytes_;
};

// Reads a block in place; the bytes must outlive it.
class RecordBlock {
 public:
  // Nothing where the bytes are no block. O(count).
  static std::optional<RecordBlock> parse(std::string_view bytes);

  std::uint32_t count() const { return count_; }
  // REQUIRES: i < count().
  std::string_view record(std::uint32_t i) const;

 private:
  std::uint32_t count_ = 0;
  std::string_view ends_;
  std::string_view records_;
};

}  // namespace bidui::store
