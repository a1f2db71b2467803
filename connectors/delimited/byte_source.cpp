#include "connectors/delimited/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {

struct ByteSource::Stream {
  std::unique_ptr<ByteStream> bytes;
  std::uint64_t position = 0;
};

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  ByteSource source;
  source.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (source.descriptor_ < 0) {
    return errno_error("无法打开文件", "cannot open the file");
  }
  struct stat status {};
  if (::fstat(source.descriptor_, &status) != 0) {
    return errno_error("无法读取文件的大小", "cannot read the file's size");
  }
  if (!S_ISREG(status.st_mode)) {
    return bilingual_error(
        ErrorCode::kBadInput,
        S_ISDIR(status.st_mode) ? "这是目录，请给出目录中的文件" : "这不是普通文件，请先存成文件",
        S_ISDIR(status.st_mode) ? "this is a directory; name the files in it"
                                : "this is not a regular file; save it to a file first");
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

ByteSource ByteSource::from_stream(std::unique_ptr<ByteStream> stream, std::uint64_t size) {
  ByteSource source;
  source.stream_ = std::make_unique<Stream>(Stream{.bytes = std::move(stream)});
  source.size_ = size;
  return source;
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      memory_(std::move(other.memory_)),
      stream_(std::move(other.stream_)),
      size_(other.size_) {}

ByteSource& ByteSource::operator=(ByteSource&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(memory_, other.memory_);
  std::swap(stream_, other.stream_);
  std::swap(size_, other.size_);
  return *this;
}

ByteSource::~ByteSource() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::size_t> ByteSource::read_at(std::uint64_t offset, std::span<char> into) const {
  if (stream_) return read_stream(offset, into);
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
    if (n < 0) return errno_error("无法读取文件", "cannot read the file");
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

Result<std::size_t> ByteSource::read_stream(std::uint64_t offset, std::span<char> into) const {
  Stream& stream = *stream_;
  if (offset < stream.position) {
    BIDUI_TRY(stream.bytes->rewind());
    stream.position = 0;
  }
  std::string skipped(std::size_t{64} * 1024, '\0');
  std::size_t done = 0;
  while (done < into.size()) {
    const std::uint64_t ahead = done > 0 ? 0 : offset - std::min(offset, stream.position);
    const std::span<char> target = ahead > 0 ? std::span(skipped).first(static_cast<std::size_t>(
                                                   std::min<std::uint64_t>(ahead, skipped.size())))
                                             : into.subspan(done);
    const Result<std::size_t> bytes = stream.bytes->next(target);
    BIDUI_TRY(bytes);
    if (*bytes == 0) break;
    stream.position += *bytes;
    if (ahead == 0) done += *bytes;
  }
  return done;
}

}  // namespace bidui::connectors
