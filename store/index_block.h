// A block of the fuzzy-key index: u32 count, u32 zero, u64 hashes ascending, u32 rows (ascending
// within one hash).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::store {

class IndexBlockBuilder {
 public:
  void add(std::uint64_t hash, std::uint32_t row);
  bool empty() const { return hashes_.empty(); }

  // The block's bytes, valid until the next call; the builder is empty afterwards.
  std::string_view take();

 private:
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> rows_;
  std::string bytes_;
};

// Reads a block in place; the bytes must outlive it.
class IndexBlock {
 public:
  // Nothing where the bytes are no block.
  static std::optional<IndexBlock> parse(std::string_view bytes);

  std::uint32_t count() const { return count_; }
  // REQUIRES: i < count().
  std::uint64_t hash_at(std::uint32_t i) const;
  // Appends the rows of `hash`. O(log count + rows).
  void append_rows(std::uint64_t hash, std::vector<std::uint32_t>& rows) const;

 private:
  std::uint32_t lower_bound(std::uint64_t hash) const;

  std::uint32_t count_ = 0;
  const char* hashes_ = nullptr;
  const char* rows_ = nullptr;
};

}  // namespace bidui::store
