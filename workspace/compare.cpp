#include "workspace/compare.h"

#include <array>
#include <fmt/format.h>
#include <system_error>
#include <tbb/parallel_invoke.h>

#include "matcher/base/bilingual_error.h"
#include "workspace/flag_changes.h"
#include "workspace/kept_candidates.h"
#include "workspace/review_sample.h"
#include "workspace/run_output.h"
#include "workspace/run_results.h"
#include "workspace/train_models.h"

namespace bidui::workspace {
namespace {

Result<std::string> next_run_id(const store::Store& store) {
  const auto runs = store.runs();
  BIDUI_TRY(runs);
  return fmt::format("R{:04}", runs->size() + 1);
}

// The run to differ from: the one asked for, else the newest; "" where there is none.
Result<std::string> run_before(const store::Store& store, const std::string& wanted) {
  const Result<std::vector<store::RunInfo>> runs = store.runs();
  BIDUI_TRY(runs);
  if (wanted.empty()) return runs->empty() ? std::string() : runs->back().id;
  std::string ids;
  for (const store::RunInfo& run : *runs) {
    if (run.id == wanted) return wanted;
    ids += (ids.empty() ? "" : ", ") + run.id;
  }
  return bilingual_error(
      ErrorCode::kNotFound,
      ids.empty() ? "还没有比对过，请去掉 --since" : "没有这次比对（--since）；现有：" + ids,
      ids.empty() ? "there is no run yet: leave out --since"
                  : "there is no such run (--since); there are: " + ids,
      wanted);
}

// What the flags are compared with; `previous` are those of the store.
Result<FlagChange> flag_change(const store::Store& store, const CompareReport& run,
                               bool since_newest, std::vector<FlagState> previous,
                               std::vector<flag::Skipped> skipped) {
  FlagChange change{
      .previous = std::move(previous), .skipped = std::move(skipped), .run_id = run.run_id};
  if (since_newest) {
    change.since = known_flags(change.previous);
    return change;
  }
  Result<std::vector<flag::KnownFlag>> since = load_known_flags(store, run.since, change.previous);
  BIDUI_TRY(since);
  change.since = std::move(*since);
  return change;
}

// Raises the flags and compares them with the run before; beside that, the links of the run and
// what they say of its errors.
Status evaluate(Workspace& workspace, const CompareOptions& options, const Progress& progress,
                PhaseClock& clock, CompareReport& run) {
  const RunWorld& world = *run.world;
  RaisedFlags raised;
  Result<std::vector<FlagState>> previous = std::vector<FlagState>{};
  Result<FlagDispositions> dispositions = FlagDispositions{};
  std::array<PhaseTime, 3> parts;
  tbb::parallel_invoke(
      [&] { parts[0] = timed("flags", [&] { raised = raise_flags(world, progress); }); },
      [&] {
        parts[1] = timed("errors", [&] {
          run.links = run_links(world);
          run.pairs = decided_pairs(world, run.links);
          run.errors = make_error_sheet(world, run.pairs);
          run.persons = encode_persons(world);
        });
      },
      [&] {
        parts[2] = timed("earlier flags", [&] {
          previous = load_flag_states(workspace.store());
          dispositions = load_dispositions(workspace.store());
        });
      });
  BIDUI_TRY(previous);
  BIDUI_TRY(dispositions);
  std::vector<flag::Skipped> skipped = skipped_rules(world, raised.plan, *previous);
  const Result<FlagChange> change = flag_change(workspace.store(), run, options.since.empty(),
                                                std::move(*previous), std::move(skipped));
  BIDUI_TRY(change);
  ChangedFlags changed = change_flags(*change, raised.flags);
  run.retired = std::move(changed.retired);
  run.known_flags = std::move(changed.known);
  run.settled = settle_flags(
      *dispositions, change->previous, change->skipped,
      {.run_id = run.run_id, .evaluation_date = run.evaluation_date, .recorded = options.recorded},
      raised.flags);
  run.rules = rule_outcomes(world, raised);
  run.flags = std::move(raised.flags);
  Result<Lineage> lineage = lineage_since(workspace.store(), run.since, world, run.persons);
  BIDUI_TRY(lineage);
  run.lineage = std::move(*lineage);
  run.summary = summary_json(run);
  clock.end("rules").parts.assign(parts.begin(), parts.end());
  return {};
}

}  // namespace

Result<CompareReport> compare(Workspace& workspace, const CompareOptions& options,
                              const Progress& progress) {
  CompareReport run;
  PhaseClock clock(run.phases);
  RuleChoice choice = options.rules;
  choice.workspace = workspace.directory();
  Result<RuleFiles> files = rule_files(choice);
  BIDUI_TRY(files);
  Result<std::string> since = run_before(workspace.store(), options.since);
  BIDUI_TRY(since);
  run.since = std::move(*since);
  Result<RunModels> models = models_to_use(workspace, options.model);
  BIDUI_TRY(models);
  const std::string models_before = models_hash(*models);
  Result<std::optional<KeptCalibration>> calibration = load_calibration(workspace.store());
  BIDUI_TRY(calibration);
  if (*calibration) models->calibration = (*calibration)->line;
  run.calibration = std::move(*calibration);
  Result<KeptCandidates> candidates =
      options.full ? KeptCandidates{} : load_candidates(workspace.store());
  BIDUI_TRY(candidates);
  Result<std::unique_ptr<RunWorld>> world =
      build_world(workspace, options.as_of, *models, progress, &clock,
                  std::make_shared<KeptCandidates>(std::move(*candidates)), std::move(*files));
  BIDUI_TRY(world);
  run.world = std::move(*world);
  if (options.full) run.world->linkage.search.reason = "asked_for";
  if (!options.model.empty() || models_hash(*models) != models_before)
    BIDUI_TRY(save_models(workspace.store(), *models));
  run.models = std::move(*models);

  const Result<std::string> run_id = next_run_id(workspace.store());
  BIDUI_TRY(run_id);
  run.run_id = *run_id;
  run.evaluation_date = run.world->evaluation_date;
  BIDUI_TRY(evaluate(workspace, options, progress, clock, run));
  run.directory = workspace.reports() / run.run_id;
  std::error_code failure;
  std::filesystem::create_directories(run.directory, failure);
  if (failure)
    return system_error(failure, "无法新建目录", "cannot create the directory",
                        run.directory.string());
  PhaseTime written;
  BIDUI_TRY(write_results(run, options, workspace.county_code(), workspace.store(), written));
  clock.end("write").parts = std::move(written.parts);
  run.world->linkage.candidates.reset();
  return run;
}

}  // namespace bidui::workspace
