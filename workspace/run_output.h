// The machine files of a run (contracts §3): links.csv, households.csv, flags.csv, summary.json;
// model.json, the models that were used; lineage.csv, how persons went on since the run before.
#pragma once

#include <string_view>

#include "matcher/base/result.h"
#include "workspace/compare.h"

namespace bidui::workspace {

inline constexpr std::string_view kProgramVersion = BIDUI_VERSION;  // of CMakeLists.txt

// Each writes its file into the run's directory, which must exist; may run beside each other.
Status write_links(const CompareReport& run);
Status write_households(const CompareReport& run);
Status write_flags(const CompareReport& run);
Status write_manifests(const CompareReport& run);  // summary.json, model.json, lineage.csv

// The manifest and counts of the run, as in summary.json.
std::string summary_json(const CompareReport& run);

// Counts of links of one source pair, by level, over records of the left source.
struct LinkCounts {
  std::size_t left = 0;
  std::size_t right = 0;
  std::uint64_t records = 0;
  std::uint64_t l3 = 0;
  std::uint64_t l2 = 0;
  std::uint64_t possible = 0;
  std::uint64_t unlinked = 0;
};
// Every pair of delivered sources in the order of contracts §3.
std::vector<LinkCounts> count_links(const RunWorld& world);

}  // namespace bidui::workspace
