// How far the work on flags has come: by unit and by rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::connectors::report {

// Flags of one unit, whatever became of them.
struct Progress {
  std::string unit{};       // county, township; of a village its name
  std::string township{};   // of a village
  std::uint64_t found = 0;  // all that were raised
  std::uint64_t open = 0;
  std::uint64_t assigned = 0;  // not yet checked
  std::uint64_t overdue = 0;   // of these
  std::uint64_t found_true = 0;
  std::uint64_t found_false = 0;
  std::uint64_t cannot_tell = 0;
  std::uint64_t decided = 0;  // decided or further, not yet closed
  std::uint64_t dismissed = 0;
  std::uint64_t closed = 0;
  std::uint64_t gone = 0;  // before anybody had begun
};

struct RuleProgress {
  std::string rule{};
  std::string title{};
  Progress progress{};
  std::uint64_t told = 0;  // checks, since the rule exists, that could tell
  // How often they found it true; nullopt before the first.
  std::optional<double> precision{};
  double low = 0;  // 95 % interval
  double high = 1;
};

struct FlagProgress {
  std::string as_of{};  // the day of these counts, "" = there are none
  Progress county{};
  std::vector<Progress> townships{};  // by division
  std::vector<Progress> villages{};
  std::vector<RuleProgress> rules{};  // by identifier
};

// nullptr where nothing is known of the rule.
const RuleProgress* progress_of(const FlagProgress& progress, std::string_view rule);

}  // namespace bidui::connectors::report
