// The truth of the rules at the date of the deliveries, found in the lives and the decisions, never
// in the written text. One function per group of rules; each adds to `registers.contradictions`.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "bench/world/decisions.h"

namespace bidui::world {

// Where people and homes stand in the registers, by index.
struct Standing {
  explicit Standing(const Office& office);

  template <typename Key>
  using Places = std::unordered_map<Key, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;
  Places<PersonIndex> poverty;    // (household, member)
  Places<PersonIndex> allowance;  // (case, member)
  Places<HomeIndex> houses;       // (house, 0)
  Places<PersonIndex> owned;      // (house, 0)
  Places<HomeIndex> relocation;   // (case, 0)
  Places<PersonIndex> children;   // (child, 0)

  template <typename Key>
  static const std::vector<std::pair<std::uint32_t, std::uint32_t>>& at(const Places<Key>& places,
                                                                        Key key) {
    static const std::vector<std::pair<std::uint32_t, std::uint32_t>> kNowhere;
    const auto found = places.find(key);
    return found == places.end() ? kNowhere : found->second;
  }
};

struct Finder {
  Office& office;
  const World& world;
  Registers& registers;
  const Standing& standing;

  void note(std::string_view rule, Source source, std::string subject, bool household,
            std::string other, std::string_view exception, std::string note = "") {
    registers.contradictions.push_back({.rule = rule,
                                        .source = source,
                                        .subject = std::move(subject),
                                        .household = household,
                                        .other = std::move(other),
                                        .planted = exception.empty(),
                                        .exception = exception,
                                        .note = std::move(note)});
  }
};

std::string allowance_key(const AllowanceCase& given, std::size_t member);
// The last day of the year in which the household left poverty; kNever for those still poor.
Day exit_day(const PovertyHousehold& household);

void find_means(Finder& finder);
void find_dead(Finder& finder);
void find_allowance(Finder& finder);
void find_houses(Finder& finder);
void find_missed(Finder& finder);
void find_relocation(Finder& finder);
void find_duplicates(Finder& finder);
void find_members(Finder& finder);
void find_splits(Finder& finder);

// All of them, in place of what the decisions noted.
void find_contradictions(Office& office);

}  // namespace bidui::world
