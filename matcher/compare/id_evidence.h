// What two ID numbers, or a number and its record, say beyond their level of agreement. Values for
// explanations and rules; a question each, never a verdict: an office that corrects a birth date
// issues a number that looks exactly like an altered one.
#pragma once

#include <cstdint>

#include "matcher/compare/levels.h"
#include "matcher/record/features.h"

namespace bidui::compare {

enum class IdPart : std::uint8_t { kNone, kRegion, kBirth, kSequence, kSeveral };

// Two numbers of one person that differ though both are valid.
struct IdAlteration {
  IdPart part = IdPart::kNone;  // the part that differs; kNone: equal, or one is not valid
  std::uint8_t digits = 0;      // of the first 17 that differ
  // Years by which the birth date of `b` lies later than that of `a`; 0 unless part is kBirth.
  std::int16_t years_later = 0;
  // log2, 0 to 20, of how much likelier the two are if one part of the number was rewritten and its
  // check digit calculated anew than if digits were mistyped one by one; 0 where `part` is kNone or
  // kSeveral. MOD 11-2 finds every single wrong digit, so a mistyped number that is valid needs two
  // slips at least, of which one must hit the one right check digit. How often numbers are altered,
  // or issued anew, is not in it: about 10 bits for one in a thousand.
  double bits = 0;
};

// Takes for granted that the records are one person's; of two people (twins) it says nothing.
// O(18), no heap.
IdAlteration id_alteration(const record::PersonFeatures& a, const record::PersonFeatures& b);

// How a number fits the record that bears it.
struct IdConsistency {
  BirthLevel birth = BirthLevel::kMissing;  // of the number's birth date with the record's own
  SexLevel sex = SexLevel::kMissing;        // of the sequence's parity with the record's own
  // Of the number's region, followed forward to the county of today, with the record's address:
  // kCounty, kDifferent or kMissing. People move: no contradiction by itself.
  AddressLevel region = AddressLevel::kMissing;
};

// All kMissing where the record has no number, or one of which the part is not known.
IdConsistency id_consistency(const record::PersonFeatures& p);

// What the numbers and names of two records say together.
enum class IdFinding : std::uint8_t {
  kNone,
  kMistyped,      // nearly equal, one is not valid
  kTwoNumbers,    // one person, both valid and different: issued anew, registered twice, or altered
  kSharedNumber,  // two people with one valid number, or a number copied from a relative
};

// `same_person`: whether the two are decided to be one.
IdFinding id_finding(const record::PersonFeatures& a, const record::PersonFeatures& b,
                     bool same_person);

}  // namespace bidui::compare
