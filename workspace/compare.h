// `bidui compare`: link, evaluate the rules, raise flags, keep the run, write reports/RUN/.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/report/words.h"
#include "workspace/error_sheet.h"
#include "workspace/flag_states.h"
#include "workspace/lineage.h"
#include "workspace/phase_clock.h"
#include "workspace/progress.h"
#include "workspace/review_refit.h"
#include "workspace/run_flags.h"
#include "workspace/run_world.h"
#include "workspace/settle_flags.h"

namespace bidui::workspace {

struct CompareOptions {
  std::string as_of{};  // evaluation date; "" = the newest as-of date among the deliveries
  std::string since{};  // the run to differ from; "" = the newest
  std::filesystem::path model{};  // models to use where none are kept yet; "" = train
  RuleChoice rules{};             // profile and rules of the county's own
  bool full = false;              // search all candidates, not only those of records that changed
  std::string recorded{};         // wall time, noted with the program's steps about flags
  bool report = true;             // write report.html too (report_run() writes the ledgers)
  connectors::report::Locale locale = connectors::report::Locale::kChinese;  // of the report
};

struct CompareReport {
  std::string run_id{};
  std::string evaluation_date{};
  std::filesystem::path directory{};
  std::unique_ptr<RunWorld> world{};
  RunModels models{};                            // that the run used
  std::optional<KeptCalibration> calibration{};  // of the weights, where one is kept
  std::vector<RunLink> links{};
  std::vector<link::DecidedPair> pairs{};  // what the error sheet was made from
  ErrorSheet errors{};
  std::vector<RuleOutcome> rules{};
  std::string since{};             // the run that flags and persons are compared with; "" = none
  std::vector<FlagState> flags{};  // of this run and those gone since then, ranked; gone ones last
  std::vector<FlagState> retired{};            // gone, but not known then
  std::vector<flag::KnownFlag> known_flags{};  // after this run
  bool worked_on = false;                      // something was done about flags before it
  SettledFlags settled{};                      // what became of flags that people dealt with
  std::string persons{};                       // encode_persons
  Lineage lineage{};
  std::vector<PhaseTime> phases{};
  std::string summary{};  // the manifest and counts: summary.json
};

// Errors: kBadInput (nothing to compare), kNotFound (no such run to differ from), kConflict
// (models_to_use), those of the store. The first comparison of a workspace trains the models and
// keeps them (contracts §6).
Result<CompareReport> compare(Workspace& workspace, const CompareOptions& options,
                              const Progress& progress = {});

}  // namespace bidui::workspace
