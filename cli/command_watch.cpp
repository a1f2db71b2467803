#include "cli/command_watch.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <tuple>

#include "cli/child_command.h"
#include "cli/command_message.h"
#include "cli/drop_watch.h"
#include "cli/list_options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/drop_folder.h"
#include "workspace/export_manifest.h"
#include "workspace/json_member.h"
#include "workspace/local_time.h"
#include "workspace/recognise_drop.h"
#include "workspace/text_file.h"

namespace bidui::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using std::chrono::seconds;
using workspace::DroppedDelivery;

constexpr seconds kAgain{10};  // until a file that could not be taken now is tried again, at least

enum class Fate : std::uint8_t { kTaken, kHeld, kFailed, kLeft };

struct WatchOptions {
  fs::path workspace{};
  fs::path key_file{};
  fs::path folder{};
  seconds settle{};
  bool once = false;
  workspace::UndatedFile undated = workspace::UndatedFile::kRefuse;
  Arguments passed_on{};  // to each import
};

fs::path beside(fs::path file, std::string_view ending) { return file += ending; }

void say_line(const std::string& file, const std::string& what) {
  fmt::print(output(), "{}  {}  {}\n", workspace::local_time(), file, what);
  std::fflush(output());
}

// One file and what it is.
struct Candidate {
  fs::path file{};
  workspace::FileState state{};  // as it was taken up
  Result<DroppedDelivery> delivery;
};

class Watch {
 public:
  Watch(WatchOptions options, EndSignals& signals)
      : options_(std::move(options)), signals_(signals), watch_(options_.folder) {}

  // Takes what is ready.
  Status round() {
    left_ = 0;
    const auto files = workspace::dropped_files(options_.folder);
    BIDUI_TRY(files);
    std::vector<fs::path> ready;
    for (const fs::path& file : *files) {
      const bool complete = watch_.was_closed(file) ? !workspace::is_open_elsewhere(file)
                                                    : workspace::is_settled(file, options_.settle);
      if (complete) {
        ready.push_back(file);
        continue;
      }
      ++left_;
      if (options_.once)  // else it is looked at again, and told when it is taken
        left(file, std::string(say("还没有写完，或刚刚写过（--settle 秒数内）",
                                   "being written, or written to a moment ago (--settle)")));
    }
    if (ready.empty()) return {};
    auto candidates = recognise(ready);
    BIDUI_TRY(candidates);
    for (const Candidate& candidate : *candidates) {
      if (signals_.came()) return {};
      count(take(candidate), candidate.file);
    }
    return {};
  }

  void wait() {
    const auto again = std::max(options_.settle, kAgain);
    watch_.wait(signals_.descriptor(),
                left_ == 0 ? std::chrono::milliseconds(-1) : std::chrono::milliseconds(again));
  }

  // Of all rounds.
  int status() const { return failed_ + left_ > 0 ? kFailed : held_ > 0 ? kCheckFailed : kDone; }
  std::size_t left() const { return left_; }

 private:
  // In the order in which they have to be imported: by day, whole lists before changes.
  Result<std::vector<Candidate>> recognise(const std::vector<fs::path>& files) const {
    const auto opened =
        workspace::Workspace::open(options_.workspace, store::Access::kReadOnly, options_.key_file);
    BIDUI_TRY(opened);
    std::vector<Candidate> candidates;
    for (const fs::path& file : files)
      candidates.push_back(
          {file, workspace::state_of(file),
           workspace::recognise_drop(*opened, options_.folder, file, options_.undated)});
    std::ranges::stable_sort(candidates, {}, [](const Candidate& c) {
      return c.delivery ? std::tuple(c.delivery->as_of, c.delivery->changes)
                        : std::tuple(std::string(), false);
    });
    return candidates;
  }

