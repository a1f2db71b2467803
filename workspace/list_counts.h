// `bidui tally`: one list counted by groups, across a second field (causes of poverty by township),
// and against totals that were published or reported (catalogue: POPULATION_TOTAL_DIVERGENCE).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workspace/listed_source.h"
#include "workspace/village_kinds.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct CountOptions {
  std::string run{};  // "": the newest
  ListOptions list{};
  std::string by = "township";  // township, village, kind, since, village_kind or a field
  std::string across{};         // a field whose values become columns; "": none
  VillageKinds village_kinds{};
  std::vector<ReportedTotal> reported{};  // of townships or villages, as `by` says
};

struct ListCount {
  std::string township{};  // of a village
  std::string group{};
  std::uint64_t items = 0;              // households, or rows
  std::uint64_t members = 0;            // rows
  std::vector<std::uint64_t> across{};  // items, beside ListCounts::across
  std::optional<std::uint64_t> reported_items{};
  std::optional<std::uint64_t> reported_members{};
};

struct ListCounts {
  std::string run{};
  std::string instance{};
  std::string title{};  // Chinese
  std::string as_of{};
  std::string by{};
  bool households = true;
  std::string across_title{};
  std::vector<std::string> across{};  // most frequent first; those beyond kMostAcross are one, last
  std::vector<ListCount> groups{};
  ListCount all{};
  // Totals whose place has no row, as "township village".
  std::vector<std::string> unknown_places{};
};
inline constexpr std::size_t kMostAcross = 12;

// kNotFound, kInvalidArgument as in reconcile.h.
Result<ListCounts> count_list(const Workspace& workspace, const CountOptions& options);

}  // namespace bidui::workspace
