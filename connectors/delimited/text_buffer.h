// A growing run of bytes that are not set to zero first and do not move when the buffer is moved:
// views into it stay valid as long as it lives and does not grow.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace bidui::connectors {

class TextBuffer {
 public:
  char* data() { return data_.get(); }
  std::size_t size() const { return size_; }
  std::string_view view() const { return {data_.get(), size_}; }

  void clear() { size_ = 0; }

  // Room for `extra` more bytes behind the end; returns where they go. Invalidates views if it
  // grows.
  char* reserve_more(std::size_t extra) {
    if (size_ + extra > capacity_) grow(std::max(size_ + extra, 2 * capacity_));
    return data_.get() + size_;
  }

  // Declares that `written` bytes of the reserved room are now text.
  void commit(std::size_t written) { size_ += written; }

  void append(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(reserve_more(text.size()), text.data(), text.size());
    commit(text.size());
  }

 private:
  void grow(std::size_t capacity) {
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) std::memcpy(larger.get(), data_.get(), size_);
    data_ = std::move(larger);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace bidui::connectors
