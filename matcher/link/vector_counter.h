// Counts comparison vectors as they come: an open-addressing table that is merged at the end.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/base/hash.h"
#include "matcher/model/train.h"

namespace bidui::link {

class VectorCounter {
 public:
  VectorCounter() : slots_(1024) {}

  void add(compare::ComparisonVector vector, std::uint64_t count = 1) {
    if (used_ * 2 >= slots_.size()) grow();
    std::size_t i = mix64(vector) & (slots_.size() - 1);
    while (slots_[i].count != 0 && slots_[i].vector != vector) i = (i + 1) & (slots_.size() - 1);
    used_ += slots_[i].count == 0 ? 1 : 0;
    slots_[i].vector = vector;
    slots_[i].count += count;
  }

  void add(const VectorCounter& other) {
    for (const model::VectorCount& slot : other.slots_) {
      if (slot.count != 0) add(slot.vector, slot.count);
    }
  }

  // Sorted by vector.
  std::vector<model::VectorCount> counts() const {
    std::vector<model::VectorCount> result;
    for (const model::VectorCount& slot : slots_) {
      if (slot.count != 0) result.push_back(slot);
    }
    return model::merge_counts(std::move(result));
  }

 private:
  void grow() {
    std::vector<model::VectorCount> old(slots_.size() * 2);
    old.swap(slots_);
    used_ = 0;
    for (const model::VectorCount& slot : old) {
      if (slot.count != 0) add(slot.vector, slot.count);
    }
  }

  std::vector<model::VectorCount> slots_;  // count 0 = free; the size is a power of two
  std::size_t used_ = 0;
};

}  // namespace bidui::link
