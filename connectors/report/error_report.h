// The error sheet of a run as a report shows it: what was linked with what, how, and how often
// wrongly, by groups of records (laid out as the GUILD guidance asks: data, linkage, errors by
// subgroup, limits).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bidui::connectors::report {

// A share from 0 to 1, with the 95 % interval of a review; an estimate without one has at most
// `high`, up to where chance may take it.
struct RateEstimate {
  std::optional<double> value{};
  std::optional<double> low{};
  std::optional<double> high{};
};

// The errors of one group. Rows of one dimension stand together.
struct ErrorRow {
  std::string dimension{};  // "乡镇"
  std::string group{};      // "复兴镇"
  std::uint64_t records = 0;
  std::uint64_t linked = 0;  // records linked with the civil registry (of a pair: the right source)
  std::uint64_t unlinkable = 0;  // records too poor in fields to be linked
  std::uint64_t links = 0;
  RateEstimate false_rate{};
  RateEstimate missed_rate{};
};

// One kind of fuzzy keys: entries, of them refined because too common, of them left out.
struct KeyRow {
  std::string kind{};  // Chinese
  std::string english_kind{};
  std::uint64_t keys = 0;
  std::uint64_t refined = 0;
  std::uint64_t cut = 0;
};

// What the keys missed by capture–recapture, per pair of sources; at least `low`.
struct CaptureRow {
  std::string sources{};
  std::uint64_t found = 0;
  double missed = 0;
  double low = 0;
  double high = 0;
};

// An agreement level of one comparison in the model of one source.
struct LevelRow {
  std::string source{};
  std::string comparison{};
  std::string level{};
  double m = 0;  // probability among matches
  double relatives = 0;
  double u = 0;               // among strangers
  double bits = 0;            // log2 m/u
  double relatives_bits = 0;  // log2 m/relatives
};

struct ErrorReport {
  bool reviewed = false;  // calibrated by reviewed pairs, else the model's own estimate
  std::string basis{};    // what the figures rest on, a sentence
  std::vector<ErrorRow> rows{};
  std::vector<KeyRow> keys{};
  std::vector<CaptureRow> captured{};
  std::vector<LevelRow> levels{};
  std::vector<std::string> limits{};  // what the figures do not say, a sentence each
};

}  // namespace bidui::connectors::report
