#include "connectors/delimited/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace bidui::connectors {

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  ByteSource source;
  source.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (source.descriptor_ < 0) {
    const bool missing = errno == ENOENT;
    return make_error(missing ? ErrorCode::kNotFound : ErrorCode::kIo,
                      missing ? "there is no such file" : "the file cannot be opened for reading");
  }
  struct stat status {};
  if (::fstat(source.descriptor_, &status) != 0) {
    return make_error(ErrorCode::kIo, "the file's size cannot be read");
  }
  if (!S_ISREG(status.st_mode)) {
    return make_error(ErrorCode::kBadInput, "this is not a regular file; save it to a file first");
  }
  source.size_ = static_cast<std::uint64_t>(status.st_size);
  ::posix_fadvise(source.descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
  return source;
}

ByteSource ByteSource::from_memory(std::string bytes) {
  ByteSource source;
  source.memory_ = std::move(bytes);
  source.size_ = source.memory_.size();
  return source;
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      memory_(std::move(other.memory_)),
      size_(other.size_) {}

ByteSource& ByteSource::operator=(ByteSource&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(memory_, other.memory_);
  std::swap(size_, other.size_);
  return *this;
}

ByteSource::~ByteSource() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> ByteSource::read_at(std::uint64_t offset, std::span<char> into) const {
  if (descriptor_ < 0) {
    if (offset >= memory_.size()) return std::size_t{0};
    const std::size_t n = std::min(into.size(), memory_.size() - static_cast<std::size_t>(offset));
    std::memcpy(into.data(), memory_.data() + offset, n);
    return n;
  }
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t n = ::pread(descriptor_, into.data() + done, into.size() - done,
                              static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return make_error(ErrorCode::kIo, "reading the file failed");
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

}  // namespace bidui::connectors
