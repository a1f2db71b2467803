// Everything that a report of one run shows, as one plain value: the report's writers read nothing
// else. Personal values (names, ID numbers, phones) arrive already masked; the writers never
// unmask. All text is UTF-8; bytes that are not are shown as U+FFFD.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connectors/report/error_report.h"
#include "connectors/report/flag_progress.h"
#include "matcher/flag/flag.h"

namespace bidui::connectors::report {

using FlagStatus = flag::Status;  // compared with the run before (contracts §3)
inline constexpr std::size_t kStatuses = 5;

// How good the links are that a flag rests on. `kNone`: the flag needs no link.
using rule::LinkLevel;

using rule::Severity;
inline constexpr std::size_t kSeverities = 4;

// Position in every list of severities, the gravest first (0).
constexpr std::size_t gravity(Severity severity) {
  return kSeverities - 1 - static_cast<std::size_t>(severity);
}
// The severity at a position. REQUIRES: gravity < kSeverities.
constexpr Severity severity_at(std::size_t gravity) {
  return static_cast<Severity>(kSeverities - 1 - gravity);
}

// One delivery as imported: read = loaded + rejected + skipped.
struct SourceRow {
  std::string source{};    // "poverty", "housing@county"
  std::string title{};     // "建档立卡"
  std::string as_of{};     // "2017-11-20"
  std::string files{};     // file names, joined for a person
  std::string encoding{};  // "GB18030"
  std::string coverage{};  // division covered: "500235 云阳县"
  std::uint64_t read = 0;
  std::uint64_t loaded = 0;
  std::uint64_t rejected = 0;
  std::uint64_t skipped = 0;
};

// How the records of one source were linked to another. Rates are shares from 0 to 1.
struct LinkRow {
  std::string left_source{};
  std::string right_source{};
  std::uint64_t records = 0;  // records of the left source
  std::uint64_t linked_l3 = 0;
  std::uint64_t linked_l2 = 0;
  std::uint64_t possible = 0;  // at best a possible link (L1)
  std::uint64_t unlinked = 0;
  RateEstimate false_rate{};   // share of false links among links
  RateEstimate missed_rate{};  // share of true pairs that were not linked
  std::string note{};          // how the rates were estimated
};

// Scored pairs of two sources by match weight (log2 posterior odds).
struct ScoreHistogram {
  std::string left_source{};
  std::string right_source{};
  double first_bits = 0;  // lower edge of the first bin
  double bin_bits = 1;    // width of each bin, above 0
  std::vector<std::uint64_t> counts{};
  std::optional<double> link_bits{};      // links lie at or above this weight
  std::optional<double> possible_bits{};  // possible links lie between this and link_bits
};

// A rule of the run. Its counts are derived from the flags (tally.h).
struct RuleRow {
  std::string id{};     // "DEAD_IN_PR"
  std::string title{};  // "死亡仍在册"
  Severity severity = Severity::kMedium;
  std::string definition{};     // what it tests, in a sentence
  std::string not_evaluated{};  // why it could not be evaluated; empty when it was
};

// One compared fact. A side without value stands with an empty source.
struct EvidenceLine {
  std::string label{};  // "姓名"
  std::string left_source{};
  std::string left_value{};
  std::string right_source{};
  std::string right_value{};
  bool differs = false;
};

struct FlagRow {
  std::string flag_id{};
  std::string rule{};  // RuleRow::id
  Severity severity = Severity::kMedium;
  LinkLevel level = LinkLevel::kNone;
  FlagStatus status = FlagStatus::kNew;
  std::string division{};  // division code: the order of places; empty where the place is unknown
  std::string township{};  // names, empty where unknown
  std::string village{};
  std::string subject_source{};
  std::string subject_key{};
  std::string subject_kind{};  // "record" or "household" (contracts §3)
  std::string household_no{};
  std::string names{};  // masked
  std::vector<EvidenceLine> evidence{};
  std::string visit{};     // what a visit must settle
  std::string basis{};     // legal or policy basis
  std::string deadline{};  // "2017-12-31"
  std::string mark{};      // by which a returned row is known (workspace/task_mark.h); not kept
};

struct PossibleLink {
  std::string left_source{};
  std::string left_key{};
  std::string left_name{};  // masked
  std::string right_source{};
  std::string right_key{};
  std::string right_name{};  // masked
  std::string township{};
  std::string village{};
  double weight_bits = 0;  // log2 posterior odds
  double probability = 0;
  std::vector<EvidenceLine> evidence{};
};

// A row that was not loaded (contracts §1).
struct RejectRow {
  std::string source{};
  std::string file{};
  std::uint64_t row = 0;  // from 1, as a person counts in the file
  std::string field{};
  std::string reason{};
  std::string value{};  // masked
};

// Values mended by standardisation, counted.
struct RepairRow {
  std::string source{};
  std::string repair{};  // "15 位证号升 18 位"
  std::uint64_t count = 0;
};

// A township, for its place in the matrix. Those without flags are shown too.
struct TownshipRow {
  std::string division{};  // 9 digits, or what FlagRow::division starts with
  std::string name{};
  std::uint64_t households = 0;  // households of the poverty registry; 0 where unknown
};

struct ReportData {
  std::string run_id{};
  std::string evaluation_date{};  // "2017-11-20"
  std::string program_version{};
  std::string county_name{};
  std::string county_division{};
  std::vector<SourceRow> sources{};
  std::vector<LinkRow> links{};
  std::vector<ScoreHistogram> histograms{};
  std::vector<RuleRow> rules{};          // in the order in which they are shown
  std::vector<TownshipRow> townships{};  // may be empty: then those of the flags
  std::vector<FlagRow> flags{};          // in any order
  std::vector<PossibleLink> possible{};  // the likeliest of them, that people could review
  std::uint64_t possible_total = 0;      // how many there are; 0: those above are all
  std::vector<RejectRow> rejects{};
  std::vector<RepairRow> repairs{};
  std::vector<std::string> notes{};  // remarks, one paragraph each
  ErrorReport errors{};
  FlagProgress progress{};  // as of the report's making: not kept with the run

  std::uint64_t possible_count() const {
    return std::max<std::uint64_t>(possible_total, possible.size());
  }
};

}  // namespace bidui::connectors::report
