// bidui backup and restore: a copy of a workspace, as a directory that says of each of its files
// what it has to be. The key is not in it, nor the service's TLS key: without the key file a backup
// cannot be read, by nobody.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct Backup {
  std::string made{};      // wall time
  std::string division{};  // of the county
  std::string head{};      // of the journal then, store::journal_head_text()
  struct File {
    std::string path{};  // below the backup, '/' between names
    std::uint64_t bytes = 0;
    std::string sha256{};
  };
  std::vector<File> files{};  // by path

  std::uint64_t bytes() const;
};

// Of a workspace that is open for writing and held still, to a directory that is not there yet:
// built beside it and renamed, so that it is whole or is not there. What a killed backup to the
// same name left is removed. kConflict, kIo; those of the store.
Result<Backup> back_up(const Workspace& workspace, const std::filesystem::path& target,
                       std::string_view recorded);

// kNotFound where it is no backup, kCorrupt where its list of files cannot be read.
Result<Backup> read_backup(const std::filesystem::path& backup);
// Files that are not there or not as they were, by path; all bytes are read. kIo.
Result<std::vector<std::string>> damaged_files(const std::filesystem::path& backup,
                                               const Backup& list);

// A workspace in a directory that is not there, or is empty: every file is held against the list
// first (kCorrupt names the first that differs), it is built beside and opened with the key, and
// its journal followed to the head of the backup, before it gets its name. kConflict; kNotFound,
// kBadInput: the key.
Result<Backup> restore_backup(const std::filesystem::path& backup,
                              const std::filesystem::path& directory,
                              const std::filesystem::path& key_file);

}  // namespace bidui::workspace
