#include "matcher/compare/compare_id.h"

#include <algorithm>
#include <array>

#include "matcher/compare/compare_birth.h"
#include "matcher/compare/id_digits.h"

namespace bidui::compare {
namespace {

using record::IdClass;
using record::PersonFeatures;

bool check_usable(const PersonFeatures& p) {
  return p.id_check < 15 && p.id_class != IdClass::kUnverified;
}

// Edits that a typist makes: substitutions count one each, a swap of neighbours counts one; 3 =
// three or more. An upgraded or absent check digit is not compared: it was not typed.
int typing_edits(const PersonFeatures& a, const PersonFeatures& b) {
  const IdDigits x = digits_of(a);
  const IdDigits y = digits_of(b);
  const std::size_t length = check_usable(a) && check_usable(b) ? 18 : 17;
  int edits = 0;
  for (std::size_t i = 0; i < length && edits < 3; ++i) {
    if (x[i] == y[i]) continue;
    ++edits;
    if (i + 1 < length && x[i] == y[i + 1] && x[i + 1] == y[i]) ++i;
  }
  return edits;
}

// One digit was lost or doubled: a shift of the tail, counted over the first 17 digits.
bool shifted_by_one(const PersonFeatures& a, const PersonFeatures& b) {
  const IdDigits x = digits_of(a);
  const IdDigits y = digits_of(b);
  std::size_t i = 0;
  while (i < 17 && x[i] == y[i]) ++i;
  const auto tail_equal = [](const IdDigits& s, const IdDigits& t, std::size_t at) {
    return std::equal(s.begin() + static_cast<std::ptrdiff_t>(at) + 1, s.begin() + 17,
                      t.begin() + static_cast<std::ptrdiff_t>(at));
  };
  return i >= 6 && i <= 12 && (tail_equal(x, y, i) || tail_equal(y, x, i));
}

// The 17 characters of a number that lost one.
std::array<std::uint8_t, 17> characters_of(const PersonFeatures& p) {
  const IdDigits digits = digits_of(p);
  std::array<std::uint8_t, 17> characters{};
  std::copy_n(digits.begin(), 17, characters.begin());
  constexpr std::uint8_t kX = 10;
  if (p.id_class == IdClass::kPrefix && p.id_check == kX) characters[16] = kX;
  return characters;
}

bool lost_one(const PersonFeatures& p) { return (p.flags & record::kIdCharacterLost) != 0; }

// Whether the characters of `cut` are the 18 of `full` without one.
bool lacks_one(const PersonFeatures& cut, const PersonFeatures& full) {
  if (!lost_one(cut) || full.id_class == IdClass::kPrefix) return false;
  const auto a = characters_of(cut);
  const IdDigits b = digits_of(full);
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  return std::equal(a.begin() + static_cast<std::ptrdiff_t>(i), a.end(),
                    b.begin() + static_cast<std::ptrdiff_t>(i) + 1);
}

IdLevel compare_prefix(const PersonFeatures& a, const PersonFeatures& b) {
  const unsigned known = std::min<unsigned>({a.id_prefix, b.id_prefix, 17U});
  if (known < 6) return IdLevel::kMissing;
  std::uint64_t scale = 1;
  for (unsigned i = known; i < 17; ++i) scale *= 10;
  if (a.id_digits / scale == b.id_digits / scale)
    return known >= 14 ? IdLevel::kPrefix : IdLevel::kMissing;
  if (known >= 14 && birth_in_id(a) == birth_in_id(b)) return IdLevel::kBirth;
  return known >= 14 ? IdLevel::kDifferent : IdLevel::kMissing;
}

// Two valid numbers whose birth dates differ as a corrected or altered one does.
bool birth_rewritten(const PersonFeatures& a, const PersonFeatures& b) {
  if (a.id_class != IdClass::kValid || b.id_class != IdClass::kValid) return false;
  const BirthLevel level = compare_birth(birth_in_id(a), birth_in_id(b));
  return level >= BirthLevel::kSwapped && level <= BirthLevel::kOneDigit;
}

IdLevel compare_segments(const PersonFeatures& a, const PersonFeatures& b) {
  const bool same_region = region_in_id(a) == region_in_id(b);
  const bool same_birth = birth_in_id(a) == birth_in_id(b);
  const bool same_sequence = sequence_in_id(a) == sequence_in_id(b);
  if (same_birth && same_sequence) return IdLevel::kBirthSequence;
  if (same_region && same_birth) {
    const bool both_valid = a.id_class == IdClass::kValid && b.id_class == IdClass::kValid;
    return both_valid ? IdLevel::kNeighbour : IdLevel::kRegionBirth;
  }
  const bool same_check = !check_usable(a) || !check_usable(b) || a.id_check == b.id_check;
  if (same_region && same_sequence && birth_rewritten(a, b)) return IdLevel::kReissued;
  if (same_region && same_sequence && same_check) return IdLevel::kRegionSequence;
  if (same_birth) return IdLevel::kBirth;
  return same_region ? IdLevel::kRegion : IdLevel::kDifferent;
}

}  // namespace

IdLevel compare_id(const PersonFeatures& a, const PersonFeatures& b) {
  if (a.id_class == IdClass::kMissing || b.id_class == IdClass::kMissing) return IdLevel::kMissing;
  const bool whole = a.id_class != IdClass::kPrefix && b.id_class != IdClass::kPrefix;
  const bool equal = whole && a.id_digits == b.id_digits;  // a lost X was put back
  if (!equal && (lacks_one(a, b) || lacks_one(b, a))) return IdLevel::kOneLost;
  if (lost_one(a) && lost_one(b) && a.id_class == IdClass::kPrefix &&
      b.id_class == IdClass::kPrefix && a.id_digits == b.id_digits && a.id_check == b.id_check)
    return IdLevel::kEqualInvalid;
  if (a.id_class == IdClass::kPrefix || b.id_class == IdClass::kPrefix) return compare_prefix(a, b);
  const bool a_valid = a.id_class == IdClass::kValid;
  const bool b_valid = b.id_class == IdClass::kValid;
  if (a.id_digits == b.id_digits) {
    if (a_valid && b_valid) return IdLevel::kEqual;
    const bool check_equal = !check_usable(a) || !check_usable(b) || a.id_check == b.id_check;
    if (!check_equal) return IdLevel::kOneEdit;
    const bool both_invalid = a.id_class == IdClass::kInvalid && b.id_class == IdClass::kInvalid;
    return both_invalid ? IdLevel::kEqualInvalid : IdLevel::kEqual;
  }
  // A sequence of 15 digits has no check digit that a slip would have broken: the next one of the
  // register is as likely a twin's.
  const bool broken = a.id_class == IdClass::kInvalid || b.id_class == IdClass::kInvalid;
  const bool sequence_only = a.id_digits / 1000 == b.id_digits / 1000;
  if (broken || ((!a_valid || !b_valid) && !sequence_only)) {
    const int edits = typing_edits(a, b);
    if (edits == 1) return IdLevel::kOneEdit;
    if (edits == 2 || shifted_by_one(a, b)) return IdLevel::kTwoEdits;
  }
  return compare_segments(a, b);
}

}  // namespace bidui::compare
