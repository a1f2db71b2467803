#include "matcher/base/bilingual_error.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace bidui {
namespace {

struct Reason {
  std::errc code;
  std::string_view zh;
  std::string_view en;
};

// What people meet; the rest keeps the system's words.
constexpr std::array kReasons = {
    Reason{std::errc::no_such_file_or_directory, "没有这个文件或目录，请检查路径",
           "no such file or directory; check the path"},
    Reason{std::errc::permission_denied, "没有权限，请检查文件和目录的权限",
           "permission denied; check the modes of the file and its directory"},
    Reason{std::errc::operation_not_permitted, "没有权限，请检查文件和目录的权限",
           "permission denied; check the modes of the file and its directory"},
    Reason{std::errc::is_a_directory, "这是目录，请给出文件", "this is a directory; name a file"},
    Reason{std::errc::not_a_directory, "路径中有一段不是目录，请检查路径",
           "a part of the path is no directory; check the path"},
    Reason{std::errc::file_exists, "已有同名的文件，请换一个名称",
           "there is a file of this name; choose another"},
    Reason{std::errc::no_space_on_device, "磁盘已满，请腾出空间后重试",
           "the disk is full; make room and try again"},
    Reason{std::errc::read_only_file_system, "文件系统是只读的，请换一个位置",
           "the file system is read-only; choose another place"},
    Reason{std::errc::filename_too_long, "名称太长", "the name is too long"},
    Reason{std::errc::too_many_files_open, "打开的文件太多，请提高上限（ulimit -n）",
           "too many files are open; raise the limit (ulimit -n)"},
    Reason{std::errc::io_error, "磁盘读写出错，请检查磁盘", "the disk failed; check it"},
};

}  // namespace

Error system_error(const std::error_code& cause, std::string zh, std::string en,
                   std::string place) {
  const auto* const known = std::ranges::find_if(
      kReasons, [&](const Reason& r) { return cause == std::make_error_condition(r.code); });
  const bool is_known = known != kReasons.end();
  zh += "：";
  zh += is_known ? std::string(known->zh) : "系统错误 " + std::to_string(cause.value());
  en += ": ";
  en += is_known ? std::string(known->en) : cause.message();
  const bool missing = cause == std::errc::no_such_file_or_directory;
  return bilingual_error(missing ? ErrorCode::kNotFound : ErrorCode::kIo, std::move(zh),
                         std::move(en), std::move(place));
}

Error errno_error(std::string zh, std::string en, std::string place) {
  return system_error({errno, std::generic_category()}, std::move(zh), std::move(en),
                      std::move(place));
}

Error damaged_error(const std::string& zh, const std::string& en, std::string place) {
  return bilingual_error(ErrorCode::kCorrupt, zh + "已损坏，无法读取；请用备份恢复",
                         en + " is damaged and cannot be read; restore a backup", std::move(place));
}

}  // namespace bidui
