#include "workspace/drop_folder.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDeepest = 3;  // folders below the drop folder

void list_places(const fs::path& folder, std::size_t depth, std::vector<fs::path>& places) {
  places.push_back(folder);
  std::error_code failure;
  std::vector<fs::path> below;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    const std::string name = entry.path().filename().string();
    const bool ours = depth == 0 && (name == kDoneFolder || name == kFailedFolder);
    if (!ours && !name.starts_with('.') && entry.is_directory(failure)) below.push_back(entry);
  }
  std::ranges::sort(below);
  for (const fs::path& place : below) {
    if (depth < kDeepest) list_places(place, depth + 1, places);
  }
}

void sync_folder(const fs::path& folder) {
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return;
  ::fsync(opened);
  ::close(opened);
}

}  // namespace

bool is_unfinished_name(const fs::path& file) {
  constexpr std::array<std::string_view, 10> kEndings = {
      ".part",     ".partial", ".tmp",  ".temp",     ".crdownload",
      ".filepart", ".swp",     ".lock", ".download", ".!ut"};
  const std::string name = file.filename().string();
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') ||
         std::ranges::find(kEndings, ending) != kEndings.end();
}

std::vector<fs::path> drop_places(const fs::path& folder) {
  std::vector<fs::path> places;
  list_places(folder, 0, places);
  return places;
}

Result<std::vector<fs::path>> dropped_files(const fs::path& folder) {
  std::error_code failure;
  fs::directory_iterator opened(folder, failure);
  if (failure)
    return system_error(failure, "无法读取投放目录", "cannot read the drop folder",
                        folder.string());
  std::vector<fs::path> files;
  for (const fs::path& place : drop_places(folder)) {
    for (const auto& entry : fs::directory_iterator(place, failure)) {
      std::error_code ignored;
      if (entry.is_regular_file(ignored) && !entry.is_symlink(ignored) &&
          !is_unfinished_name(entry.path()))
        files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

bool is_open_elsewhere(const fs::path& file) {
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (opened < 0) return false;  // the import will say what is wrong
  const bool written = ::fcntl(opened, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
  if (!written) ::fcntl(opened, F_SETLEASE, F_UNLCK);
  ::close(opened);
  return written;
}

bool is_settled(const fs::path& file, std::chrono::seconds settle) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return false;
  // Whichever is later: a copy may keep the time of its original.
  const std::time_t changed = std::max(status.st_mtime, status.st_ctime);
  return ::time(nullptr) - changed >= settle.count() && !is_open_elsewhere(file);
}

FileState state_of(const fs::path& file) {
  struct stat status {};
  if (::lstat(file.c_str(), &status) != 0) return {};
  return {.device = status.st_dev,
          .number = status.st_ino,
          .size = status.st_size,
          .changed_ns = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
}

Result<fs::path> place_for(const fs::path& folder, std::string_view which, const std::string& day,
                           const fs::path& file) {
  const fs::path place = folder / which / day;
  std::error_code failure;
  fs::create_directories(place, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot make the directory", place.string());
  const std::string stem = file.stem().string();
  for (int number = 1;; ++number) {
    const std::string name = number == 1
                                 ? file.filename().string()
                                 : stem + "-" + std::to_string(number) + file.extension().string();
    if (!fs::exists(fs::symlink_status(place / name, failure))) return place / name;
  }
}

Status move_durably(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  fs::rename(from, to, failure);
  if (failure)
    return system_error(failure, "无法移走已处理的文件", "cannot move the file away",
                        from.string());
  sync_folder(to.parent_path());
  sync_folder(from.parent_path());
  return {};
}

}  // namespace bidui::workspace
