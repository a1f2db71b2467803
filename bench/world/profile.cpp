#include "bench/world/profile.h"

namespace bidui::world {

Result<Profile> profile_named(std::string_view name) {
  if (name == "first") return Profile{};
  if (name != "second") {
    return make_error(ErrorCode::kInvalidArgument, "--profile wants first or second");
  }
  return Profile{.second = true,
                 .car = 0.06,
                 .business = 0.012,
                 .post = 0.025,
                 .urban_home = 0.02,
                 .lookalikes = 1.8,
                 .elders_listed_alone = 0.35,
                 .split_for_poverty = 0.022,
                 .sham_divorce = 0.006,
                 .extra_member = 0.035,
                 .change_forgotten = 0.14,
                 .departure_forgotten = 0.3,
                 .in_two_counties = 0.012,
                 .converted = 0.03,
                 .moved_out = 0.05,
                 .dead_still_paid = 0.2,
                 .two_allowances = 0.035,
                 .false_kind = 0.06,
                 .aided_in_danger = 0.7,
                 .repaired_twice = 0.04,
                 .relocated_wrongly = 0.45,
                 .relocated_twice = 0.03,
                 .area_exceeded = 0.16,
                 .old_house_kept = 0.12,
                 .disability_unknown = 0.25,
                 .certificate = 0.65,
                 .errors = 1.6,
                 .corrected = 0.06,
                 .decided = 0.2};
}

}  // namespace bidui::world
