// `bidui compare`: link, evaluate the rules, raise flags, keep the run, write reports/RUN/.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/report/words.h"
#include "matcher/flag/flag.h"
#include "matcher/rule/evaluate.h"
#include "workspace/error_sheet.h"
#include "workspace/flag_states.h"
#include "workspace/phase_clock.h"
#include "workspace/progress.h"
#include "workspace/review_refit.h"
#include "workspace/run_world.h"

namespace bidui::workspace {

struct CompareOptions {
  std::string as_of{};  // evaluation date; "" = the newest as-of date among the deliveries
  std::filesystem::path model{};  // models to use where none are kept yet; "" = train
  bool full = false;              // search all candidates, not only those of records that changed
  bool report = true;             // write ledger.xlsx, csv/ and report.html too
  connectors::report::Locale locale = connectors::report::Locale::kChinese;  // of the report
};

// How one rule went, for summaries.
struct RuleOutcome {
  std::string rule{};
  std::string title{};
  std::string severity{};
  std::uint64_t subjects = 0;
  std::uint64_t excepted = 0;
  std::uint64_t undecided = 0;
  std::uint64_t not_covered = 0;
  std::uint64_t suppressed = 0;
  std::array<std::uint64_t, 5> by_status{};  // flag::Status
  std::string not_evaluated{};  // why, for the subject sources concerned; "" if evaluated
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
  std::vector<FlagState>
      flags{};  // of this run and those gone since the run before, ranked; gone ones last
  std::vector<PhaseTime> phases{};
  std::string summary{};  // the manifest and counts: summary.json
};

// Errors: kBadInput (nothing to compare), kConflict (models_to_use), those of the store. The first
// comparison of a workspace trains the models and keeps them (contracts §6).
Result<CompareReport> compare(Workspace& workspace, const CompareOptions& options,
                              const Progress& progress = {});

}  // namespace bidui::workspace
