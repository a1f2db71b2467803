// What `bidui run` does, as the workspace's run.json says (docs/deliveries.md). When it does it is
// the timer's business.
//
//   { "watch": { "folder": "/srv/drop", "as_of": "modified", "settle": 60 },
//     "imports": [ { "source": "civil", "as_of": "today", "db": "county", "table": "public.civil"
//     },
//                  { "source": "death", "as_of": "today", "file": "/srv/death.csv" } ],
//     "compare": "changed",                   or "always", "never"
//     "report": { "out": "/srv/reports" } }   null: none; without "out": the run's own folder
//
// Each member may be missing: then that is not done, but for compare, which is "changed".
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::workspace {

struct PlannedWatch {
  std::filesystem::path folder{};
  std::string as_of{};  // "modified" or ""
  std::uint64_t settle = 60;
};

// A delivery that is fetched each time.
struct PlannedImport {
  std::string source{};
  std::string as_of{};     // a date, or "today"
  std::string coverage{};  // "" = the workspace's
  std::string db{};        // with table or query; else file
  std::string table{};
  std::string query{};
  std::string file{};
  bool changes = false;
};

enum class PlannedCompare : std::uint8_t { kChanged, kAlways, kNever };

struct RunPlan {
  std::optional<PlannedWatch> watch{};
  std::vector<PlannedImport> imports{};
  PlannedCompare compare = PlannedCompare::kChanged;
  bool report = false;
  std::filesystem::path report_out{};  // a folder for each run is made there; "" = the run's own
};

inline constexpr const char* kPlanFile = "run.json";

// Paths that are not absolute are below the workspace. kNotFound where there is no such file;
// kBadInput with file, line and column.
Result<RunPlan> read_run_plan(const std::filesystem::path& workspace);

}  // namespace bidui::workspace
