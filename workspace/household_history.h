// A household over time: who joined and left its list from delivery to delivery and why, what it
// was split from or merged into, what was said of it, the flags about it and what people did about
// them. Made from the deliveries that the store still has, the runs and the journal; a delivery
// that was withdrawn is no part of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "workspace/household_view.h"
#include "workspace/member_change.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

enum class EventKind : std::uint8_t {
  kListed,  // the first delivery that has the household
  kJoined,  // a member
  kLeft,
  kSplit,       // members went to a household that is new
  kSplitFrom,   // the household is new, of members of another that goes on
  kMergedFrom,  // came from a household that is no more
  kMergedInto,  // the household is no more, its members stand in another
  kGone,        // the household is in the list no more
  kFact,        // what the source says of it changed
  kFlagRaised,
  kFlagGone,
  kStep,     // what people did about a flag
  kPersons,  // a run took records together, or apart (lineage)
};
std::string_view event_kind_name(EventKind kind);

// Personal values are masked.
struct HistoryEvent {
  std::string date{};  // YYYY-MM-DD: the delivery's, the run's evaluation date, the step's
  EventKind kind = EventKind::kListed;
  std::string source{};  // instance; "" of flags and persons
  std::string title{};   // of the source, Chinese
  std::string text{};    // Chinese
  std::string text_en{};
};

struct HistoryDelivery {
  std::string source{};
  std::string title{};  // of the source, Chinese
  std::string as_of{};
  std::string household{};
  std::uint32_t members = 0;  // 0: not in it
};

struct HouseholdHistory {
  std::vector<HistoryDelivery> deliveries{};  // of each source that has the household, by date
  std::vector<HistoryEvent> events{};         // by date
};

// Of the households that a view shows, one of each source that has one. Reads single records only,
// and all flags once.
Result<HouseholdHistory> household_history(const Workspace& workspace, const HouseholdView& view);

}  // namespace bidui::workspace
