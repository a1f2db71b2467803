#include "service/access.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"

namespace bidui::service {
namespace {

constexpr std::array<std::string_view, kRoles> kRoleNames = {
    "village", "township", "county", "data_officer", "auditor", "security_admin", "log_auditor"};

constexpr std::array<std::string_view, 11> kPowerNames = {
    "anyone",    "signed_in",  "lookup",     "reveal",       "flags_read",           "flags_act",
    "runs_read", "runs_start", "audit_read", "users_manage", "authorisations_manage"};

constexpr std::array kVillage = {Power::kLookup, Power::kFlagsRead, Power::kFlagsAct};
constexpr std::array kTownship = {Power::kLookup, Power::kReveal, Power::kFlagsRead,
                                  Power::kFlagsAct};
constexpr std::array kCounty = {Power::kLookup, Power::kReveal, Power::kFlagsRead, Power::kFlagsAct,
                                Power::kRunsRead};
constexpr std::array kDataOfficer = {Power::kLookup, Power::kFlagsRead, Power::kFlagsAct,
                                     Power::kRunsRead, Power::kRunsStart};
constexpr std::array kAuditor = {Power::kLookup, Power::kReveal, Power::kFlagsRead,
                                 Power::kRunsRead};
constexpr std::array kSecurityAdmin = {Power::kUsersManage, Power::kAuthorisationsManage};
constexpr std::array kLogAuditor = {Power::kAuditRead};

bool stands_alone(Role role) {
  return role == Role::kAuditor || role == Role::kSecurityAdmin || role == Role::kLogAuditor;
}

}  // namespace

std::string_view role_name(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }

std::optional<Role> parse_role(std::string_view name) {
  const auto at = std::ranges::find(kRoleNames, name);
  if (at == kRoleNames.end()) return std::nullopt;
  return static_cast<Role>(at - kRoleNames.begin());
}

std::string_view power_name(Power power) { return kPowerNames[static_cast<std::size_t>(power)]; }

std::span<const Power> powers_of(Role role) {
  switch (role) {
    case Role::kVillage:
      return kVillage;
    case Role::kTownship:
      return kTownship;
    case Role::kCounty:
      return kCounty;
    case Role::kDataOfficer:
      return kDataOfficer;
    case Role::kAuditor:
      return kAuditor;
    case Role::kSecurityAdmin:
      return kSecurityAdmin;
    case Role::kLogAuditor:
      return kLogAuditor;
  }
  return {};
}

std::vector<flag::Role> step_roles_of(Role role) {
  switch (role) {
    case Role::kVillage:
      return {flag::Role::kVillage, flag::Role::kHousehold};
    case Role::kTownship:
      return {flag::Role::kTownship, flag::Role::kHousehold};
    case Role::kCounty:
      return {flag::Role::kCounty, flag::Role::kHousehold};
    case Role::kDataOfficer:
      return {flag::Role::kSourceOfficer};
    case Role::kAuditor:
    case Role::kSecurityAdmin:
    case Role::kLogAuditor:
      return {};
  }
  return {};
}

Powers::Powers(std::span<const Role> roles) {
  has_[static_cast<std::size_t>(Power::kAnyone)] = true;
  has_[static_cast<std::size_t>(Power::kSignedIn)] = true;
  for (const Role role : roles) {
    for (const Power power : powers_of(role)) has_[static_cast<std::size_t>(power)] = true;
  }
}

std::vector<Power> Powers::list() const {
  std::vector<Power> list;
  for (std::size_t p = 0; p < has_.size(); ++p) {
    const auto power = static_cast<Power>(p);
    if (has_[p] && power != Power::kAnyone && power != Power::kSignedIn) list.push_back(power);
  }
  return list;
}

Status check_roles(std::span<const Role> roles) {
  std::vector<Role> sorted(roles.begin(), roles.end());
  std::ranges::sort(sorted);
  const bool repeated = std::ranges::adjacent_find(sorted) != sorted.end();
  if (roles.empty() || repeated)
    return bilingual_error(ErrorCode::kInvalidArgument, "账号须有角色，每种角色只写一次",
                           "an account has at least one role, none named twice");
  if (roles.size() > 1 && std::ranges::any_of(roles, stands_alone))
    return bilingual_error(
        ErrorCode::kInvalidArgument,
        "三员分立：审计员、安全管理员、日志审计员各自单独设账号，不能兼任其他角色",
        "auditor, security administrator and log auditor are accounts of their own, without any "
        "other role");
  return {};
}

}  // namespace bidui::service
