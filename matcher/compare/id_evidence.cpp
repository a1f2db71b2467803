#include "matcher/compare/id_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "matcher/compare/compare_birth.h"
#include "matcher/compare/compare_id.h"
#include "matcher/compare/id_digits.h"
#include "matcher/text/id_number.h"

namespace bidui::compare {
namespace {

using record::IdClass;
using record::PersonFeatures;

IdPart part_that_differs(const PersonFeatures& a, const PersonFeatures& b) {
  const bool region = region_in_id(a) != region_in_id(b);
  const bool birth = birth_in_id(a) != birth_in_id(b);
  const bool sequence = sequence_in_id(a) != sequence_in_id(b);
  if (region + birth + sequence > 1) return IdPart::kSeveral;
  if (region) return IdPart::kRegion;
  if (birth) return IdPart::kBirth;
  return sequence ? IdPart::kSequence : IdPart::kNone;
}

int digits_in(IdPart part) {
  constexpr std::array<int, 5> kDigits = {0, 6, 8, 3, 17};
  return kDigits[static_cast<std::size_t>(part)];
}

// One record in thirty has a slip somewhere (a digit wrong 2 %, two swapped 1 %: figures of village
// lists), at one of 18 places, to one of nine other digits or the neighbour's.
constexpr double kSlip = .03 / (18 * 10);

constexpr double kMostBits = 20;  // slips are not that independent

bool is_sound(const PersonFeatures& p) { return p.id_class == IdClass::kValid; }

}  // namespace

IdAlteration id_alteration(const PersonFeatures& a, const PersonFeatures& b) {
  IdAlteration result;
  if (!is_sound(a) || !is_sound(b)) return result;
  result.part = part_that_differs(a, b);
  if (result.part == IdPart::kNone) return result;
  const IdDigits x = digits_of(a);
  const IdDigits y = digits_of(b);
  for (std::size_t i = 0; i < 17; ++i) {
    if (x[i] != y[i]) ++result.digits;
  }
  if (result.part == IdPart::kSeveral) return result;
  if (result.part == IdPart::kBirth) {
    result.years_later = static_cast<std::int16_t>(static_cast<int>(birth_in_id(b) / 10000) -
                                                   static_cast<int>(birth_in_id(a) / 10000));
  }
  int slips = x[17] != y[17] ? 1 : 0;
  for (std::size_t i = 0; i < 17; ++i) {
    if (x[i] == y[i]) continue;
    ++slips;
    if (i < 16 && x[i] == y[i + 1] && x[i + 1] == y[i]) ++i;  // two swapped neighbours are one
  }
  // Which of three parts, which of its digits, and what they became.
  const double rewritten = 1.0 / 3 / std::pow(9.0 * digits_in(result.part), result.digits);
  result.bits = std::clamp(std::log2(rewritten) - slips * std::log2(kSlip), 0.0, kMostBits);
  return result;
}

IdConsistency id_consistency(const PersonFeatures& p) {
  IdConsistency result;
  const bool whole = p.id_class != IdClass::kMissing && p.id_class != IdClass::kPrefix;
  const bool known_birth = whole || (p.id_class == IdClass::kPrefix && p.id_prefix >= 14);
  if (known_birth && (p.flags & record::kBirthFromId) == 0)
    result.birth = compare_birth(birth_in_id(p), p.birth);
  if (whole && (p.flags & record::kSexFromId) == 0 && p.sex != record::kSexUnknown) {
    const bool male = p.id_digits % 2 == 1;
    result.sex = male == (p.sex == record::kSexMale) ? SexLevel::kEqual : SexLevel::kDifferent;
  }
  const bool known_region = whole || (p.id_class == IdClass::kPrefix && p.id_prefix >= 6);
  if (known_region && p.division_level >= 6) {
    constexpr std::uint64_t kTen6 = 1'000'000;
    const std::uint32_t county = static_cast<std::uint32_t>(p.division / kTen6);
    const auto region = region_in_id(p);
    result.region =
        text::current_region(region) == county ? AddressLevel::kCounty : AddressLevel::kDifferent;
  }
  return result;
}

IdFinding id_finding(const PersonFeatures& a, const PersonFeatures& b, bool same_person) {
  const IdLevel level = compare_id(a, b);
  if (!same_person) return level == IdLevel::kEqual ? IdFinding::kSharedNumber : IdFinding::kNone;
  if (level == IdLevel::kOneEdit || level == IdLevel::kOneLost || level == IdLevel::kTwoEdits)
    return IdFinding::kMistyped;
  const bool two = is_sound(a) && is_sound(b) && a.id_digits != b.id_digits;
  return two ? IdFinding::kTwoNumbers : IdFinding::kNone;
}

}  // namespace bidui::compare
