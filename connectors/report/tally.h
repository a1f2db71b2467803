// The counts of a report, derived from its flags: one source of truth for page, workbook and CSV.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/report/report_data.h"

namespace bidui::connectors::report {

struct RuleTally {
  std::array<std::uint64_t, kStatuses> by_status{};
  std::array<std::uint64_t, kSeverities> by_severity{};  // by gravity(); current flags only
  std::uint64_t current = 0;                             // all but those gone
  std::vector<const FlagRow*> flags;  // by place, household, flag; those gone too
};

// One line of the matrix townships × rules; current flags only.
struct TownshipTally {
  std::string division;
  std::string name;  // empty: place unknown
  std::uint64_t households = 0;
  std::vector<std::uint64_t> by_rule;  // parallel to Tally::rules
  std::uint64_t total = 0;
};

struct VillageTally {
  std::string township;
  std::string village;
  std::uint64_t total = 0;
  std::array<std::uint64_t, kSeverities> by_severity{};
};

struct ReasonTally {
  std::string source;
  std::string reason;
  std::uint64_t count = 0;
};

struct Tally {
  std::vector<RuleRow> rules;          // ReportData::rules, and rules that only flags name
  std::vector<RuleTally> by_rule;      // parallel to rules
  std::vector<TownshipTally> towns;    // by division; place unknown last
  std::vector<VillageTally> villages;  // most flags first, then by place
  std::vector<ReasonTally> rejects;    // most first
  std::array<std::uint64_t, kSeverities> by_severity{};
  std::array<std::uint64_t, kStatuses> by_status{};
  std::uint64_t current = 0;
  std::uint64_t households = 0;  // different households (source and number) with a current flag
  std::uint64_t rules_evaluated = 0;
};

// O(n log n) in the flags. Points into `data`, which must outlive the result.
Tally tally(const ReportData& data);

// Title of a source as its delivery names it ("建档立卡"), else the source's own name. Lives as
// long as `data` and `source`.
std::string_view source_title(const ReportData& data, std::string_view source);

// linked / records as a share, 0 where there are no records.
double link_rate(const LinkRow& row);

}  // namespace bidui::connectors::report
