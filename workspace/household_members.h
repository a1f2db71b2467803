// Whom a household view shows: one household of each source, and all records of their members.
#pragma once

#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "workspace/kept_run.h"
#include "workspace/record_reader.h"

namespace bidui::workspace {

inline constexpr std::size_t kMaxMembers = 60;

struct HouseholdRequest {
  std::vector<RecordPlace> records{};  // of the person or household that was asked for; not empty
  bool whole_household = false;        // the records are a household, not a person
  bool all_facts = false;              // free texts too
  Values values = Values::kMasked;     // kFull after log_reveal() only
};

// A person's records, by place; the reader has loaded them.
struct ShownPerson {
  std::vector<RecordPlace> records{};
  bool asked = false;
};

struct HouseholdMembers {
  std::vector<std::string> columns{};  // of each source the household shown; "" = none
  std::vector<ShownPerson> persons{};  // the head first
  bool cut = false;                    // there were more members than kMaxMembers
};

// The households: those of the records asked for; in the other sources the one that shares most
// members with them. `run` may be null; where it did not see the current deliveries (`current`),
// people of the same number and name are shown as one. Errors: those of the store.
Result<HouseholdMembers> household_members(RecordReader& reader, const KeptRun* run, bool current,
                                           const HouseholdRequest& request);

}  // namespace bidui::workspace
