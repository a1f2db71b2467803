#include "workspace/compare.h"

#include <array>
#include <fmt/format.h>
#include <system_error>
#include <tbb/parallel_invoke.h>

#include "connectors/report/report.h"
#include "workspace/bilingual_error.h"
#include "workspace/flag_changes.h"
#include "workspace/kept_candidates.h"
#include "workspace/kept_run.h"
#include "workspace/report_codec.h"
#include "workspace/report_model.h"
#include "workspace/review_sample.h"
#include "workspace/run_output.h"
#include "workspace/train_models.h"

namespace bidui::workspace {
namespace {

namespace report = connectors::report;

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
        parts[2] = timed("earlier flags", [&] { previous = load_flag_states(workspace.store()); });
      });
  BIDUI_TRY(previous);
  const Result<FlagChange> change =
      flag_change(workspace.store(), run, options.since.empty(), std::move(*previous),
                  skipped_rules(world, raised.plan));
  BIDUI_TRY(change);
  ChangedFlags changed = change_flags(*change, raised.flags);
  run.retired = std::move(changed.retired);
  run.known_flags = std::move(changed.known);
  run.rules = rule_outcomes(world, raised);
  run.flags = std::move(raised.flags);
  Result<Lineage> lineage = lineage_since(workspace.store(), run.since, world, run.persons);
  BIDUI_TRY(lineage);
  run.lineage = std::move(*lineage);
  run.summary = summary_json(run);
  clock.end("rules").parts.assign(parts.begin(), parts.end());
  return {};
}

Status append_artefacts(const CompareReport& run, store::RunWriter& writer) {
  const RunWorld& world = *run.world;
  BIDUI_TRY(
      writer.append("entities", encode_entities(world.linkage.entities, world.records->count())));
  BIDUI_TRY(writer.append("person_links", encode_links(world.linkage.links)));
  BIDUI_TRY(writer.append("flag_subjects", encode_flag_subjects(run.flags)));
  BIDUI_TRY(writer.append("summary", run.summary));
  BIDUI_TRY(writer.append(kErrorSheetArtefact, encode_error_sheet(run.errors)));
  BIDUI_TRY(writer.append(kDecidedPairsArtefact, encode_decided_pairs(run.pairs)));
  BIDUI_TRY(writer.append(kKnownFlagsArtefact, encode_known_flags(run.known_flags)));
  BIDUI_TRY(writer.append(kPersonsArtefact, run.persons));
  BIDUI_TRY(writer.append(kLineageArtefact, encode_lineage(run.lineage)));
  for (const auto* const states : {&run.flags, &run.retired}) {
    for (const FlagState& state : *states)
      writer.set_flag(state.flag.flag_id, encode_flag_state(state));
  }
  return {};
}

// Writes the machine files, hands the run to the store, and fills what its report is made from.
Status write_results(const CompareReport& run, PhaseClock& clock, std::uint32_t county,
                     store::RunWriter& writer, report::ReportData& data) {
  std::array<Status, 4> done;
  std::array<PhaseTime, 5> parts;
  tbb::parallel_invoke(
      [&] { parts[0] = timed("report data", [&] { data = make_report_data(run, county); }); },
      [&] { parts[1] = timed("links.csv", [&] { done[0] = write_links(run); }); },
      [&] { parts[2] = timed("households.csv", [&] { done[1] = write_households(run); }); },
      [&] {
        parts[3] = timed("flags.csv", [&] {
          done[2] = write_flags(run);
          if (done[2]) done[2] = write_manifests(run);
        });
      },
      [&] { parts[4] = timed("artefacts", [&] { done[3] = append_artefacts(run, writer); }); });
  clock.end("files").parts.assign(parts.begin(), parts.end());
  for (const Status& status : done) BIDUI_TRY(status);
  return {};
}

// From here on the run is known, whatever becomes of the report: it can be made again.
Status keep_run(const CompareReport& run, const report::ReportData& data,
                store::RunWriter& writer) {
  BIDUI_TRY(writer.append(kReportArtefact, encode_report(data)));
  return writer.commit(run.summary);
}

Status keep_and_report(const CompareReport& run, const CompareOptions& options, PhaseClock& clock,
                       const report::ReportData& data, store::RunWriter& writer) {
  Status reported;
  Status kept;
  std::array<PhaseTime, 2> parts;
  tbb::parallel_invoke(
      [&] {
        parts[0] = timed("report files", [&] {
          if (options.report)
            reported = report::write_report(data, run.directory, {.locale = options.locale});
        });
      },
      [&] { parts[1] = timed("keep", [&] { kept = keep_run(run, data, writer); }); });
  clock.end("report").parts.assign(parts.begin(), parts.end());
  BIDUI_TRY(kept);
  return reported;
}

}  // namespace

Result<CompareReport> compare(Workspace& workspace, const CompareOptions& options,
                              const Progress& progress) {
  CompareReport run;
  PhaseClock clock(run.phases);
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
                  std::make_shared<KeptCandidates>(std::move(*candidates)));
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
    return make_error(ErrorCode::kIo, "cannot create: " + failure.message(),
                      run.directory.string());
  Result<store::RunWriter> writer = workspace.store().begin_run(run.run_id);
  BIDUI_TRY(writer);
  report::ReportData data;
  BIDUI_TRY(write_results(run, clock, workspace.county_code(), *writer, data));
  BIDUI_TRY(keep_and_report(run, options, clock, data, *writer));
  BIDUI_TRY(save_candidates(workspace.store(), *run.world->linkage.candidates));
  run.world->linkage.candidates.reset();
  return run;
}

}  // namespace bidui::workspace
