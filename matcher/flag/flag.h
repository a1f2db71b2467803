// A flag (疑点): one contradiction about one subject, with its evidence. A question, never a
// verdict.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/rule/rule.h"

namespace bidui::flag {

// From run to run (contracts §3).
enum class Status : std::uint8_t {
  kNew,
  kSame,
  kChanged,   // the evidence differs
  kGone,      // the sources agree now
  kReopened,  // was gone, is there again
};

// "new", "same", "changed", "gone", "reopened".
std::string_view status_name(Status status);

struct Flag {
  std::string flag_id;  // flag_id_of(): the same for the same contradiction in every run
  std::string rule;
  std::string source;   // of the subject
  std::string subject;  // record or household key
  rule::SubjectKind subject_kind = rule::SubjectKind::kRecord;
  Status status = Status::kNew;
  rule::Severity severity = rule::Severity::kInfo;
  rule::LinkLevel level = rule::LinkLevel::kNone;
  std::string division;             // 12-digit code, "" where unknown
  std::string evidence;             // one JSON object in canonical form (canonical_json.h)
  std::uint64_t evidence_hash = 0;  // of `evidence`
};

// "record" or "household".
std::string_view subject_kind_name(rule::SubjectKind kind);

// What tells flags apart: 12 characters of Crockford's base 32 (60 bits), from the rule, the
// subject as "source:key", and `each`, the record that tells two flags of one rule about one
// subject apart ("source:key", or ""). Never changes between versions: dispositions hang on it.
std::string flag_id_of(std::string_view rule, std::string_view subject, std::string_view each);

// Best first: severity, then level, then rule, source, subject and identity, so that the order of
// flags is total.
bool ranks_before(const Flag& left, const Flag& right);

}  // namespace bidui::flag
