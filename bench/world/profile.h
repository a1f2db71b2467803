// How much of what happens in a county, and how its offices write: the first profile is the one
// that the rules were made with; the second differs in rates and habits, to judge them once.
#pragma once

#include <string_view>

#include "matcher/base/result.h"

namespace bidui::world {

struct Profile {
  bool second = false;  // other headers, file names, encodings

  // What a poor household has and should not have: shares of poor households.
  double car = 0.035;
  double business = 0.02;
  double post = 0.015;
  double urban_home = 0.012;
  // The look-alikes beside each of them, as a multiple of the real ones.
  double lookalikes = 1.0;

  // Shares of the homes or households that the decision could touch.
  double elders_listed_alone = 0.2;  // of old couples that split off on paper
  double split_for_poverty = 0.015;  // of other homes with four or more
  double sham_divorce = 0.01;        // of couples in such homes
  double extra_member = 0.02;        // of poor households
  double change_forgotten = 0.08;    // of births and weddings since the identification
  double departure_forgotten = 0.2;  // of weddings into another home since the identification
  double in_two_counties = 0.02;     // of poor households
  double converted = 0.012;          // of poor households, 农转非
  double moved_out = 0.08;           // of poor households with three or more
  double dead_still_paid = 0.35;     // of deaths in homes on allowance
  double two_allowances = 0.02;      // of allowance cases
  double false_kind = 0.12;          // of repaired houses of ordinary homes
  double aided_in_danger = 0.5;      // of homes on allowance that are not listed
  double repaired_twice = 0.02;      // of repaired houses
  double relocated_wrongly = 0.3;    // of 同步搬迁 households: written as registered poor
  double relocated_twice = 0.06;     // of relocation households
  double area_exceeded = 0.1;        // of relocation households
  double old_house_kept = 0.2;       // of those moved
  double disability_unknown = 0.12;  // of the poor with a certificate
  double certificate = 0.8;          // of the disabled

  double errors = 1.0;      // multiplies the identity, name and birth errors
  double corrected = 0.12;  // of wrong rows, from one round of deliveries to the next
  double decided = 0.35;    // of contradictions that the offices settle in a round
};

// "first" or "second". Errors: kInvalidArgument.
Result<Profile> profile_named(std::string_view name);

}  // namespace bidui::world
