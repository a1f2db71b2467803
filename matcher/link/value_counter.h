// How often the values of the side in memory occur on both sides: whether an ID number is unique,
// or known to the other side at all.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "matcher/base/hash.h"

namespace bidui::link {

// Built from the left values (0 = missing), then fed with right values; values that no left record
// has are not kept, so its size is bounded by the left side. add_right() may run concurrently.
class ValueCounter {
 public:
  explicit ValueCounter(std::size_t left_rows) {
    std::size_t size = 16;
    while (size < left_rows * 2) size *= 2;
    slots_.resize(size);
  }

  void add_left(std::uint64_t value) {
    if (value == 0) return;
    Slot& slot = slots_[find(value)];
    slot.value = value;
    ++slot.left;
  }
  void add_right(std::uint64_t value) {
    if (value == 0) return;
    Slot& slot = slots_[find(value)];
    if (slot.value != 0) std::atomic_ref(slot.right).fetch_add(1, std::memory_order_relaxed);
  }
  // Asks the processor for the cache line that add_right() will read.
  void prefetch(std::uint64_t value) const {
    __builtin_prefetch(&slots_[mix64(value) & (slots_.size() - 1)]);
  }
  std::uint32_t left_count(std::uint64_t value) const {
    return value == 0 ? 0 : slots_[find(value)].left;
  }
  std::uint32_t right_count(std::uint64_t value) const {
    return value == 0 ? 0 : slots_[find(value)].right;
  }

 private:
  struct Slot {
    std::uint64_t value = 0;
    std::uint32_t left = 0;
    std::uint32_t right = 0;
  };
  std::size_t find(std::uint64_t value) const {
    std::size_t i = mix64(value) & (slots_.size() - 1);
    while (slots_[i].value != 0 && slots_[i].value != value) i = (i + 1) & (slots_.size() - 1);
    return i;
  }
  std::vector<Slot> slots_;
};

}  // namespace bidui::link
