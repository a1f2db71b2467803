#include "matcher/compare/compare_place.h"

namespace bidui::compare {
namespace {

using record::PersonFeatures;

constexpr std::uint64_t kVillageDigits = 12;

// Divides a 12-digit division code down to its first `digits` digits.
std::uint64_t leading_digits(std::uint64_t division, std::uint64_t digits) {
  for (std::uint64_t i = digits; i < kVillageDigits; ++i) division /= 10;
  return division;
}

bool same_village(const PersonFeatures& a, const PersonFeatures& b) {
  if (a.division_level == 12 && b.division_level == 12) return a.division == b.division;
  if (a.village == 0 || a.village != b.village) return false;
  return a.township == 0 || b.township == 0 || a.township == b.township;
}

bool same_township(const PersonFeatures& a, const PersonFeatures& b) {
  if (a.division_level >= 9 && b.division_level >= 9) {
    return leading_digits(a.division, 9) == leading_digits(b.division, 9);
  }
  return a.township != 0 && a.township == b.township;
}

bool same_county(const PersonFeatures& a, const PersonFeatures& b) {
  return a.division_level >= 6 && b.division_level >= 6 &&
         leading_digits(a.division, 6) == leading_digits(b.division, 6);
}

bool knows_place(const PersonFeatures& p) {
  return p.village != 0 || p.township != 0 || p.division_level >= 6;
}

}  // namespace

AddressLevel compare_address(const PersonFeatures& a, const PersonFeatures& b) {
  if (!knows_place(a) || !knows_place(b)) return AddressLevel::kMissing;
  if (same_village(a, b)) {
    if (a.group == 0 || b.group == 0) return AddressLevel::kVillage;
    if (a.group != b.group) return AddressLevel::kVillageOtherGroup;
    if (a.house == 0 || b.house == 0) return AddressLevel::kGroup;
    return a.house == b.house ? AddressLevel::kHouse : AddressLevel::kGroupOtherHouse;
  }
  if (same_township(a, b)) return AddressLevel::kTownship;
  return same_county(a, b) ? AddressLevel::kCounty : AddressLevel::kDifferent;
}

PhoneLevel compare_phone(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return PhoneLevel::kMissing;
  if (a == b) return PhoneLevel::kEqual;
  int differing = 0;
  int swaps = 0;
  int previous_a = -1;
  int previous_b = -1;
  for (; a != 0 && b != 0 && differing < 3; a /= 10, b /= 10) {
    const int x = static_cast<int>(a % 10);
    const int y = static_cast<int>(b % 10);
    const bool differs = x != y;
    if (differs && x == previous_b && y == previous_a) ++swaps;
    differing += differs ? 1 : 0;
    previous_a = differs ? x : -1;
    previous_b = differs ? y : -1;
  }
  if (a != 0 || b != 0) return PhoneLevel::kDifferent;
  return differing == 1 || (differing == 2 && swaps == 1) ? PhoneLevel::kOneEdit
                                                          : PhoneLevel::kDifferent;
}

SexLevel compare_sex(std::uint8_t a, std::uint8_t b) {
  if (a == record::kSexUnknown || b == record::kSexUnknown) return SexLevel::kMissing;
  return a == b ? SexLevel::kEqual : SexLevel::kDifferent;
}

}  // namespace bidui::compare
