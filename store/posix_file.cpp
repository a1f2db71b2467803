#include "store/posix_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "matcher/base/bilingual_error.h"

namespace bidui::store {
namespace {

Error cannot_write(const std::filesystem::path& path) {
  return errno_error("无法写入", "cannot write", path.string());
}

// Closes on every way out.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags, unsigned mode = 0)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::filesystem::path directory_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace

Result<std::string> read_small_file(const std::filesystem::path& path) {
  const Descriptor file(path, O_RDONLY);
  if (!file.is_open()) return errno_error("无法打开", "cannot open", path.string());
  std::string bytes;
  char buffer[4096];
  while (true) {
    const ssize_t got = ::read(file.number(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno_error("无法读取", "cannot read", path.string());
    if (got == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
}

Status write_small_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
  std::filesystem::path temporary = path;
  temporary += ".new";
  {
    const Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC, mode);
    if (!file.is_open()) return errno_error("无法新建", "cannot create", temporary.string());
    if (::fchmod(file.number(), mode) != 0)
      return errno_error("无法设定权限", "cannot set the mode", temporary.string());
    if (!write_all(file.number(), bytes)) return cannot_write(temporary);
    if (::fsync(file.number()) != 0) return cannot_write(temporary);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0)
    return errno_error("无法改名", "cannot rename", temporary.string());
  const Descriptor directory(directory_of(path), O_RDONLY | O_DIRECTORY);
  if (!directory.is_open() || ::fsync(directory.number()) != 0) return cannot_write(path);
  return {};
}

Result<FileLock> FileLock::try_take(const std::filesystem::path& path) {
  Descriptor file(path, O_RDWR | O_CREAT, 0600);
  if (!file.is_open()) return errno_error("无法打开锁文件", "cannot open the lock", path.string());
  if (::flock(file.number(), LOCK_EX | LOCK_NB) == 0) return FileLock(file.release());
  if (errno != EWOULDBLOCK) return errno_error("无法加锁", "cannot lock", path.string());
  return bilingual_error(ErrorCode::kConflict, "另一个 bidui 正在写这个工作区；请等它结束后再试",
                         "another bidui is writing to this workspace; wait until it has ended",
                         path.string());
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace bidui::store
