// The indicators of design §5 (漏评率, 错评率, 错退率, 识别准确率, 综合贫困发生率), each with its
// definition: from a random sample of visits, and from flags that people found true.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/model/proportion.h"
#include "workspace/visit_sample.h"

namespace bidui::workspace {

enum class Indicator : std::uint8_t {
  kMissedRate,        // 漏评率
  kWronglyIncluded,   // 错评率
  kWronglyExited,     // 错退率
  kAccuracy,          // 识别准确率
  kPovertyIncidence,  // 综合贫困发生率
};
inline constexpr std::size_t kIndicators = 5;
std::string_view indicator_name(Indicator indicator);  // "missed_rate"
std::string indicator_title(Indicator indicator, bool chinese);
// Of the first three the rules whose flags are its candidates (schemas/indicators.json).
std::vector<std::string> rules_of(Indicator indicator);
// "missed", "wrongly_included", "wrongly_exited"
std::optional<Indicator> parse_flagged_indicator(std::string_view name);
// One sentence: what is divided by what.
std::string indicator_definition(Indicator indicator, bool chinese);

struct IndicatorEstimate {
  Indicator indicator = Indicator::kMissedRate;
  model::Estimate households{};
  model::Estimate persons{};
  bool by_households = true;  // the incidence counts people only
  // Of each status that it is about, and that has households, somebody was visited: else nothing
  // can be said of the county.
  bool known = true;
  std::uint64_t visited = 0;  // that could be told, of those it is about
  std::uint64_t hits = 0;
};

struct StratumProgress {
  VisitStratum stratum{};
  std::array<std::uint64_t, kVisitOutcomes> outcomes{};
  std::uint64_t open = 0;  // no result yet
};

struct SampleReport {
  VisitSample sample{};
  std::vector<StratumProgress> strata{};
  std::vector<IndicatorEstimate> indicators{};  // empty before the first result
  std::uint64_t results = 0;
  std::uint64_t cannot_tell = 0;
};

// `sample` "": the newest. Visits that could not tell are left out, as if not drawn. kNotFound.
Result<SampleReport> report_visits(const store::Store& store, std::string_view sample);
SampleReport estimate_indicators(VisitSample sample, const VisitResults& results);

// What flags say of an indicator: a floor, for nobody looked where no flag was raised.
struct FlaggedIndicator {
  Indicator indicator = Indicator::kMissedRate;
  std::vector<std::string> rules{};  // that bear on it and have flags
  std::uint64_t found_true = 0;      // households, or persons' households, of which one was true
  std::uint64_t open = 0;            // more with a flag that nobody has settled
  std::uint64_t households = 0;      // it is divided by
  double floor() const {
    return households == 0 ? 0 : static_cast<double>(found_true) / static_cast<double>(households);
  }
  double ceiling() const {
    return households == 0
               ? 0
               : static_cast<double>(found_true + open) / static_cast<double>(households);
  }
};

struct FlagIndicators {
  std::string run{};
  std::vector<FlaggedIndicator> indicators{};  // missed, wrongly included, wrongly exited
};

// Of the newest run. Which rule bears on which indicator: schemas/indicators.json.
Result<FlagIndicators> indicators_of_flags(const Workspace& workspace);

}  // namespace bidui::workspace
