// Small files written so that a crash leaves the old or the new one, and the lock of the one
// writer.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "matcher/base/result.h"

namespace bidui::store {

// The whole file; for files of a few kilobytes. kNotFound where there is none, else kIo.
Result<std::string> read_small_file(const std::filesystem::path& path);

// Writes beside `path`, syncs, renames over it and syncs the directory: after a crash there is the
// old file or the new one. `mode` are the permission bits, e.g. 0600. Errors: kIo.
Status write_small_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode);

// Held as long as the object lives and as the process lives, whatever way it ends.
class FileLock {
 public:
  // Takes the lock without waiting; creates the file. kConflict where another open file (of this or
  // of another process) holds it.
  static Result<FileLock> try_take(const std::filesystem::path& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace bidui::store
