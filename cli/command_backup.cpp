// bidui backup, bidui restore: a copy of a workspace, and back.
#include <boost/json.hpp>
#include <fmt/format.h>
#include <sys/stat.h>

#include "cli/options.h"
#include "cli/workspace_option.h"
#include "workspace/backup.h"
#include "workspace/local_time.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

json::object backup_json(const workspace::Backup& backup) {
  return {{"made", backup.made},
          {"division", backup.division},
          {"files", backup.files.size()},
          {"bytes", backup.bytes()},
          {"head", backup.head}};
}

void print_content(const workspace::Backup& backup) {
  fmt::print(output(), "  {}{} {}，{:.1f} MiB\n", say("文件 ", "files: "), backup.files.size(),
             say("个", ""), static_cast<double>(backup.bytes()) / (1 << 20));
  fmt::print(output(), "  {}{}\n", say("日志校验值 ", "head of the journal: "), backup.head);
}

bool on_one_disk(const std::filesystem::path& a, const std::filesystem::path& b) {
  struct stat of_a {};
  struct stat of_b {};
  return ::stat(a.c_str(), &of_a) == 0 && ::stat(b.c_str(), &of_b) == 0 &&
         of_a.st_dev == of_b.st_dev;
}

}  // namespace

int run_backup(const Arguments& arguments) {
  CommandLine line{.usage = "bidui backup -w DIR TARGET [--json]"};
  add_workspace_options(line);
  add_json_option(line);
  add_arguments(line, "target");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto targets = (*values)["target"].as<std::vector<std::string>>();
  if (targets.size() != 1)
    return wrong_usage(line, say("请给出一个目标目录", "name one directory for the backup"));
  const auto workspace = open_workspace(*values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto backup = workspace::back_up(*workspace, targets[0], workspace::local_time());
  if (!backup) return fail(backup.error());
  if (values->count("json") != 0) {
    fmt::print(output(), "{}\n", json::serialize(backup_json(*backup)));
    return kDone;
  }
  fmt::print(output(), "{}{}\n", say("已备份到 ", "backed up to "), targets[0]);
  print_content(*backup);
  fmt::print(
      output(), "{}\n",
      say("备份里没有密钥：没有密钥文件，备份打不开。请把密钥文件另行保管，不要与备份放在一起。",
          "The key is not in it, and without the key file nobody can open it: keep that "
          "elsewhere, not with the backup."));
  if (on_one_disk(workspace->directory(), targets[0]))
    fmt::print(output(), "{}\n",
               say("备份与工作区在同一磁盘上，请再复制一份到别处。",
                   "It is on the same disk as the workspace: copy it elsewhere, too."));
  return kDone;
}

int run_restore(const Arguments& arguments) {
  CommandLine line{.usage = "bidui restore BACKUP -w DIR [--key-file FILE] [--json]"};
  add_workspace_options(line);
  add_json_option(line);
  add_arguments(line, "backup");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto backups = (*values)["backup"].as<std::vector<std::string>>();
  if (backups.size() != 1)
    return wrong_usage(line, say("请给出一份备份的目录", "name the directory of one backup"));
  const auto backup =
      workspace::restore_backup(backups[0], workspace_directory(*values), key_file(*values));
  if (!backup) return fail(backup.error());
  if (values->count("json") != 0) {
    fmt::print(output(), "{}\n", json::serialize(backup_json(*backup)));
    return kDone;
  }
  fmt::print(output(), "{}{}\n", say("已恢复到 ", "restored to "),
             workspace_directory(*values).string());
  fmt::print(output(), "  {}{}\n", say("备份于 ", "backed up at "), backup->made);
  print_content(*backup);
  fmt::print(
      output(), "{}\n",
      say("每个文件与备份时相同，日志前后相接。备份之后的办理不在其中。",
          "Every file is as it was, and the journal holds. What was done after the backup is "
          "not in it."));
  return kDone;
}

}  // namespace bidui::cli
