// The steps of advance().
#pragma once

#include "bench/world/decisions.h"

namespace bidui::world {

// The first day is over, the last one belongs to it.
struct Period {
  Day after = 0;
  Day until = 0;

  bool holds(Day day) const { return day > after && day <= until; }
};

// Deaths, registrations of the newborn, births, weddings, moves, splits.
void live_on(Office& office, const Period& period);
void report_deaths(Office& office, const Period& period);
// Natural changes, corrections, who is struck off and taken in, the exits of the year.
void keep_poverty_register(Office& office, const Period& period);
// Allowances, repairs, relocations.
void keep_benefits(Office& office, const Period& period);
// Vehicles and businesses.
void keep_holdings(Office& office, const Period& period);

}  // namespace bidui::world
