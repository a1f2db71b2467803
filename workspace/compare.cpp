#include "workspace/compare.h"

#include <algorithm>
#include <fmt/format.h>
#include <system_error>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <unordered_map>

#include "connectors/report/report.h"
#include "matcher/flag/compare_flags.h"
#include "matcher/flag/make_flag.h"
#include "workspace/kept_candidates.h"
#include "workspace/kept_run.h"
#include "workspace/report_codec.h"
#include "workspace/report_model.h"
#include "workspace/review_sample.h"
#include "workspace/run_output.h"
#include "workspace/train_models.h"

namespace bidui::workspace {
namespace {

constexpr std::uint32_t kSubjectBlock = 2000;

rule::Evaluation evaluate_all(const RunWorld& world, const rule::Plan& plan,
                              const Progress& progress) {
  const std::vector<rule::SubjectRange> ranges =
      rule::plan_ranges(plan, *world.view, kSubjectBlock);
  std::vector<rule::Evaluation> parts(ranges.size());
  report(progress, {"rules", "rows", 0, ranges.size()});
  tbb::parallel_for(std::size_t{0}, ranges.size(), [&](std::size_t i) {
    parts[i] = rule::evaluate(*world.rules, plan, *world.view, ranges[i]);
  });
  rule::Evaluation all;
  for (rule::Evaluation& part : parts) rule::merge(all, std::move(part));
  return all;
}

std::string household_of(const RunWorld& world, const rule::Finding& finding) {
  const auto household =
      finding.household ? finding.household : world.view->household(finding.record);
  if (!household) return {};
  return world.sources[household->source].instance + ":" +
         std::string(world.view->household_key(*household));
}

std::vector<FlagState> flags_of(const RunWorld& world, const rule::Evaluation& evaluation) {
  std::vector<FlagState> states;
  states.reserve(evaluation.findings.size());
  for (const rule::Finding& finding : evaluation.findings) {
    states.push_back({.flag = flag::make_flag(finding, *world.rules, *world.view),
                      .household = household_of(world, finding)});
  }
  std::ranges::sort(states, flag::ranks_before, &FlagState::flag);
  return states;
}

std::string reason_of(const RunWorld& world, const rule::NotEvaluated& not_evaluated) {
  const RunSource& source = world.sources[not_evaluated.source];
  switch (not_evaluated.reason) {
    case rule::NotEvaluated::Reason::kNotDelivered:
      return fmt::format("没有{}（{}）的数据", source.schema->title, source.instance);
    case rule::NotEvaluated::Reason::kStale:
      return fmt::format("{}（{}）的数据已过 {} 天，太旧", source.schema->title, source.instance,
                         not_evaluated.age_days);
  }
  return {};
}

std::vector<flag::Skipped> skipped_rules(const RunWorld& world, const rule::Plan& plan) {
  std::vector<flag::Skipped> skipped;
  for (const rule::NotEvaluated& n : plan.not_evaluated) {
    const rule::CompiledRule& compiled = world.rules->compiled()[n.compiled];
    skipped.push_back({world.rules->rule_of(compiled).id, world.sources[compiled.source].instance});
  }
  return skipped;
}

// Sets the statuses, and appends the flags that are gone with what was last known of them.
void compare_with_last_run(const std::vector<FlagState>& previous,
                           const std::vector<flag::Skipped>& skipped, const std::string& run_id,
                           std::vector<FlagState>& flags) {
  std::vector<flag::Flag> current;
  for (const FlagState& state : flags) current.push_back(state.flag);
  const flag::FlagChanges changes = flag::compare_flags(known_flags(previous), current, skipped);
  std::unordered_map<std::string_view, const FlagState*> known;
  for (const FlagState& state : previous) known.emplace(state.flag.flag_id, &state);
  for (std::size_t i = 0; i < flags.size(); ++i) {
    flags[i].flag.status = changes.statuses[i];
    flags[i].last_run = run_id;
    const auto at = known.find(flags[i].flag.flag_id);
    flags[i].first_run = at == known.end() ? run_id : at->second->first_run;
  }
  for (const std::string& id : changes.gone) {
    FlagState gone = *known.at(id);
    gone.flag.status = flag::Status::kGone;
    gone.last_run = run_id;
    flags.push_back(std::move(gone));
  }
}

std::vector<RuleOutcome> outcomes(const RunWorld& world, const rule::Plan& plan,
                                  const rule::Evaluation& evaluation,
                                  const std::vector<FlagState>& flags) {
  std::vector<RuleOutcome> result;
  for (const rule::Rule& rule : world.rules->rules()) {
    result.push_back({.rule = rule.id,
                      .title = rule.title,
                      .severity = std::string(rule::severity_name(rule.severity))});
  }
  for (std::size_t c = 0; c < evaluation.counts.size(); ++c) {
    const rule::RuleCounts& counts = evaluation.counts[c];
    RuleOutcome& outcome = result[world.rules->compiled()[c].rule];
    outcome.subjects += counts.subjects;
    outcome.undecided += counts.undecided;
    outcome.not_covered += counts.not_covered;
    outcome.suppressed += counts.suppressed;
    for (const std::uint64_t excepted : counts.excepted) outcome.excepted += excepted;
  }
  for (const rule::NotEvaluated& n : plan.not_evaluated) {
    RuleOutcome& outcome = result[world.rules->compiled()[n.compiled].rule];
    const std::string reason = reason_of(world, n);
    if (outcome.not_evaluated.find(reason) == std::string::npos) {
      outcome.not_evaluated += (outcome.not_evaluated.empty() ? "" : "；") + reason;
    }
  }
  for (const FlagState& state : flags) {
    for (RuleOutcome& outcome : result) {
      if (outcome.rule == state.flag.rule)
        ++outcome.by_status[static_cast<std::size_t>(state.flag.status)];
    }
  }
  return result;
}

Result<std::string> next_run_id(const store::Store& store) {
  const auto runs = store.runs();
  BIDUI_TRY(runs);
  return fmt::format("R{:04}", runs->size() + 1);
}

// The run's files and its report, by two threads. Gives the report as bytes, for the store.
Result<std::string> write_results(const CompareReport& run, const CompareOptions& options,
                                  std::uint32_t county) {
  Status files;
  Status report;
  std::string kept;
  tbb::parallel_invoke([&] { files = write_run_files(run); },
                       [&] {
                         const connectors::report::ReportData data = make_report_data(run, county);
                         kept = encode_report(data);
                         if (options.report) {
                           report = connectors::report::write_report(data, run.directory,
                                                                     {.locale = options.locale});
                         }
                       });
  BIDUI_TRY(files);
  BIDUI_TRY(report);
  return kept;
}

Status keep_run(Workspace& workspace, const CompareReport& run, std::string_view report) {
  Result<store::RunWriter> writer = workspace.store().begin_run(run.run_id);
  BIDUI_TRY(writer);
  const RunWorld& world = *run.world;
  BIDUI_TRY(
      writer->append("entities", encode_entities(world.linkage.entities, world.records->count())));
  BIDUI_TRY(writer->append("person_links", encode_links(world.linkage.links)));
  BIDUI_TRY(writer->append("flag_subjects", encode_flag_subjects(run.flags)));
  BIDUI_TRY(writer->append("summary", run.summary));
  BIDUI_TRY(writer->append(kErrorSheetArtefact, encode_error_sheet(run.errors)));
  BIDUI_TRY(writer->append(kDecidedPairsArtefact, encode_decided_pairs(run.pairs)));
  BIDUI_TRY(writer->append(kReportArtefact, report));
  for (const FlagState& state : run.flags)
    writer->set_flag(state.flag.flag_id, encode_flag_state(state));
  return writer->commit(run.summary);
}

}  // namespace

Result<CompareReport> compare(Workspace& workspace, const CompareOptions& options,
                              const Progress& progress) {
  CompareReport run;
  PhaseClock clock(run.phases);
  Result<RunModels> models = models_to_use(workspace, options.model);
  BIDUI_TRY(models);
  const Result<RunModels> kept = load_models(workspace.store());
  BIDUI_TRY(kept);
  Result<std::optional<KeptCalibration>> calibration = load_calibration(workspace.store());
  BIDUI_TRY(calibration);
  if (*calibration) models->calibration = (*calibration)->line;
  run.calibration = std::move(*calibration);
  Result<KeptCandidates> candidates =
      options.full ? KeptCandidates{} : load_candidates(workspace.store());
  BIDUI_TRY(candidates);
  Result<std::unique_ptr<RunWorld>> world =
      build_world(workspace, options.as_of, *models, progress,
                  std::make_shared<KeptCandidates>(std::move(*candidates)));
  BIDUI_TRY(world);
  run.world = std::move(*world);
  if (options.full) run.world->linkage.search.reason = "asked_for";
  if (models_hash(*models) != models_hash(*kept))
    BIDUI_TRY(save_models(workspace.store(), *models));
  run.models = std::move(*models);
  clock.end("link");

  const rule::Plan plan = rule::make_plan(*run.world->rules, *run.world->view);
  const rule::Evaluation evaluation = evaluate_all(*run.world, plan, progress);
  run.flags = flags_of(*run.world, evaluation);
  clock.end("rules");
  const Result<std::vector<FlagState>> previous = load_flag_states(workspace.store());
  BIDUI_TRY(previous);
  const Result<std::string> run_id = next_run_id(workspace.store());
  BIDUI_TRY(run_id);
  run.run_id = *run_id;
  run.evaluation_date = run.world->evaluation_date;
  compare_with_last_run(*previous, skipped_rules(*run.world, plan), run.run_id, run.flags);
  run.rules = outcomes(*run.world, plan, evaluation, run.flags);
  run.links = run_links(*run.world);
  run.pairs = decided_pairs(*run.world, run.links);
  run.errors = make_error_sheet(*run.world, run.pairs);
  run.summary = summary_json(run);
  run.directory = workspace.reports() / run.run_id;
  std::error_code failure;
  std::filesystem::create_directories(run.directory, failure);
  if (failure)
    return make_error(ErrorCode::kIo, "cannot create: " + failure.message(),
                      run.directory.string());
  const Result<std::string> report = write_results(run, options, workspace.county_code());
  BIDUI_TRY(report);
  clock.end("write");
  BIDUI_TRY(keep_run(workspace, run, *report));
  BIDUI_TRY(save_candidates(workspace.store(), *run.world->linkage.candidates));
  run.world->linkage.candidates.reset();
  clock.end("keep");
  return run;
}

}  // namespace bidui::workspace
