#include "workspace/run_results.h"

#include <algorithm>
#include <array>
#include <functional>
#include <initializer_list>
#include <tbb/flow_graph.h>

#include "connectors/report/report.h"
#include "workspace/english_report.h"
#include "workspace/flag_changes.h"
#include "workspace/kept_candidates.h"
#include "workspace/make_report_data.h"
#include "workspace/report_codec.h"
#include "workspace/report_run.h"
#include "workspace/review_pairs.h"
#include "workspace/run_artefacts.h"
#include "workspace/run_output.h"

namespace bidui::workspace {
namespace {

namespace flow = tbb::flow;
namespace report = connectors::report;

// A piece of work that begins as soon as all those are done that lead to it.
class Step {
 public:
  Step(flow::graph& graph, std::string name, std::function<Status()> work,
       flow::node_priority_t priority = flow::no_priority)
      : name_(std::move(name)),
        work_(std::move(work)),
        node_(
            graph, [this](const flow::continue_msg&) { run(); }, priority) {}

  void before(Step& later) { flow::make_edge(node_, later.node_); }
  void begin() { node_.try_put({}); }

  // Of a step that ran.
  const Status& status() const { return status_; }
  const PhaseTime& time() const { return time_; }

 private:
  void run() {
    time_ = timed(name_, [&] { status_ = work_(); });
  }

  std::string name_;
  std::function<Status()> work_;
  Status status_;
  PhaseTime time_;
  flow::continue_node<flow::continue_msg> node_;
};

Status append_artefacts(const CompareReport& run, store::RunWriter& writer) {
  const RunWorld& world = *run.world;
  BIDUI_TRY(writer.append(kEntitiesArtefact,
                          encode_entities(world.linkage.entities, world.records->count())));
  BIDUI_TRY(writer.append(kPersonLinksArtefact, encode_links(world.linkage.links)));
  BIDUI_TRY(writer.append(kFlagSubjectsArtefact, encode_flag_subjects(run.flags)));
  BIDUI_TRY(writer.append(kSummaryArtefact, run.summary));
  BIDUI_TRY(writer.append(kRuleFilesArtefact, encode_rule_files(world.rule_files)));
  BIDUI_TRY(writer.append(kErrorSheetArtefact, encode_error_sheet(run.errors)));
  BIDUI_TRY(writer.append(kDecidedPairsArtefact, encode_decided_pairs(run.pairs)));
  BIDUI_TRY(writer.append(kKnownFlagsArtefact, encode_known_flags(run.known_flags)));
  BIDUI_TRY(writer.append(kPersonsArtefact, run.persons));
  BIDUI_TRY(writer.append(kLineageArtefact, encode_lineage(run.lineage)));
  std::vector<const FlagState*> states;
  for (const auto* const some : {&run.flags, &run.retired}) {
    for (const FlagState& state : *some) states.push_back(&state);
  }
  std::ranges::sort(
      states, {}, [](const FlagState* state) -> const std::string& { return state->flag.flag_id; });
  for (const FlagState* state : states)
    BIDUI_TRY(writer.set_flag(state->flag.flag_id, encode_flag_state(*state)));
  for (const store::JournalEntry& step : run.settled.steps) writer.add_journal_entry(step);
  return {};
}

}  // namespace

Status write_results(const CompareReport& run, const CompareOptions& options, Workspace& workspace,
                     PhaseTime& phase) {
  store::Store& store = workspace.store();
  Result<store::RunWriter> writer = store.begin_run(run.run_id);
  BIDUI_TRY(writer);
  report::ReportData data;
  flow::graph graph;
  // The report takes longest: its steps go first where there is a choice.
  Step report_data(
      graph, "report data",
      [&] {
        data = make_report_data(run, workspace.county_code());
        return Status{};
      },
      1);
  Step report_files(
      graph, "report files",
      [&]() -> Status {
        if (!options.report) return {};
        if (run.worked_on) BIDUI_TRY(add_progress(workspace, options.recorded.substr(0, 10), data));
        const report::ReportOptions page{.locale = options.locale, .workbook = false, .csv = false};
        if (options.locale == report::Locale::kChinese)
          return report::write_report(data, run.directory, page);
        report::ReportData english = data;  // what is kept stays Chinese
        put_in_english(run.world->rules->rules(), workspace.schemas(), english);
        return report::write_report(english, run.directory, page);
      },
      1);
  Step links(graph, "links.csv", [&] { return write_links(run); });
  Step households(graph, "households.csv", [&] { return write_households(run); });
  Step flags(graph, "flags.csv", [&] { return write_flags(run); });
  Step manifests(graph, "summary.json", [&] { return write_manifests(run); });
  Step artefacts(graph, "artefacts", [&] { return append_artefacts(run, *writer); });
  const std::initializer_list<Step*> first = {&report_data, &links,     &households,
                                              &flags,       &manifests, &artefacts};
  // For the next run; right whether or not this one is kept.
  Step candidates(graph, "candidates",
                  [&] { return save_candidates(store, *run.world->linkage.candidates); });
  Step keep(graph, "keep", [&]() -> Status {
    for (const Step* step : first) BIDUI_TRY(step->status());
    BIDUI_TRY(writer->append(kReportArtefact, encode_report(data)));
    return writer->commit(run.summary);
  });
  report_data.before(report_files);
  // What was done about the flags is read from the store, this run's own steps included.
  if (run.worked_on) keep.before(report_files);
  for (Step* step : first) step->before(keep);
  for (Step* step : first) step->begin();
  candidates.begin();
  graph.wait_for_all();
  for (const Step* step : first) phase.parts.push_back(step->time());
  for (const Step* step : {&report_files, &keep, &candidates}) phase.parts.push_back(step->time());
  BIDUI_TRY(keep.status());
  BIDUI_TRY(candidates.status());
  return report_files.status();
}

}  // namespace bidui::workspace
