// Authorisations (授权): a household's signed consent that its records are compared for one
// purpose, between two dates. Kept in the store under "service/authorisation/ID".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/value.h"
#include "store/store.h"

namespace bidui::service {

struct Authorisation {
  std::string id{};
  // source:household_no; of a person who belongs to no household record/source:key.
  std::string household{};
  std::string account{};               // of the auditor; "": any
  std::vector<std::string> sources{};  // instances whose records may be shown; empty: all
  std::string from{};                  // YYYY-MM-DD, both days included
  std::string to{};
  std::string document{};  // number of the signed paper
  std::string by{};        // the security administrator who entered it
  bool revoked = false;

  bool holds_for(std::string_view account, rule::DayNumber day) const;
};

// kInvalidArgument: no household as source:household_no, dates that are none or end before they
// begin, no document.
Status check_authorisation(const Authorisation& authorisation);

Result<std::vector<Authorisation>> load_authorisations(const store::Store& store);
store::NamedBytes kept_authorisation(const Authorisation& authorisation);

// One that lets the account see one of the households on that day, of all sources where there is
// one; nullptr if none.
const Authorisation* find_authorisation(std::span<const Authorisation> all,
                                        std::span<const std::string> households,
                                        std::string_view account, rule::DayNumber day);

}  // namespace bidui::service