  Fate take(const Candidate& candidate) {
    const std::string day = workspace::local_day();
    if (!candidate.delivery) {
      const Error& error = candidate.delivery.error();
      if (error.code == ErrorCode::kIo) return left(candidate.file, error.describe());
      return put_away(candidate.file, workspace::kFailedFolder, day, words_of(error));
    }
    auto done = workspace::place_for(options_.folder, workspace::kDoneFolder, day, candidate.file);
    if (!done) return left(candidate.file, words_of(done.error()));
    const fs::path said = done->parent_path() / ("." + done->filename().string() + ".said");
    const fs::path outcome_file = beside(said, ".outcome");
    const fs::path rejects = beside(*done, ".rejects.csv");
    std::error_code ignored;
    fs::remove(outcome_file, ignored);
    const auto status =
        run_child(import_arguments(candidate, outcome_file, rejects), said, signals_);
    std::string report = content_of(said);
    const json::object outcome = outcome_of(outcome_file);
    const std::string what = workspace::text_of(outcome, "outcome");
    if (!status || *status > kCheckFailed) report += content_of(beside(said, ".err"));
    for (const fs::path& file : {said, beside(said, ".err"), outcome_file})
      fs::remove(file, ignored);
    if (workspace::count_of(outcome, "rejects") == 0) {
      fs::remove(rejects, ignored);
      fs::remove(workspace::manifest_path(rejects), ignored);
    }
    if (what.empty() || what == "not_now") return left(candidate.file, report);
    // What came meanwhile under the same name is not what was imported.
    if (workspace::state_of(candidate.file) != candidate.state)
      return left(candidate.file, std::string(say("导入时又被写过", "was written to meanwhile")));
    if (what == "failed") return put_away(candidate.file, workspace::kFailedFolder, day, report);
    if (put_away(candidate.file, workspace::kDoneFolder, day, report) == Fate::kLeft)
      return Fate::kLeft;
    say_line(relative(candidate.file), summary_of(outcome));
    return what == "held" ? Fate::kHeld : Fate::kTaken;
  }

  Arguments import_arguments(const Candidate& candidate, const fs::path& outcome,
                             const fs::path& rejects) const {
    Arguments arguments{"import",
                        "-w",
                        options_.workspace.string(),
                        "--source",
                        candidate.delivery->instance,
                        "--as-of",
                        candidate.delivery->as_of,
                        "--outcome",
                        outcome.string(),
                        "--rejects",
                        rejects.string()};
    if (!options_.key_file.empty())
      arguments.insert(arguments.end(), {"--key-file", options_.key_file.string()});
    if (candidate.delivery->changes) arguments.emplace_back("--changes");
    arguments.insert(arguments.end(), options_.passed_on.begin(), options_.passed_on.end());
    arguments.insert(arguments.end(), {"--", candidate.file.string()});
    return arguments;
  }

  // Its report first: a file that is away has one.
  Fate put_away(const fs::path& file, std::string_view where, const std::string& day,
                const std::string& report) {
    auto place = workspace::place_for(options_.folder, where, day, file);
    if (!place) return left(file, words_of(place.error()));
    const Status written = workspace::write_text_file(beside(*place, ".report.txt"), report);
    if (!written) return left(file, words_of(written.error()));
    if (const Status moved = workspace::move_durably(file, *place); !moved)
      return left(file, words_of(moved.error()));
    if (where == workspace::kFailedFolder)
      say_line(relative(file), fmt::format("{} {}", say("没有导入：", "not imported:"),
                                           report.substr(0, report.find('\n'))));
    return Fate::kFailed;  // the caller knows better where it was taken
  }

  Fate left(const fs::path& file, const std::string& why) const {
    say_line(relative(file), fmt::format("{} {}", say("暂留原处：", "left for now:"),
                                         why.substr(0, why.find('\n'))));
    return Fate::kLeft;
  }

  void count(Fate fate, const fs::path& file) {
    failed_ += fate == Fate::kFailed ? 1 : 0;
    held_ += fate == Fate::kHeld ? 1 : 0;
    left_ += fate == Fate::kLeft ? 1 : 0;
    if (fate != Fate::kLeft) watch_.forget(file);
  }

  static std::string words_of(const Error& error) {
    return std::string(chinese() && !error.message_zh.empty() ? error.message_zh : error.message) +
           (error.place.empty() ? "" : " (" + error.place + ")") + "\n";
  }

  static std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  static json::object outcome_of(const fs::path& file) {
    boost::system::error_code failure;
    const json::value value = json::parse(content_of(file), failure);
    return failure || !value.is_object() ? json::object() : value.get_object();
  }

  static std::string summary_of(const json::object& outcome) {
    const std::string what = workspace::text_of(outcome, "outcome");
    const std::string_view done = what == "already" ? say("以前已导入", "imported before")
                                  : what == "held"  ? say("待定", "held")
                                                    : say("已导入", "imported");
    return fmt::format("{} {}  {} {}  {} {}", done, workspace::text_of(outcome, "delivery"),
                       grouped(workspace::count_of(outcome, "records")), say("条记录", "records"),
                       grouped(workspace::count_of(outcome, "rejects")), say("行退回", "rejected"));
  }

