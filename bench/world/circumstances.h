// What befalls the people after they are born and married: work elsewhere, army, school, illness,
// disability, a second registration, a number that two people share; and who is hard up.
#pragma once

#include "bench/world/lives.h"
#include "bench/world/names.h"
#include "bench/world/random.h"

namespace bidui::world {

// Fills the members and heads of homes and booklets, and all that Person and Home say beyond
// birth, kinship and number. Call once, after the families are there.
// `disputed_numbers`: whether some people share a number (重号) and some have two (重户).
void settle_circumstances(World& world, const NameTables& names, IdOffice& office,
                          bool disputed_numbers, Rng& rng);

// The head of a list of people: the oldest man of working age, else the oldest adult, else anybody;
// kNone for nobody alive.
PersonIndex choose_head(const World& world, const std::vector<PersonIndex>& members);

// People without a row in the county's registry whom the registries may still name: neighbours of
// another county (as a family of `size`), or somebody invented. They get indices of their own and
// no booklet. `village` gives the home of a family; the first one made is its head.
PersonIndex add_outsider(World& world, const NameTables& names, IdOffice& office, HomeIndex home,
                         Rng& rng);
PersonIndex add_invented(World& world, const NameTables& names, IdOffice& office, HomeIndex home,
                         Rng& rng);

}  // namespace bidui::world
