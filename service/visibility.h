// What of an answer an account may see: division scope and, of an auditor, authorisations. Every
// household and every candidate goes through here before it is answered.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "service/authorisations.h"
#include "service/exchange.h"
#include "workspace/lookup.h"

namespace bidui::service {

class Service;

// What is shown, as authorisations and the audit log name it: source:household_no of each source
// that has a household of it; of a person who belongs to none, record/source:key of each record.
std::vector<std::string> subjects_of(const workspace::HouseholdView& view);

// Likewise of a flag: its household, else its record; "" where it is about neither.
std::string subject_of(const workspace::ShownFlag& flag);

// Nothing is shown without a household's authorisation.
Problem authorisation_needed();

class Visibility {
 public:
  // Of the account that asks. Errors: those of the store.
  static Result<Visibility> of(Service& service, const Exchange& exchange);

  // Whether there are people who may not be shown.
  bool hides_some() const { return needs_authorisation_ || !account_.scope.empty(); }
  bool needs_authorisation() const { return needs_authorisation_; }
  // An auditor says why.
  std::optional<Problem> check_purpose(const Exchange& exchange) const;

  // Whether a person who fits a look-up may be shown.
  bool shows(const workspace::Candidate& candidate) const;
  // Takes out of a household what may not be seen, or says why none of it may be; notes in the
  // audit entry what is shown.
  std::optional<Problem> filter(workspace::HouseholdView& view, Exchange& exchange) const;
  // Whether a flag may be counted, and whether it may be listed: where a look-up needs an
  // authorisation, its household's for all sources, as the evidence shows what several of them
  // have.
  bool in_scope(const workspace::ShownFlag& flag) const;
  bool shows(const workspace::ShownFlag& flag) const;

 private:
  Account account_{};
  bool auditor_ = false;
  bool needs_authorisation_ = false;
  std::vector<Authorisation> authorisations_{};
  rule::DayNumber today_ = 0;

  bool covers(std::span<const std::string> divisions) const;
  const Authorisation* authorisation(std::span<const std::string> subjects) const;
};

}  // namespace bidui::service