  std::string relative(const fs::path& file) const {
    return file.lexically_relative(options_.folder).string();
  }

  const WatchOptions options_;
  EndSignals& signals_;
  DropWatch watch_;
  std::size_t failed_ = 0;
  std::size_t held_ = 0;
  std::size_t left_ = 0;  // of the last round
};

// One watch for a folder; held as long as the descriptor is open.
Result<Descriptor> lock_folder(const fs::path& folder) {
  const fs::path file = folder / ".bidui-watch.lock";
  Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock.is_open())
    return errno_error("投放目录不能写入", "the drop folder cannot be written to", folder.string());
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0)
    return bilingual_error(ErrorCode::kConflict, "另一个 bidui 正在看管这个目录",
                           "another bidui watches this folder", folder.string());
  return lock;
}

}  // namespace

void add_watch_options(CommandLine& line) {
  add_option(line, "watch", po::value<std::string>()->value_name("FOLDER"),
             say("从投放目录取文件：FOLDER/来源/…，做完移到 done/、failed/（docs/deliveries.md）",
                 "take files from a drop folder, FOLDER/SOURCE/…; they go to done/ and failed/ "
                 "(docs/deliveries.md)"));
  add_switch(line, "once",
             say("与 --watch 合用：取完现有的文件即结束", "with --watch: take what is there, end"));
  add_option(line, "settle", po::value<unsigned>()->default_value(60)->value_name("SECONDS"),
             say("与 --watch 合用：没有看到写完的文件，多少秒不变才取",
                 "with --watch: a file that was not seen to be closed is taken when it has not "
                 "changed for so long"));
}

int run_watch(const CommandLine& line, const po::variables_map& values) {
  if (values.count("file") + values.count("db") + values.count("source") + values.count("mapping") +
          values.count("rejects") + values.count("changes") !=
      0)
    return wrong_usage(line, say("--watch 自己认文件：不要再写文件、来源、列对照等",
                                 "--watch tells files itself: no files, source or mapping beside"));
  const std::string as_of = values.count("as-of") == 0 ? "" : values["as-of"].as<std::string>();
  if (!as_of.empty() && as_of != "modified")
    return wrong_usage(line, say("与 --watch 合用时 --as-of 只能是 modified（文件的修改日期）",
                                 "with --watch, --as-of is modified (the day of a file's change)"));
  WatchOptions options{.workspace = fs::absolute(workspace_directory(values)),
                       .folder = fs::absolute(values["watch"].as<std::string>()),
                       .settle = seconds(values["settle"].as<unsigned>()),
                       .once = values.count("once") != 0};
  options.folder = (options.folder / "").lexically_normal().parent_path();
  if (!key_file(values).empty()) options.key_file = fs::absolute(key_file(values));
  if (!as_of.empty()) options.undated = workspace::UndatedFile::kModified;
  for (const char* const passed : {"replace", "strict", "hold"}) {
    if (values.count(passed) != 0) options.passed_on.push_back(std::string("--") + passed);
  }
  if (const std::string& coverage = values["coverage"].as<std::string>(); !coverage.empty())
    options.passed_on.insert(options.passed_on.end(), {"--coverage", coverage});
  EndSignals signals;  // before the store begins threads
  std::error_code failure;
  if (!fs::is_directory(options.folder, failure))
    return fail(bilingual_error(ErrorCode::kNotFound, "没有这个投放目录",
                                "there is no such drop folder", options.folder.string()));
  if (const auto opened =
          workspace::Workspace::open(options.workspace, store::Access::kReadOnly, options.key_file);
      !opened)
    return fail(opened.error());
  const auto lock = lock_folder(options.folder);
  if (!lock) return fail(lock.error());
  Watch watch(std::move(options), signals);
  if (values.count("once") == 0)
    say_line(values["watch"].as<std::string>(),
             std::string(say("开始看管", "watched from now on")));
  for (;;) {
    const Status done = watch.round();
    if (!done) return fail(done.error());
    if (values.count("once") != 0) return watch.status();
    if (signals.came()) return kDone;
    watch.wait();
    if (signals.came()) return kDone;
  }
}

}  // namespace bidui::cli
