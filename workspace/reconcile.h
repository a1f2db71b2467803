// `bidui reconcile`: two lists of a run taken apart into what stands in both, in one only, as
// another kind, of another date or at another place (catalogue: HOUSE_COUNT_DIVERGENCE), down to
// the household. Every sum closes: see GroupCounts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "workspace/listed_source.h"
#include "workspace/village_kinds.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct ReconcileOptions {
  std::string run{};  // "": the newest
  ListOptions left{};
  ListOptions right{};
  // Of kOwnGroupings (list_grouping.h), or a field that both have.
  std::string by = "township";
  VillageKinds village_kinds{};  // for "village_kind"
};

// What became of an item of one list.
enum class ItemClass : std::uint8_t {
  kSame,
  kOtherKind,   // in both, as another kind of case
  kOtherSince,  // in both, of another year or date
  kElsewhere,   // in both, but in the other list under another group (place, kind)
  kRepeated,
  kPossible,
  kMissing,
};
inline constexpr std::size_t kItemClasses = 7;
inline constexpr std::size_t kSharedClasses = 3;  // the first: counted once for both lists

std::string_view item_class_name(ItemClass item_class);  // "other_kind"

// Why, as far as the sources say.
enum class DifferenceReason : std::uint8_t {
  kDiffers,       // both have it: see the values
  kSameTwice,     // the same row or house again
  kAnotherHouse,  // the same person, another house
  kAnotherUnit,   // its people stand in the other list in another household
  kReviewLink,    // a possible link only
  kDied,          // all its people are dead
  kMovedOut,      // or have moved away
  kAfterOther,    // newer than the other list
  kNotInCivil,    // nobody of it is in the civil registry
  kNotListed,     // nothing explains it
};
std::string_view difference_reason_name(DifferenceReason reason);

// Items of a group. left = same + other_kind + other_since + left_own's sum, and right alike: both
// are counted apart from the classes, so that the sums can be checked.
struct GroupCounts {
  std::string group{};     // "" of rows that do not say
  std::string township{};  // of a village
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  std::uint64_t left_members = 0;  // rows
  std::uint64_t right_members = 0;
  std::array<std::uint64_t, kSharedClasses> shared{};
  std::array<std::uint64_t, kItemClasses - kSharedClasses> left_own{};
  std::array<std::uint64_t, kItemClasses - kSharedClasses> right_own{};

  bool closes() const;
};

// One side of a difference; all "" where the list has nothing.
struct ListSide {
  std::string key{};
  std::string name{};  // masked
  std::string township{};
  std::string village{};
  std::string kind{};
  std::string since{};
  std::uint32_t members = 0;

  bool present() const { return !key.empty(); }
};

// An item that makes the lists differ; of a pair one row for both sides.
struct ListDifference {
  ItemClass item_class = ItemClass::kMissing;
  DifferenceReason reason = DifferenceReason::kNotListed;
  bool of_left = true;  // whose item it is, where it is one list's
  ListSide left{};
  ListSide right{};
  std::string rival{};  // kRepeated: the item of its own list that stands for the same people
};

// How many items in both are of which kinds.
struct KindPair {
  std::string left{};
  std::string right{};
  std::uint64_t count = 0;
};

struct ListTitle {
  std::string instance{};
  std::string title{};  // Chinese
  std::string title_en{};
  std::string as_of{};
  std::string kind_title{};  // of the field, "" where kinds are not compared
  std::string since_title{};
  bool households = false;  // its items are households, else rows (houses, persons)
  bool houses = false;
};

struct Reconciliation {
  std::string run{};
  std::string by{};
  ListTitle left{};
  ListTitle right{};
  bool kinds_compared = false;
  bool sinces_compared = false;
  bool outdated = false;                 // newer deliveries have come since the run
  std::vector<GroupCounts> all{};        // one: the lists as one group
  std::vector<GroupCounts> groups{};     // by `by`
  std::vector<GroupCounts> townships{};  // always, for files
  std::vector<GroupCounts> villages{};
  std::vector<GroupCounts> kinds{};           // where kinds are compared
  std::vector<KindPair> kind_pairs{};         // differing kinds, most first
  std::vector<ListDifference> differences{};  // by class, then place
};

// Kinds and dates are compared where both lists are of one source (`housing@county`,
// `housing@national`), or where fields are named for both. kNotFound (nothing was compared, no such
// source in the run), kInvalidArgument (no such field or grouping). Reads the run's links, no
// features of other sources; memory grows with the two lists.
Result<Reconciliation> reconcile(const Workspace& workspace, const ReconcileOptions& options);

}  // namespace bidui::workspace
