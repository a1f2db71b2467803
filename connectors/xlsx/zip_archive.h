// A ZIP archive: what a workbook is, and what files are delivered in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::connectors {

// What an archive is, for messages that help.
enum class ArchiveKind : std::uint8_t { kWorkbook, kFiles };

// How much is unpacked: an archive of a megabyte can hold a terabyte.
struct ArchiveLimits {
  std::size_t memory_bytes = std::size_t{256} << 20;  // of an archive that is held in memory
  std::int64_t entries = 65'536;                      // of its directory, which is kept
  std::uint64_t all_bytes = std::uint64_t{2}
                            << 30;  // unpacked in all, one read twice counted twice
  // An entry that unpacks to more than this is refused where it grows beyond `expansion` times what
  // it takes packed: a registry shrinks to a tenth or a twentieth.
  std::uint64_t harmless_bytes = std::uint64_t{64} << 20;
  std::uint64_t expansion = 200;
};

struct ArchiveEntry {
  std::string name{};  // UTF-8: as stored, or from GB18030
  std::uint64_t index = 0;
  std::uint64_t bytes = 0;  // unpacked, as the directory says
  bool encrypted = false;
};

// The name of an archive's entry is UTF-8 if it is valid as such, else GB18030, as Chinese Windows
// writes it.
std::string entry_name(std::string_view raw);

class EntryStream;

// Not for several threads at a time, its streams included.
class ZipArchive {
 public:
  // kNotFound, kIo; kBadInput where it is no sound archive. Holds the file open; no memory but for
  // its directory.
  static Result<ZipArchive> open(const std::filesystem::path& path, ArchiveKind kind,
                                 const ArchiveLimits& limits = {});
  // The bytes of a file.
  static Result<ZipArchive> open_bytes(std::string bytes, std::string name, ArchiveKind kind,
                                       const ArchiveLimits& limits = {});

  // Files, without folders.
  std::vector<ArchiveEntry> entries() const;
  bool has(const std::string& entry) const;
  // The streams may outlive the archive's object. kBadInput where there is no such entry, or it is
  // encrypted.
  Result<EntryStream> read(const std::string& entry) const;
  Result<EntryStream> read(const ArchiveEntry& entry) const;
  // "returned.xlsx"
  const std::string& name() const;

  Error damaged(const std::string& entry = {}) const;
  Error too_large(const std::string& entry = {}) const;

 private:
  friend class EntryStream;
  struct Zip;
  explicit ZipArchive(std::shared_ptr<Zip> zip) : zip_(std::move(zip)) {}
  static Result<ZipArchive> opened(std::shared_ptr<Zip> zip);

  std::shared_ptr<Zip> zip_;
};

// An entry's bytes from its beginning to its end.
class EntryStream {
 public:
  EntryStream(EntryStream&& other) noexcept;
  EntryStream& operator=(EntryStream&& other) noexcept;
  ~EntryStream();

  // How many bytes there were; 0 at the end, which is reached only if all was sound. kBadInput.
  Result<std::size_t> next(std::span<char> into);
  // To the end: how many bytes the entry has. kBadInput beyond `most`.
  Result<std::uint64_t> skip_to_end(std::uint64_t most);
  std::uint64_t read_bytes() const { return read_; }

 private:
  friend class ZipArchive;
  struct File;
  EntryStream(ZipArchive archive, std::string name, std::unique_ptr<File> file);

  ZipArchive archive_;
  std::string name_;
  std::unique_ptr<File> file_;
  std::uint64_t read_ = 0;
};

}  // namespace bidui::connectors
