// A flag's evidence laid out for a report: the values of one person side by side, others in a line
// each.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "connectors/report/report_data.h"
#include "workspace/flag_evidence.h"
#include "workspace/run_world.h"

namespace bidui::workspace {

// "source:key" to the record of the run; records that the run does not have are missing.
using RecordNames = std::unordered_map<std::string, rule::RecordRef>;

// What stands on the flag's row already and need not be said again.
struct FlagSubject {
  std::string subject{};  // "source:key" of the record whose name stands there
  std::string township{};
  std::string village{};
  std::string household_no{};
};

// The subject's person comes field by field, the sources beside each other: what the rule is about
// first, then what identifies the person. Each record of another person gets one line. Values that
// differ behind the mask get a remark.
std::vector<connectors::report::EvidenceLine> evidence_lines(const FlagEvidence& evidence,
                                                             const FlagSubject& subject,
                                                             const RunWorld& world,
                                                             const RecordNames& names);

// Both records of a possible link, compared field by field.
std::vector<connectors::report::EvidenceLine> link_evidence(const RunWorld& world,
                                                            rule::RecordRef left,
                                                            rule::RecordRef right);

}  // namespace bidui::workspace
