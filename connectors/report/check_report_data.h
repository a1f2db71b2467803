// A check report (核对报告): what the sources said of one household on one day, and what was done
// about it, to be printed, signed and checked later. All text is ready to be shown; personal values
// arrive masked, unless they were revealed for this report.
#pragma once

#include <string>
#include <vector>

#include "connectors/report/report_data.h"

namespace bidui::connectors::report {

// What one source says of one member, a line each; a line that differs from the reference stands
// out.
struct CheckLine {
  std::string text{};
  bool differs = false;
};
using CheckCell = std::vector<CheckLine>;

struct CheckSource {
  std::string title{};
  std::string as_of{};
  std::string household{};
  std::string address{};
  std::vector<std::string> facts{};
};

struct CheckMember {
  std::string number{};
  std::vector<CheckCell> cells{};  // parallel to CheckReport::sources
};

struct CheckStep {
  std::string day{};
  std::string who{};
  std::string what{};
  std::string then{};  // the state after it
};

struct CheckFlag {
  std::string flag_id{};
  std::string title{};
  Severity severity = Severity::kMedium;
  std::string level{};
  std::string status{};
  std::string state{};
  std::string subject{};
  std::vector<std::string> evidence{};
  std::string to_settle{};
  std::string basis{};
  std::vector<CheckStep> steps{};
  std::string frozen{};  // run and hash of the evidence
};

struct CheckBasis {
  std::string what{};
  std::string value{};
};

struct CheckReport {
  std::string county{};
  bool revealed = false;
  std::string head{};  // of the household
  std::string household{};
  std::string place{};
  std::string run{};
  std::string evaluation_date{};
  std::string issued_on{};
  std::string issued_by{};
  std::string purpose{};
  std::vector<std::string> remarks{};  // what the reader must know before anything else
  std::vector<CheckSource> sources{};  // that know one of the members
  std::vector<std::string> silent{};   // what the others do not say
  std::vector<CheckMember> members{};
  std::vector<CheckFlag> flags{};
  std::vector<CheckBasis> basis{};  // deliveries, model, rules by hash
};

}  // namespace bidui::connectors::report
