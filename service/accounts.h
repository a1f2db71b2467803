// The accounts of a workspace, kept in its store under "service/account/NAME". The password stands
// there as a hash only.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "service/access.h"
#include "store/store.h"

namespace bidui::service {

struct Account {
  std::string account{};  // letters, digits, '.', '_', '-'; 2 to 64
  std::string name{};     // of the person, as it stands in the log
  std::vector<Role> roles{};
  std::string scope{};  // first digits of division codes; "": all of the workspace
  std::string password_hash{};
  bool disabled = false;

  bool operator==(const Account&) const = default;
  Powers powers() const { return Powers(roles); }
  bool has(Role role) const { return std::ranges::find(roles, role) != roles.end(); }
  // Whether what lies in the division may be seen; an unknown division ("") by a scope of all or of
  // a county only.
  bool covers(std::string_view division) const;
  // All of the workspace, or all of its county.
  bool covers_all() const { return scope.size() <= 6; }
};

// kInvalidArgument: a name that is none, roles that do not go together (check_roles), a scope that
// is no code of 6, 9 or 12 digits (or of a village or township role not longer than 6).
Status check_account(const Account& account);

std::string account_json(const Account& account);
// kCorrupt.
Result<Account> read_account(std::string_view json);

// nullopt where there is none.
Result<std::optional<Account>> find_account(const store::Store& store, std::string_view account);
// By name.
Result<std::vector<Account>> load_accounts(const store::Store& store);
// The bytes under which it is kept.
store::NamedBytes kept_account(const Account& account);

}  // namespace bidui::service
