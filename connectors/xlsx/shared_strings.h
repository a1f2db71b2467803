// The texts that the cells of a workbook share.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace bidui::connectors {

// Texts that do not move: kept in large pieces, so that none has an allocation of its own.
class SharedStrings {
 public:
  void add(std::string_view text);
  // REQUIRES: index < size().
  std::string_view operator[](std::size_t index) const { return texts_[index]; }
  std::size_t size() const { return texts_.size(); }
  // What they take.
  std::size_t bytes() const { return bytes_; }

 private:
  std::vector<std::unique_ptr<char[]>> pieces_;
  std::size_t left_ = 0;  // of the last piece
  char* next_ = nullptr;
  std::vector<std::string_view> texts_;
  std::size_t bytes_ = 0;
};

}  // namespace bidui::connectors
