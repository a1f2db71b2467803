// Memory for the lists that one evaluation makes: handed out by moving a pointer, given back all at
// once. One per thread.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace bidui::rule {

class Scratch {
 public:
  // Uninitialised room for `count` values, valid until reset(). Allocates only when the blocks kept
  // from earlier evaluations are full.
  template <typename T>
  T* allocate(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return static_cast<T*>(allocate_bytes(count * sizeof(T)));
  }

  // Everything handed out becomes invalid; the blocks stay.
  void reset() {
    block_ = 0;
    used_ = 0;
  }

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 14;
  static constexpr std::size_t kAlignment = alignof(std::max_align_t);

  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };

  void* allocate_bytes(std::size_t bytes) {
    bytes = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    while (block_ < blocks_.size() && blocks_[block_].size - used_ < bytes) {
      ++block_;
      used_ = 0;
    }
    if (block_ == blocks_.size()) {
      const std::size_t size = bytes > kBlockBytes ? bytes : kBlockBytes;
      blocks_.push_back({std::make_unique<std::byte[]>(size), size});
    }
    void* room = blocks_[block_].bytes.get() + used_;
    used_ += bytes;
    return room;
  }

  std::vector<Block> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

}  // namespace bidui::rule
