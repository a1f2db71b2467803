// `bidui flag import`: what workers found at the door, out of the task list they filled in.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/flag/disposition.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct ImportOrder {
  flag::Role role = flag::Role::kVillage;  // of those who checked
  std::string by{};                        // who imports
  flag::DayNumber on = 0;                  // the day of the steps
  std::string recorded{};                  // wall time, as StepOrder::recorded
  bool dry_run = false;
};

// A row that was not taken, and why.
struct RefusedRow {
  std::string sheet{};
  std::uint32_t row = 0;
  std::string flag_id{};
  Bilingual why{};
};

struct ImportedOutcomes {
  std::size_t found_true = 0;
  std::size_t found_false = 0;
  std::size_t cannot_tell = 0;
  std::size_t known = 0;  // rows whose outcome is recorded already, exactly so
  std::size_t blank = 0;  // nothing filled in
  std::vector<RefusedRow> refused{};

  std::size_t taken() const { return found_true + found_false + cannot_tell; }
};

// Takes every row that can be taken as the step "check", all in one durable write, with an entry
// "import/HASH" in the journal that says who imported which file. A row is refused where its mark
// is not this workspace's, the flag moved on or its evidence changed since the list was handed out,
// a word or date is none, something is missing, or a row before it has the same flag. A flag may
// have been assigned since; one that never was is taken from a township only, as its own. The same
// file again changes nothing. Errors: those of read_returned_list() and the store.
Result<ImportedOutcomes> import_outcomes(Workspace& workspace, const std::filesystem::path& file,
                                         const ImportOrder& order);

}  // namespace bidui::workspace
