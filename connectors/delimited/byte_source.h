// Random access to the bytes of a file, packed or not, or of a string that stands for one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "matcher/base/result.h"

namespace bidui::connectors {

// Bytes that come one after another only, such as those of a packed file.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  virtual Status rewind() = 0;
  // How many bytes there were; 0 only at the end.
  virtual Result<std::size_t> next(std::span<char> into) = 0;
};

class ByteSource {
 public:
  // kNotFound if there is no such file, kBadInput if it is no regular file (a pipe cannot be read
  // twice), kIo if it cannot be opened.
  static Result<ByteSource> open(const std::filesystem::path& path);
  static ByteSource from_memory(std::string bytes);
  // `size`: of all its bytes. To go back in it is to begin again: cheap near the beginning only.
  static ByteSource from_stream(std::unique_ptr<ByteStream> stream, std::uint64_t size);

  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&& other) noexcept;
  ~ByteSource();

  std::uint64_t size() const { return size_; }  // bytes when opened

  // Fills `into` from `offset` on; returns how many bytes there were: less only at the end.
  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const;

 private:
  ByteSource() = default;
  Result<std::size_t> read_stream(std::uint64_t offset, std::span<char> into) const;

  struct Stream;  // with where it stands
  int descriptor_ = -1;
  std::string memory_;
  std::unique_ptr<Stream> stream_;
  std::uint64_t size_ = 0;
};

}  // namespace bidui::connectors
