// bidui run: what is due, as the workspace's run.json says; each step a command of its own.
#include <algorithm>
#include <boost/json.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sys/file.h>

#include "cli/child_command.h"
#include "cli/command_message.h"
#include "cli/workspace_option.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/due.h"
#include "workspace/json_member.h"
#include "workspace/local_time.h"
#include "workspace/run_plan.h"

namespace bidui::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using workspace::PlannedImport;
using workspace::RunPlan;

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

fs::path beside(fs::path file, std::string_view ending) { return file += ending; }

class Run {
 public:
  Run(const po::variables_map& values, RunPlan plan, EndSignals& signals)
      : signals_(signals),
        workspace_(fs::absolute(workspace_directory(values))),
        key_file_(key_file(values).empty() ? fs::path() : fs::absolute(key_file(values))),
        plan_(std::move(plan)),
        said_(workspace_ / ".run.said") {}

  // The worst of the steps' statuses. A step that fails does not keep the others from being done.
  int all() {
    if (plan_.watch) take_files();
    for (const PlannedImport& planned : plan_.imports) fetch(planned);
    if (plan_.compare != workspace::PlannedCompare::kNever) compare();
    if (plan_.report) report();
    std::error_code ignored;
    for (const char* const ending : {"", ".err", ".outcome"})
      fs::remove(beside(said_, ending), ignored);
    return status_;
  }

 private:
  // The line of a step.
  void step(std::string_view name, int status, const std::string& what) {
    status_ = std::max(status_, status);
    fmt::print(output(), "{}  {}  {}\n", workspace::local_time(), name, what);
    std::fflush(output());
  }

  // The status of `bidui ARGUMENTS` for this workspace, kFailed where it was ended.
  int run(Arguments arguments) {
    if (signals_.came()) return kFailed;
    Arguments options{"-w", workspace_.string()};
    if (!key_file_.empty()) options.insert(options.end(), {"--key-file", key_file_.string()});
    arguments.insert(arguments.begin() + 1, options.begin(), options.end());
    return run_child(arguments, said_, signals_).value_or(kFailed);
  }

  // The last line that a step said: of its errors where it failed.
  std::string last_words(int status) const {
    std::string text = content_of(status > kCheckFailed ? beside(said_, ".err") : said_);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text.substr(text.rfind('\n') + 1);
  }

  void take_files() {
    const workspace::PlannedWatch& watch = *plan_.watch;
    Arguments arguments{"import", "--watch",  watch.folder.string(),
                        "--once", "--settle", std::to_string(watch.settle)};
    if (!watch.as_of.empty()) arguments.insert(arguments.end(), {"--as-of", watch.as_of});
    const int status = run(arguments);
    const std::string said = content_of(said_);
    fmt::print(output(), "{}", said);
    const std::string trouble = status > kCheckFailed ? last_words(status) : std::string();
    step(say("投放目录", "drop folder"), status,
         !trouble.empty() ? trouble
                          : fmt::format(fmt::runtime(say("{} 个文件", "{} files")),
                                        std::ranges::count(said, '\n')));
  }

  void fetch(const PlannedImport& planned) {
    const fs::path outcome = beside(said_, ".outcome");
    std::error_code ignored;
    fs::remove(outcome, ignored);
    // The same day's delivery again takes the place of the one before, where it is another.
    Arguments arguments{"import",
                        "--source",
                        planned.source,
                        "--as-of",
                        planned.as_of == "today" ? workspace::local_day() : planned.as_of,
                        "--replace",
                        "--outcome",
                        outcome.string()};
    const auto add = [&](const char* option, const std::string& value) {
      if (!value.empty()) arguments.insert(arguments.end(), {option, value});
    };
    add("--coverage", planned.coverage);
    add("--db", planned.db);
    add("--table", planned.table);
    add("--query", planned.query);
    if (planned.changes) arguments.emplace_back("--changes");
    if (!planned.file.empty()) arguments.insert(arguments.end(), {"--", planned.file});
    const int status = run(arguments);
    const std::string name = std::string(say("导入 ", "import ")) + planned.source;
    boost::system::error_code failure;
    const json::value value = json::parse(content_of(outcome), failure);
    if (status > kCheckFailed || failure || !value.is_object())
      return step(name, kFailed, last_words(kFailed));
    const json::object& object = value.get_object();
    const std::string what = workspace::text_of(object, "outcome");
    const std::string_view words = what == "already" ? say("没有变化", "unchanged")
                                   : what == "held"  ? say("待定", "held")
                                                     : say("已导入", "imported");
    step(name, status,
         fmt::format("{} {}  {} {}", words, workspace::text_of(object, "delivery"),
                     workspace::count_of(object, "records"), say("条记录", "records")));
  }

  Result<workspace::Due> due() const {
    const auto opened = workspace::Workspace::open(workspace_, store::Access::kReadOnly, key_file_);
    BIDUI_TRY(opened);
    return workspace::comparison_due(opened->store());
  }

  void compare() {
    const std::string name(say("比对", "compare"));
    const auto before = due();
    if (!before) return step(name, kFailed, words_of(before.error()));
    if (!before->any)
      return step(name, kDone, std::string(say("还没有数据", "there are no deliveries yet")));
    if (!before->changed && plan_.compare == workspace::PlannedCompare::kChanged)
      return step(name, kDone,
                  fmt::format(fmt::runtime(say("数据与 {} 时相同，不必再比对",
                                               "the deliveries are those of {}: not needed")),
                              before->newest_run));
    const int status = run({"compare"});
    if (status > kCheckFailed) return step(name, status, last_words(status));
    const auto after = due();
    step(name, after ? status : kFailed, after ? after->newest_run : words_of(after.error()));
  }

  void report() {
    const std::string name(say("报告", "report"));
    const auto now = due();
    if (!now) return step(name, kFailed, words_of(now.error()));
    if (now->newest_run.empty())
      return step(name, kDone, std::string(say("还没有比对", "nothing was compared yet")));
    const fs::path folder =
        (plan_.report_out.empty() ? workspace_ / "reports" : plan_.report_out) / now->newest_run;
    std::error_code ignored;
    if (fs::exists(folder / "manifest.json", ignored))
      return step(name, kDone, std::string(say("已有 ", "is there: ")) + folder.string());
    const int status = run({"report", now->newest_run, "--out", folder.string()});
    step(name, status, status > kCheckFailed ? last_words(status) : folder.string());
  }

  static std::string words_of(const Error& error) {
    return chinese() && !error.message_zh.empty() ? error.message_zh : error.message;
  }

  EndSignals& signals_;
  const fs::path workspace_;
  const fs::path key_file_;
  const RunPlan plan_;
  const fs::path said_;
  int status_ = kDone;
};

}  // namespace

int run_run(const Arguments& arguments) {
  CommandLine line{.usage = "bidui run -w DIR"};
  add_workspace_options(line);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  EndSignals signals;  // before the store begins threads
  const fs::path directory = workspace_directory(*values);
  if (const auto opened =
          workspace::Workspace::open(directory, store::Access::kReadOnly, key_file(*values));
      !opened)
    return fail(opened.error());
  auto plan = workspace::read_run_plan(directory);
  if (!plan) return fail(plan.error());
  const fs::path file = directory / ".run.lock";
  const Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock.is_open())
    return fail(errno_error("工作区不能写入", "the workspace cannot be written to", file.string()));
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0)
    return fail(bilingual_error(ErrorCode::kConflict, "另一个 bidui run 正在进行",
                                "another bidui run is at work", directory.string()));
  return Run(*values, std::move(*plan), signals).all();
}

}  // namespace bidui::cli
