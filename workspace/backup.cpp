#include "workspace/backup.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fcntl.h>
#include <functional>
#include <system_error>
#include <unistd.h>

#include "matcher/base/bilingual_error.h"
#include "store/posix_file.h"
#include "workspace/content_hash.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view kList = "backup.json";       // written last
constexpr std::string_view kUnfinished = "UNFINISHED";  // in a directory that is being built
constexpr std::string_view kNotKept[] = {"store", "tls.crt", "tls.key"};  // store: by copy_to()

fs::path beside(const fs::path& target) { return target.string() + ".partial"; }

Error not_empty(const fs::path& directory) {
  return bilingual_error(ErrorCode::kConflict, "那里已经有东西；请换一个还不存在的目录",
                         "there is something already: name a directory that is not there yet",
                         directory.string());
}

fs::path without_slash(const fs::path& path) {
  return path.has_filename() ? path : path.parent_path();
}

// An empty directory beside the target, in place of what a killed one left.
Status begin_beside(const fs::path& target) {
  const fs::path partial = beside(target);
  std::error_code failure;
  if (fs::exists(partial, failure)) {
    if (!fs::exists(partial / kUnfinished, failure)) return not_empty(partial);
    fs::remove_all(partial, failure);
  }
  if (!failure) fs::create_directory(partial, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot make the directory", partial.string());
  fs::permissions(partial, fs::perms::owner_all, failure);
  return store::write_small_file(partial / kUnfinished, "", 0600);
}

// On the disk whole, then under its name.
Status finish_beside(const fs::path& target) {
  const fs::path partial = beside(target);
  std::error_code failure;
  fs::remove(partial / kUnfinished, failure);
  const int opened = ::open(partial.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = opened >= 0 && ::syncfs(opened) == 0;
  if (opened >= 0) ::close(opened);
  if (!synced) return errno_error("无法写入磁盘", "cannot write to the disk", partial.string());
  if (fs::is_directory(target, failure)) fs::remove(target, failure);  // an empty one
  fs::rename(partial, target, failure);
  if (failure)
    return system_error(failure, "无法改名", "cannot rename the directory", partial.string());
  const int parent =
      ::open(fs::absolute(target).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0) return {};
  ::fsync(parent);
  ::close(parent);
  return {};
}

// The directory is filled beside its place, and there is none of it where that fails.
Status build_beside(const fs::path& target, const std::function<Status(const fs::path&)>& fill) {
  BIDUI_TRY(begin_beside(target));
  Status done = fill(beside(target));
  if (done) done = finish_beside(target);
  std::error_code failure;
  if (!done) fs::remove_all(beside(target), failure);
  return done;
}

Status copy_one(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  fs::create_directories(to.parent_path(), failure);
  if (!failure) fs::copy_file(from, to, failure);
  if (failure) return system_error(failure, "无法复制文件", "cannot copy the file", from.string());
  return {};
}

// All but the store: regular files only, no socket and no link.
Status copy_files(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  for (fs::recursive_directory_iterator it(from, failure), end; !failure && it != end;
       it.increment(failure)) {
    const fs::path path = it->path().lexically_relative(from);
    if (it.depth() == 0 && std::ranges::find(kNotKept, path.string()) != std::end(kNotKept)) {
      it.disable_recursion_pending();
    } else if (it->symlink_status().type() == fs::file_type::regular) {
      BIDUI_TRY(copy_one(it->path(), to / path));
    }
  }
  if (failure)
    return system_error(failure, "无法读取目录", "cannot read the directory", from.string());
  return {};
}

Result<std::string> hash_of(const fs::path& path) {
  ContentHash hash;
  BIDUI_TRY(hash.add_file(path));
  return hash.finish();
}

Status list_files(const fs::path& directory, std::vector<Backup::File>& files) {
  std::error_code failure;
  for (fs::recursive_directory_iterator it(directory, failure), end; !failure && it != end;
       it.increment(failure)) {
    const std::string path = it->path().lexically_relative(directory).generic_string();
    if (!it->is_regular_file() || path == kUnfinished) continue;
    Result<std::string> hash = hash_of(it->path());
    BIDUI_TRY(hash);
    files.push_back({path, it->file_size(), std::move(*hash)});
  }
  if (failure)
    return system_error(failure, "无法读取目录", "cannot read the directory", directory.string());
  std::ranges::sort(files, {}, &Backup::File::path);
  return {};
}

std::string encode(const Backup& backup) {
  json::array files;
  for (const Backup::File& file : backup.files)
    files.push_back({{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  return json::serialize(json::object{{"format", 1},
                                      {"made", backup.made},
                                      {"division", backup.division},
                                      {"head", backup.head},
                                      {"files", std::move(files)}}) +
         "\n";
}

// No path leads out of the directory.
bool stays_inside(const std::string& path) {
  const fs::path parts(path);
  return !path.empty() && parts.is_relative() &&
         std::ranges::none_of(parts, [](const fs::path& part) { return part == ".."; });
}

}  // namespace

std::uint64_t Backup::bytes() const {
  std::uint64_t sum = 0;
  for (const File& file : files) sum += file.bytes;
  return sum;
}

Result<Backup> back_up(const Workspace& workspace, const fs::path& target_given,
                       std::string_view recorded) {
  const fs::path target = without_slash(target_given);
  std::error_code failure;
  if (fs::exists(fs::symlink_status(target, failure))) return not_empty(target);
  const fs::path inside = fs::weakly_canonical(target, failure)
                              .lexically_relative(fs::canonical(workspace.directory(), failure));
  if (!inside.empty() && *inside.begin() != "..")
    return bilingual_error(ErrorCode::kInvalidArgument, "备份不能放在工作区里面",
                           "a backup cannot stand inside the workspace", target.string());
  const Result<store::JournalHead> head = workspace.store().journal_head();
  BIDUI_TRY(head);
  Backup backup{.made = std::string(recorded),
                .division = workspace.config().division,
                .head = store::journal_head_text(*head)};
  const Status built = build_beside(target, [&](const fs::path& place) -> Status {
    BIDUI_TRY(workspace.store().copy_to(place / "store"));
    BIDUI_TRY(copy_files(workspace.directory(), place));
    BIDUI_TRY(list_files(place, backup.files));
    return store::write_small_file(place / kList, encode(backup), 0600);
  });
  BIDUI_TRY(built);
  return backup;
}

Result<Backup> read_backup(const fs::path& directory) {
  const Result<std::string> text = store::read_small_file(directory / kList);
  if (!text && text.error().code == ErrorCode::kNotFound)
    return bilingual_error(ErrorCode::kNotFound, "这里没有备份（没有 backup.json）",
                           "no backup here (there is no backup.json)", directory.string());
  BIDUI_TRY(text);
  try {
    const json::value list = json::parse(*text);
    Backup backup{.made = std::string(list.at("made").as_string()),
                  .division = std::string(list.at("division").as_string()),
                  .head = std::string(list.at("head").as_string())};
    bool sound = list.at("format").as_int64() == 1;
    for (const json::value& file : list.at("files").as_array()) {
      backup.files.push_back({std::string(file.at("path").as_string()),
                              file.at("bytes").to_number<std::uint64_t>(),
                              std::string(file.at("sha256").as_string())});
      sound = sound && stays_inside(backup.files.back().path);
    }
    if (sound) return backup;
  } catch (const std::exception&) {
  }
  return bilingual_error(ErrorCode::kCorrupt, "备份的文件清单 backup.json 已损坏；请用另一份备份",
                         "the backup's list of files, backup.json, is damaged: use another backup",
                         directory.string());
}

Result<std::vector<std::string>> damaged_files(const fs::path& directory, const Backup& list) {
  std::vector<std::string> damaged;
  for (const Backup::File& file : list.files) {
    std::error_code failure;
    const fs::path path = directory / file.path;
    bool same = fs::is_regular_file(path, failure) && fs::file_size(path, failure) == file.bytes;
    if (same) {
      const Result<std::string> hash = hash_of(path);
      BIDUI_TRY(hash);
      same = *hash == file.sha256;
    }
    if (!same) damaged.push_back(file.path);
  }
  return damaged;
}

Result<Backup> restore_backup(const fs::path& backup, const fs::path& given,
                              const fs::path& key_file) {
  const fs::path directory = without_slash(given);
  std::error_code failure;
  const bool there = fs::exists(directory, failure);
  if (there && (!fs::is_directory(directory, failure) || !fs::is_empty(directory, failure)))
    return not_empty(directory);
  Result<Backup> list = read_backup(backup);
  BIDUI_TRY(list);
  const Result<std::vector<std::string>> damaged = damaged_files(backup, *list);
  BIDUI_TRY(damaged);
  if (!damaged->empty())
    return bilingual_error(
        ErrorCode::kCorrupt,
        "备份中有 " + std::to_string(damaged->size()) +
            " 个文件缺少或已改变，没有恢复；请用另一份备份",
        std::to_string(damaged->size()) +
            " files of the backup are missing or differ; nothing was restored: use another backup",
        damaged->front());
  const Status built = build_beside(directory, [&](const fs::path& place) -> Status {
    for (const Backup::File& file : list->files)
      BIDUI_TRY(copy_one(backup / file.path, place / file.path));
    const Result<Workspace> workspace =
        Workspace::open(place, store::Access::kReadWrite,
                        key_file.empty() ? store::default_key_file(directory) : key_file);
    BIDUI_TRY(workspace);
    const Result<store::JournalCheck> journal =
        workspace->store().verify_journal(store::parse_journal_head(list->head));
    BIDUI_TRY(journal);
    if (journal->fault == store::JournalCheck::Fault::kNone) return {};
    return bilingual_error(ErrorCode::kCorrupt, store::journal_fault_text(*journal),
                           backup.string());
  });
  BIDUI_TRY(built);
  return list;
}

}  // namespace bidui::workspace
