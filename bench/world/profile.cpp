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
                 .split_for_poverty = 0.004,
                 .sham_divorce = 0.0008,
                 .extra_member = 0.02,
                 .in_two_counties = 0.006,
                 .converted = 0.03,
                 .moved_out = 0.035,
                 .dead_still_paid = 0.2,
                 .two_allowances = 0.02,
                 .false_kind = 0.06,
                 .repaired_twice = 0.04,
                 .relocated_wrongly = 0.2,
                 .relocated_twice = 0.015,
                 .area_exceeded = 0.12,
                 .old_house_kept = 0.06,
                 .disability_unknown = 0.25,
                 .certificate = 0.65,
                 .errors = 1.6,
                 .corrected = 0.06,
                 .decided = 0.2};
}

}  // namespace bidui::world
