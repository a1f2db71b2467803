#include "workspace/run_plan.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/json_reader.h"
#include "workspace/as_of.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;
using rule::JsonReader;

// "" where the member is not there.
Result<std::string> text_at(const JsonReader& entry, std::string_view key) {
  if (!entry.has(key)) return std::string();
  const auto member = entry.member(key);
  BIDUI_TRY(member);
  return member->text();
}

fs::path below(const fs::path& workspace, const std::string& path) {
  return path.empty() ? fs::path() : fs::absolute(workspace) / path;
}

Result<PlannedWatch> read_watch(const JsonReader& entry, const fs::path& workspace) {
  BIDUI_TRY(entry.allow_keys({"folder", "as_of", "settle"}));
  PlannedWatch watch;
  const auto folder = entry.member("folder");
  BIDUI_TRY(folder);
  const auto path = folder->text();
  BIDUI_TRY(path);
  watch.folder = below(workspace, *path);
  auto as_of = text_at(entry, "as_of");
  BIDUI_TRY(as_of);
  if (!as_of->empty() && *as_of != "modified")
    return entry.member("as_of")->error(
        {"只能是 \"modified\"（文件的修改日期）", "is \"modified\" (the day of a file's change)"});
  watch.as_of = std::move(*as_of);
  if (entry.has("settle")) {
    const auto seconds = entry.member("settle")->whole_number();
    BIDUI_TRY(seconds);
    watch.settle = static_cast<std::uint64_t>(std::max<std::int64_t>(*seconds, 0));
  }
  return watch;
}

Result<PlannedImport> read_import(const JsonReader& entry, const fs::path& workspace) {
  BIDUI_TRY(
      entry.allow_keys({"source", "as_of", "coverage", "db", "table", "query", "file", "changes"}));
  PlannedImport planned;
  struct Member {
    std::string_view key;
    std::string& value;
  };
  for (const Member& member : {Member{"source", planned.source}, Member{"as_of", planned.as_of},
                               Member{"coverage", planned.coverage}, Member{"db", planned.db},
                               Member{"table", planned.table}, Member{"query", planned.query},
                               Member{"file", planned.file}}) {
    auto text = text_at(entry, member.key);
    BIDUI_TRY(text);
    member.value = std::move(*text);
  }
  if (entry.has("changes")) {
    const JsonReader changes = *entry.member("changes");
    if (!changes.value().is_bool())
      return changes.error({"须是 true 或 false", "is true or false"});
    planned.changes = changes.value().get_bool();
  }
  if (planned.source.empty() || planned.as_of.empty())
    return entry.error({"须有 source 和 as_of", "needs source and as_of"});
  if (planned.as_of != "today" && !check_as_of(planned.as_of))
    return entry.member("as_of")->error(
        {"须是日期 YYYY-MM-DD 或 \"today\"", "is a date YYYY-MM-DD, or \"today\""});
  const bool selects = !planned.table.empty() || !planned.query.empty();
  const bool selects_one = planned.table.empty() != planned.query.empty();
  const bool sound =
      planned.db.empty() ? !planned.file.empty() && !selects : planned.file.empty() && selects_one;
  if (!sound)
    return entry.error({"须有 file，或者 db 和 table、query 之一",
                        "needs file, or db with one of table and query"});
  planned.query = below(workspace, planned.query).string();
  planned.file = below(workspace, planned.file).string();
  return planned;
}

Status read_compare(const JsonReader& entry, RunPlan& plan) {
  const auto word = entry.text();
  BIDUI_TRY(word);
  if (*word == "always") {
    plan.compare = PlannedCompare::kAlways;
  } else if (*word == "never") {
    plan.compare = PlannedCompare::kNever;
  } else if (*word != "changed") {
    return entry.error(
        {"须是 \"changed\"、\"always\" 或 \"never\"", "is \"changed\", \"always\" or \"never\""});
  }
  return {};
}

Status read_report(const JsonReader& entry, const fs::path& workspace, RunPlan& plan) {
  if (entry.value().is_null()) return {};
  BIDUI_TRY(entry.allow_keys({"out"}));
  const auto out = text_at(entry, "out");
  BIDUI_TRY(out);
  plan.report = true;
  plan.report_out = below(workspace, *out);
  return {};
}

}  // namespace

Result<RunPlan> read_run_plan(const fs::path& workspace) {
  const fs::path path = workspace / kPlanFile;
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return bilingual_error(ErrorCode::kNotFound,
                           "工作区里没有 run.json：它写明 bidui run 做什么（docs/deliveries.md）",
                           "the workspace has no run.json, which says what bidui run does "
                           "(docs/deliveries.md)",
                           path.string());
  const auto file =
      rule::parse_json_file(path.string(), std::string{std::istreambuf_iterator<char>(in), {}});
  BIDUI_TRY(file);
  const JsonReader root(**file);
  BIDUI_TRY(root.allow_keys({"watch", "imports", "compare", "report"}));
  RunPlan plan;
  if (root.has("watch")) {
    auto watch = read_watch(*root.member("watch"), workspace);
    BIDUI_TRY(watch);
    plan.watch = std::move(*watch);
  }
  if (root.has("imports")) {
    const auto imports = root.member("imports")->items();
    BIDUI_TRY(imports);
    for (const JsonReader& entry : *imports) {
      auto planned = read_import(entry, workspace);
      BIDUI_TRY(planned);
      plan.imports.push_back(std::move(*planned));
    }
  }
  if (root.has("compare")) BIDUI_TRY(read_compare(*root.member("compare"), plan));
  if (root.has("report")) BIDUI_TRY(read_report(*root.member("report"), workspace, plan));
  return plan;
}

}  // namespace bidui::workspace
