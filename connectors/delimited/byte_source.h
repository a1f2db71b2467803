// Random access to the bytes of a file, or of a string that stands for one in tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "matcher/base/result.h"

namespace bidui::connectors {

class ByteSource {
 public:
  // kNotFound if there is no such file, kBadInput if it is no regular file (a pipe cannot be read
  // twice), kIo if it cannot be opened.
  static Result<ByteSource> open(const std::filesystem::path& path);
  static ByteSource from_memory(std::string bytes);

  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&& other) noexcept;
  ~ByteSource();

  std::uint64_t size() const { return size_; }  // bytes when opened

  // Fills `into` from `offset` on; returns how many bytes there were: less only at the end.
  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const;

 private:
  ByteSource() = default;

  int descriptor_ = -1;
  std::string memory_;
  std::uint64_t size_ = 0;
};

}  // namespace bidui::connectors
