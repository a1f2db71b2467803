// A stratified random sample of households for visits at the door (入户核查), and what the visits
// found; kept in the encrypted store, each drawing and each reading of results in the journal.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/visit_frame.h"

namespace bidui::workspace {

enum class VisitOutcome : std::uint8_t {
  kCorrect,          // 准确: registered, exited or left out rightly
  kWronglyIncluded,  // 错评
  kWronglyExited,    // 错退
  kMissed,           // 漏评
  kCannotTell,       // 无法核实
};
inline constexpr std::size_t kVisitOutcomes = 5;
std::string_view visit_outcome_name(VisitOutcome outcome);   // "wrongly_included"
std::string_view visit_outcome_title(VisitOutcome outcome);  // "错评"
// A name, with spaces too, or a title; nullopt for anything else.
std::optional<VisitOutcome> parse_visit_outcome(std::string_view text);
// Those that a household of this status may have: who was never registered cannot have exited.
std::vector<VisitOutcome> possible_outcomes(VisitStatus status);

// Households of one status in one township.
struct VisitStratum {
  VisitStatus status = VisitStatus::kRegistered;
  std::string township{};
  std::uint64_t households = 0;
  std::uint64_t persons = 0;
  std::uint64_t drawn = 0;
};

struct VisitedHousehold {
  std::string household{};  // source:household_no
  std::string township{};
  std::string village{};
  std::uint32_t persons = 0;
  std::size_t stratum = 0;
};

struct VisitSample {
  std::string id{};  // "V0001", in the order of drawing
  std::string run{};
  std::string as_of{};
  std::uint64_t seed = 0;
  std::uint64_t rural_persons = 0;
  std::vector<VisitStratum> strata{};          // by status, then township
  std::vector<VisitedHousehold> households{};  // by status, township, village: a day's way
};

struct VisitResult {
  VisitOutcome outcome = VisitOutcome::kCannotTell;
  std::string on{};  // as written
  std::string by{};
  std::string note{};
};
// By the household's number in the sample, from 0.
using VisitResults = std::map<std::size_t, VisitResult>;

struct VisitSampleOptions {
  std::string run{};       // "": the newest
  std::uint64_t size = 0;  // households of all statuses together, a third each; 0: by margin
  double margin = .02;     // of each status's rate, wanted half width of the interval
  double expected = .02;   // rate near which the margin is wanted
  std::uint64_t seed = 1;
  std::string by{};        // who draws: noted in the journal
  std::string recorded{};  // wall time, noted too
};

// Draws and keeps a sample. The same run, sizes and seed give the same households, whatever the
// order of rows: which households come is decided by a hash of seed and household.
// kInvalidArgument: no margin; kBadInput: nothing to draw from; the errors of visit_frame.
Result<VisitSample> draw_visits(Workspace& workspace, const VisitSampleOptions& options);

// `id` "": the newest. kNotFound.
Result<VisitSample> load_visits(const store::Store& store, std::string_view id);
Result<std::vector<VisitSample>> all_visits(const store::Store& store);

Result<VisitResults> load_visit_results(const store::Store& store, const VisitSample& sample);
// Replaces them, with an entry of the journal that says what was read.
Status save_visit_results(store::Store& store, const VisitSample& sample,
                          const VisitResults& results, std::string journal_entry);

}  // namespace bidui::workspace
