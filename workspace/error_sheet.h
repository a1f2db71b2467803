// The error sheet of a run: what its links and non-links say of false and missed links, by groups
// of records. Kept with the run, so that later reviews can calibrate it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/link/error_tally.h"
#include "workspace/error_groups.h"
#include "workspace/run_links.h"

namespace bidui::workspace {

struct ErrorGroup {
  GroupName name{};
  link::ErrorTally tally{};
};

struct ErrorSheet {
  std::vector<std::string> relations{};  // pairs of sources, "poverty~civil"
  std::vector<ErrorGroup> groups{};      // all together first, then by dimension and name

  const link::ErrorTally& all() const { return groups.front().tally; }
};

// The decided pairs of the run in the order of records: its links, possible links and non-links.
// `relation` counts in the sheet's relations.
std::vector<link::DecidedPair> decided_pairs(const RunWorld& world, std::span<const RunLink> links);

// O(pairs + records of all sources but the spine).
ErrorSheet make_error_sheet(const RunWorld& world, std::span<const link::DecidedPair> pairs);

// The artefact under which a run keeps its sheet, as JSON, and back. kCorrupt where it is none.
inline constexpr std::string_view kErrorSheetArtefact = "error_sheet";
std::string encode_error_sheet(const ErrorSheet& sheet);
Result<ErrorSheet> decode_error_sheet(std::string_view json);

}  // namespace bidui::workspace
