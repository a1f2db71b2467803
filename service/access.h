// Who may do what: the roles of accounts, their powers, and the one table of both. Each route names
// the power it needs (routes.h); there is no other way to one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/flag/disposition.h"

namespace bidui::service {

enum class Role : std::uint8_t {
  kVillage,
  kTownship,
  kCounty,         // worker of the poverty office
  kDataOfficer,    // imports, compares, keeps a source's data
  kAuditor,        // looks households up, for a purpose that is said
  kSecurityAdmin,  // accounts and authorisations
  kLogAuditor,     // the audit log
};
inline constexpr std::size_t kRoles = 7;

enum class Power : std::uint8_t {
  kAnyone,    // not signed in either
  kSignedIn,  // one's own session
  kLookup,
  kReveal,  // a field in full
  kFlagsRead,
  kFlagsAct,
  kRunsRead,
  kRunsStart,
  kAuditRead,
  kUsersManage,
  kAuthorisationsManage,
};

// "data_officer"; stable.
std::string_view role_name(Role role);
std::optional<Role> parse_role(std::string_view name);
std::string_view power_name(Power power);

// The table.
std::span<const Power> powers_of(Role role);
// As whom such an account takes steps about flags.
std::vector<flag::Role> step_roles_of(Role role);

// What an account is allowed.
class Powers {
 public:
  explicit Powers(std::span<const Role> roles);
  bool has(Power power) const { return has_[static_cast<std::size_t>(power)]; }
  std::vector<Power> list() const;

 private:
  std::array<bool, 11> has_{};
};

// 三员分立: auditor, security administrator and log auditor each stand alone: whoever looks
// households up neither hands out rights nor keeps watch over the log, and none of the three works
// on flags or data besides. kInvalidArgument, also for no role at all or one named twice.
Status check_roles(std::span<const Role> roles);

}  // namespace bidui::service
