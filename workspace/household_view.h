// One household in all sources, side by side: what an auditor looks at. Personal values are masked,
// unless all of them were asked for.
#pragma once

#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/value.h"
#include "workspace/household_members.h"
#include "workspace/lineage.h"
#include "workspace/lookup_snapshot.h"
#include "workspace/record_reader.h"
#include "workspace/shown_flag.h"

namespace bidui::workspace {

// How a record's value departs from the reference record of its person.
struct Difference {
  std::string field{};  // id of the comparison: "name", "id", "birth", "sex"
  std::string title{};  // Chinese
  std::string level{};  // "homophone", "one_edit", …
  std::string level_title{};
  std::string value{};  // the record's own
};

// One record of a person in one source.
struct MemberRecord {
  std::size_t source = 0;  // position in HouseholdView::sources
  std::string record{};    // source:key
  std::string file{};
  std::uint32_t row = 0;  // in the file, as a person counts
  std::string name{};
  std::string id_number{};
  std::string id_state{};  // Chinese, where the number is missing or cannot be right; else ""
  std::string id_state_en{};
  std::string birth{};  // YYYY-MM-DD as far as known
  std::string relation{};
  std::string household{};
  bool other_household = false;  // not the household that stands at the head of the column
  bool reference = false;        // the record that the others are compared with
  rule::LinkLevel level = rule::LinkLevel::kNone;  // to the reference; kNone for itself
  std::vector<Difference> differences{};
};

struct Member {
  bool asked = false;                   // the person that was looked up
  std::vector<MemberRecord> records{};  // by source
};

struct Fact {
  std::string field{};
  std::string title{};  // Chinese; in English the field's identifier serves (spaced())
  std::string value{};
  std::string record{};  // empty: the same on all records of the household
  std::string who{};     // name of the record's person, where `record` is not empty
};

struct SourceSide {
  std::string instance{};
  std::string title{};
  std::string title_en{};
  std::string as_of{};
  bool delivered = false;
  std::string household{};  // the household shown; "" where there is none
  std::string address{};
  std::size_t records = 0;  // of this household's members shown
  std::vector<Fact> facts{};
};

struct PossibleLink {
  std::string left{};
  std::string right{};
  double weight = 0;
  double probability = 0;
};

struct HouseholdView {
  std::string run{};  // "" where nothing was compared yet: members are then matched by number and
                      // name only
  bool current = false;                  // the run saw exactly the deliveries shown
  Values values = Values::kMasked;       // how personal values stand here
  bool cut = false;                      // there were more members than kMaxMembers
  std::vector<std::string> divisions{};  // of all records shown: codes as far as they are known
  std::vector<SourceSide> sources{};     // all that the program knows
  std::vector<Member> members{};
  std::vector<PossibleLink> possible{};
  Lineage lineage{};               // how the newest run changed these persons, if it did
  std::vector<ShownFlag> flags{};  // gravest first
};

// `reader`: of the snapshot. Errors: those of the store.
Result<HouseholdView> view_household(const LookupSnapshot& snapshot, RecordReader& reader,
                                     const HouseholdRequest& request);

}  // namespace bidui::workspace
