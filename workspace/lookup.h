// `bidui lookup`: find a person or household and show it in all sources.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "workspace/household_view.h"
#include "workspace/lookup_snapshot.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// A person who may be the one asked for.
struct Candidate {
  std::vector<RecordPlace> places{};   // of all sources
  std::vector<std::string> records{};  // their names
  std::vector<std::string> sources{};  // Chinese titles, as the records
  std::string name{};                  // of the record that fits best; masked, as all below
  std::string id_number{};
  std::string birth{};
  std::string place{};
  std::string household{};                // source:household_no of the first record that has one
  std::vector<std::string> households{};  // of all records, as `household`
  std::vector<std::string> divisions{};   // of all records: codes as far as they are known
  std::string reason{};                   // Chinese: what agrees with the query, and how
  std::string reason_en{};                // the same
  bool exact = false;                     // all that was asked for agrees
  double weight = 0;                      // bits for being the person asked for; ranks
};

// At least one of id, name, phone, household and record. Several narrow each other down.
struct LookupQuery {
  std::string id{};
  std::string name{};
  std::string phone{};
  std::string village{};    // with a name
  std::string born{};       // YYYY or a date, with a name
  std::string household{};  // source:household_no; alone
  std::string record{};     // source:key, for its person; alone
  bool all = false;         // near hits although there are exact ones; free texts in the facts
  Values values = Values::kMasked;  // of the household, not of candidates; kFull: reveal_log.h
  // Who may be shown; others are as if they were not there. Empty: all.
  std::function<bool(const Candidate&)> visible{};
};

struct LookupResult {
  std::string run{};                    // newest run, "" = none
  std::vector<Candidate> candidates{};  // best first, at most kMaxCandidates
  std::size_t candidate_count = 0;      // of persons, those left out too
  bool cut = false;  // more records fit the query than were looked at: narrow it down
  std::optional<HouseholdView> household{};  // of the one candidate that stands out
};

inline constexpr std::size_t kMaxCandidates = 50;

// Shows a household where one person fits alone, or exactly one fits exactly. Nothing found is a
// result. kInvalidArgument: an empty query, a household not written source:household_no, a source
// that does not exist. Reads single records only; the store may be open read-only.
Result<LookupResult> lookup(const Workspace& workspace, const LookupQuery& query);
// The same in a snapshot that many look-ups share; on any number of threads.
Result<LookupResult> lookup(const LookupSnapshot& snapshot, const LookupQuery& query);

}  // namespace bidui::workspace
