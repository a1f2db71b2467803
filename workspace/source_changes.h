// Natural increase and decrease (自然增减) of one list between two days: who joined and left, why,
// and which households were split and merged, by township.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "workspace/member_change.h"
#include "workspace/progress.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// People of a township. after = before + joined - left, where a move between two households of the
// list counts for neither, unless it crosses the township's border: then in kFromHousehold there
// and kToHousehold here. Rows of the civil registry that are struck off count as gone.
struct TownshipChange {
  std::string township{};  // "" where rows do not say
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  std::array<std::uint64_t, kMemberChanges> changes{};
  std::uint64_t households_before = 0;
  std::uint64_t households_after = 0;
  std::uint64_t new_households = 0;   // of people who were in no household of the list before
  std::uint64_t split = 0;            // households that are new, with people of one that goes on
  std::uint64_t merged = 0;           // households that are no more, with people now in another
  std::uint64_t gone_households = 0;  // none of whose people are in the list any more

  bool closes() const;
};

// A person who joined or left.
struct ChangedPerson {
  MemberChange change = MemberChange::kAdded;
  std::string township{};
  std::string village{};
  std::string record{};  // key
  std::string household{};
  std::string name{};   // masked
  std::string birth{};  // masked
  std::string other{};  // the household from or to which, of the list
};

struct SourceChanges {
  std::string instance{};
  std::string title{};
  std::string before{};  // as-of date of the earlier list
  std::string after{};
  TownshipChange all{};
  std::vector<TownshipChange> townships{};
  std::vector<ChangedPerson> persons{};  // by change, township, key
};

struct ChangeOptions {
  std::string instance = "poverty";
  std::string from{};  // YYYY-MM-DD: the list as of then; "": the one before `to`
  std::string to{};    // "": the newest
};

// Lists are the deliveries that count on a day, of all coverages. kInvalidArgument (a date),
// kNotFound (no such source, or only one delivery). Reads both lists, and of the registries the
// records of those who changed. Memory grows with the lists.
Result<SourceChanges> source_changes(const Workspace& workspace, const ChangeOptions& options);

}  // namespace bidui::workspace
