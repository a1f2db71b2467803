#include "workspace/check_workspace.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <system_error>

#include "workspace/export_manifest.h"
#include "workspace/flag_states.h"
#include "workspace/kept_run.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;

const Bilingual kRestore{"请用备份恢复（bidui restore）", "restore a backup (bidui restore)"};

std::string delivery_of(const store::Store& store, store::DeliveryId id) {
  const Result<store::DeliveryInfo> info = store.delivery(id);
  return info ? store::delivery_name(*info) : std::to_string(static_cast<std::uint32_t>(id));
}

Status check_store(const store::Store& store, WorkspaceCheck& check) {
  using Kind = store::StoreFault::Kind;
  const Result<std::vector<store::StoreFault>> faults = store.check();
  BIDUI_TRY(faults);
  const Bilingual again{"请撤回这批数据后重新导入，或用备份恢复",
                        "withdraw the delivery and import it again, or restore a backup"};
  for (const store::StoreFault& fault : *faults) {
    if (fault.kind == Kind::kFile) {
      check.findings.push_back(
          {"store",
           fault.file,
           {"存储的文件与写入时不同", "a file of the store is not as it was written"},
           kRestore});
      continue;
    }
    const Bilingual what =
        fault.kind == Kind::kRecords
            ? Bilingual{"记录缺少或读不出来", "records are missing or cannot be read"}
        : fault.kind == Kind::kFeatures
            ? Bilingual{"比对特征缺少或读不出来", "features are missing or cannot be read"}
            : Bilingual{"检索键缺少或读不出来", "fuzzy keys are missing or cannot be read"};
    check.findings.push_back({"delivery", delivery_of(store, fault.delivery), what, again});
  }
  for (const store::DeliveryInfo& delivery : store.deliveries()) {
    ++check.deliveries;
    check.records += delivery.record_count;
  }
  return {};
}

Status check_journal(const store::Store& store, WorkspaceCheck& check) {
  const Result<store::JournalCheck> journal = store.verify_journal();
  if (!journal && journal.error().code != ErrorCode::kCorrupt) return journal.error();
  if (journal) check.journal_entries = journal->head.number;
  if (!journal || journal->fault != store::JournalCheck::Fault::kNone)
    check.findings.push_back(
        {"journal",
         {},
         journal ? store::journal_fault_text(*journal)
                 : Bilingual{"日志读不出来", "the journal cannot be read"},
         {"请保留现场，报告安全管理员，再用备份恢复",
          "leave all as it is, tell the security administrator, then restore a backup"}});
  return {};
}

// The files beside a manifest that `bidui report` sealed.
void check_exports(const Workspace& workspace, const fs::path& directory, WorkspaceCheck& check) {
  const Result<CheckedExport> checked = verify_export(workspace, directory);
  if (checked && checked->holds()) return;
  check.findings.push_back(
      {"reports",
       directory.filename().string(),
       {"报告的文件与生成时不同", "files of the report are not as they were written"},
       {fmt::format("bidui report {} 重新生成", directory.filename().string()),
        fmt::format("write them again: bidui report {}", directory.filename().string())}});
}

Status check_runs(const Workspace& workspace, std::set<std::string>& ids, WorkspaceCheck& check) {
  const Result<std::vector<store::RunInfo>> runs = workspace.store().runs();
  BIDUI_TRY(runs);
  check.runs = runs->size();
  for (const store::RunInfo& run : *runs) {
    ids.insert(run.id);
    Result<KeptRun> kept = KeptRun::find(workspace.store(), run.id);
    const Status held = kept ? kept->hold() : Status(kept.error());
    if (!held)
      check.findings.push_back(
          {"run",
           run.id,
           {"这次比对的结果读不出来", "the run's results cannot be read"},
           {"请重新比对，或用备份恢复", "compare again, or restore a backup"}});
    const fs::path directory = workspace.reports() / run.id;
    std::error_code ignored;
    if (fs::exists(manifest_path(directory), ignored)) check_exports(workspace, directory, check);
    if (!fs::exists(directory, ignored))
      check.findings.push_back({"reports",
                                run.id,
                                {"报告目录不见了", "the directory of its reports is gone"},
                                {fmt::format("bidui report {} 重新生成", run.id),
                                 fmt::format("write it again: bidui report {}", run.id)},
                                true});
  }
  return {};
}

Status check_flags(const store::Store& store, WorkspaceCheck& check) {
  std::uint64_t unreadable = 0;
  BIDUI_TRY(store.scan_flags("", [&](std::string_view id, std::string_view state) {
    ++check.flags;
    if (!decode_flag_state(std::string(id), state)) ++unreadable;
  }));
  if (unreadable > 0)
    check.findings.push_back({"flags",
                              {},
                              {fmt::format("{} 条疑点读不出来", unreadable),
                               fmt::format("{} flags cannot be read", unreadable)},
                              kRestore});
  return {};
}

void check_modes(const fs::path& file, WorkspaceCheck& check) {
  std::error_code failure;
  const fs::file_status status = fs::status(file, failure);
  const fs::perms others = fs::perms::group_all | fs::perms::others_all;
  if (failure || !fs::exists(status) || (status.permissions() & others) == fs::perms::none) return;
  check.findings.push_back(
      {"mode",
       file.string(),
       {"别的用户也能读或改这个密钥", "other users can read or change this key"},
       {fmt::format("chmod 600 {}", file.string()), fmt::format("chmod 600 {}", file.string())}});
}

void check_leftovers(const Workspace& workspace, const std::set<std::string>& runs,
                     WorkspaceCheck& check) {
  std::error_code failure;
  for (fs::directory_iterator it(workspace.reports(), failure), end; !failure && it != end;
       it.increment(failure)) {
    const std::string name = it->path().filename().string();
    if (!it->is_directory() || runs.contains(name) || !name.starts_with('R')) continue;
    check.findings.push_back(
        {"leftover",
         "reports/" + name,
         {"不属于任何一次比对（比对被中断）", "of no run: one that was killed"},
         {"可以删除", "may be removed"},
         true});
  }
}

}  // namespace

bool WorkspaceCheck::holds() const { return std::ranges::all_of(findings, &Finding::harmless); }

Result<WorkspaceCheck> check_workspace(const Workspace& workspace, const fs::path& key_file) {
  WorkspaceCheck check;
  std::set<std::string> runs;
  BIDUI_TRY(check_store(workspace.store(), check));
  BIDUI_TRY(check_journal(workspace.store(), check));
  BIDUI_TRY(check_runs(workspace, runs, check));
  BIDUI_TRY(check_flags(workspace.store(), check));
  check_modes(key_file, check);
  check_modes(workspace.directory() / "tls.key", check);
  check_leftovers(workspace, runs, check);
  return check;
}

}  // namespace bidui::workspace
