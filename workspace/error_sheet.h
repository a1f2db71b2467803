// The error sheet of a run: what its links and non-links say of false and missed links, by groups
// of records. Kept with the run, so that later reviews can calibrate it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/link/error_rates.h"
#include "matcher/link/error_tally.h"
#include "workspace/error_groups.h"
#include "workspace/run_links.h"

namespace bidui::workspace {

struct ErrorGroup {
  GroupName name{};
  link::ErrorTally tally{};
  // Of a source with the spine: the matches that the model's match share expects in all pairs,
  // those without a common key included. Mostly above the truth, as what missed_pairs says is below
  // it.
  std::optional<double> expected_matches{};
};

struct ErrorSheet {
  std::vector<std::string> relations{};  // pairs of sources, "poverty~civil"
  // All together first, then by dimension and name. Repetitions within one source stand in the
  // dimension of sources only.
  std::vector<ErrorGroup> groups{};

  const link::ErrorTally& all() const { return groups.front().tally; }
  // The pair of two instances; null where nothing was counted.
  const ErrorGroup* find_sources(std::string_view left, std::string_view right) const;
};

// The decided pairs of the run in the order of records: its links, possible links and non-links.
// `relation` counts in the sheet's relations.
std::vector<link::DecidedPair> decided_pairs(const RunWorld& world, std::span<const RunLink> links);

// O(pairs + records of all sources but the spine).
ErrorSheet make_error_sheet(const RunWorld& world, std::span<const link::DecidedPair> pairs);

// What a review of the run says of one of its groups.
link::ErrorRates reviewed_rates(const ErrorGroup& group, const ErrorSheet& sheet,
                                std::span<const link::ReviewedStratum> strata);

// The artefact under which a run keeps its sheet, as JSON, and back. kCorrupt where it is none.
std::string encode_error_sheet(const ErrorSheet& sheet);
Result<ErrorSheet> decode_error_sheet(std::string_view json);

}  // namespace bidui::workspace
