// Which flags come first where there is not work for all: the gravest, on the best links, with most
// money at stake.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "matcher/schema/schema.h"

namespace bidui::workspace {

struct ShownFlag;  // shown_flag.h

// How much there is work for; 0: no limit. Flags of a place that is unknown have no part in it: no
// township can be given them before it is found out where they belong.
struct WorkCap {
  std::size_t per_township = 0;
  std::size_t county = 0;
  // By township_of(): what is in hand there already, and takes of its share (and the county's).
  std::map<std::string, std::size_t> in_hand{};

  bool is_set() const { return per_township != 0 || county != 0; }
};

// The township's code, or its name where the code is unknown; "" of a place that is unknown.
std::string township_of(const ShownFlag& flag);
bool has_place(const ShownFlag& flag);

// The largest amount that the evidence shows, as yuan of one payment or year: what a monthly amount
// comes to in twelve months. 0 where it shows none.
double money_at_stake(std::span<const schema::Schema> schemas, const ShownFlag& flag);

// Best first: severity, link level, money, then as flag::ranks_before(): the order is total.
void rank_flags(std::span<const schema::Schema> schemas, std::vector<ShownFlag>& flags);

// What a cap leaves as it is.
struct BeyondCap {
  std::size_t flags = 0;          // for which there is no room
  std::size_t without_place = 0;  // beside those
};

// Keeps the best of each township, and of all of these the best of the county. REQUIRES: ranked.
BeyondCap apply_cap(const WorkCap& cap, std::vector<ShownFlag>& ranked);

}  // namespace bidui::workspace
