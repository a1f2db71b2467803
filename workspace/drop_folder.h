// A folder into which other machines put files (前置机): which of them may be taken, and where they
// go when they are done. FOLDER/done/DAY/ and FOLDER/failed/DAY/ are ours, all else is theirs.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::workspace {

inline constexpr std::string_view kDoneFolder = "done";
inline constexpr std::string_view kFailedFolder = "failed";

// A name that programs give to what they have not finished: .x, ~$x, x.part, x.tmp, …
bool is_unfinished_name(const std::filesystem::path& file);

// The files of the folder and of those below it but the two of ours, by path, without unfinished
// names. kIo.
Result<std::vector<std::filesystem::path>> dropped_files(const std::filesystem::path& folder);

// The folders in which they may stand: the folder itself, and those below it.
std::vector<std::filesystem::path> drop_places(const std::filesystem::path& folder);

// Whether nobody writes to it any more: no program of this machine has it open for writing (a read
// lease can be had; where the file system or its owner forbids leases nobody knows), and it has not
// changed for `settle`, by its own time and size.
bool is_settled(const std::filesystem::path& file, std::chrono::seconds settle);
// The first of these alone: for one that was just closed or renamed.
bool is_open_elsewhere(const std::filesystem::path& file);

// Which file stands under a name, and how it was last changed: another one, or more in the same,
// has another.
struct FileState {
  std::uint64_t device = 0;
  std::uint64_t number = 0;
  std::int64_t size = 0;
  std::int64_t changed_ns = 0;

  bool operator==(const FileState&) const = default;
};
FileState state_of(const std::filesystem::path& file);

// FOLDER/which/DAY/NAME, or NAME-2, … where that is taken. Makes the folder. kIo.
Result<std::filesystem::path> place_for(const std::filesystem::path& folder, std::string_view which,
                                        const std::string& day, const std::filesystem::path& file);

// Renames it, durably: the file is at one of the two places whenever the machine stops. kIo.
Status move_durably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace bidui::workspace
