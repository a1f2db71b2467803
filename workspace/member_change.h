// Why a person probably joined or left a household's list between two deliveries, as far as the
// civil registry and the death registries say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bidui::workspace {

enum class MemberChange : std::uint8_t {
  // joined
  kBorn,
  kMarriedIn,
  kMovedIn,
  kFromHousehold,  // from another household of the same list: a split or a merger
  kAdded,          // lived here before, as far as is known: entered late (补录)
  // left
  kDied,
  kMarriedOut,
  kMovedOut,
  kToHousehold,
  kRemoved,  // still registered here: taken off the list
};
inline constexpr std::size_t kMemberChanges = 10;
inline constexpr std::size_t kJoinChanges = 5;  // the first

std::string_view member_change_name(MemberChange change);  // "born"
std::string member_change_title(MemberChange change, bool chinese);

// What the registries know of a person today.
struct PersonFacts {
  std::string_view change_reason{};  // code of the civil registry, "" if none
  std::string change_date{};         // "2017-05-03" as far as known
  std::string_view cancelled{};      // code, "" if none
  bool dead = false;                 // a death registry has the person
};

// Of a person who stands in the list of a day, and stood not in that of `before` (YYYY-MM-DD), in
// any household. `birth`: packed, 0 unknown.
MemberChange reason_joined(const PersonFacts& facts, std::uint32_t birth, std::string_view before);
// Of a person who stood in an earlier list and stands in none of its households now.
MemberChange reason_left(const PersonFacts& facts);

}  // namespace bidui::workspace
