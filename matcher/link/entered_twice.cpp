#include "matcher/link/entered_twice.h"

#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/compare/compare_place.h"

namespace bidui::link {
namespace {

// Year, month and day where both are known; the year must be.
bool births_agree(std::uint32_t a, std::uint32_t b) {
  if (a == 0 || b == 0 || a / 10000 != b / 10000) return false;
  const std::uint32_t month_a = a / 100 % 100;
  const std::uint32_t month_b = b / 100 % 100;
  if (month_a == 0 || month_b == 0) return true;
  return month_a == month_b && (a % 100 == 0 || b % 100 == 0 || a % 100 == b % 100);
}

bool same_place(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  using compare::AddressLevel;
  const AddressLevel address = compare::compare_address(a, b);
  return (address >= AddressLevel::kHouse && address <= AddressLevel::kVillageOtherGroup) ||
         compare::compare_phone(a.phone, b.phone) == compare::PhoneLevel::kEqual;
}

// Not where a side does not say: a ledger without the column tells it by the numbers it has.
bool sexes_contradict(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  return a.sex != record::kSexUnknown && b.sex != record::kSexUnknown && a.sex != b.sex;
}

bool same_home(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  return (a.household != 0 && a.household == b.household) ||
         compare::compare_address(a, b) == compare::AddressLevel::kHouse;
}

// The same name, sex and birth, in one household or house (where nobody shares a name with a
// sibling) or, with the full date of birth, in one village: nobody else, twins included, has all of
// these.
bool same_without_number(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  if (sexes_contradict(a, b) || numbers_contradict(a, b) || !written_alike(a, b)) return false;
  if (same_home(a, b)) return births_agree(a.birth, b.birth);
  return a.birth % 100 != 0 && a.birth == b.birth && same_place(a, b);
}

// Full dates of birth that the rows give themselves.
bool same_own_birth(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  return a.birth % 100 != 0 && a.birth == b.birth &&
         ((a.flags | b.flags) & record::kBirthFromId) == 0;
}

bool misheard(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const compare::NameLevel name = compare::compare_name(a, b);
  return name == compare::NameLevel::kHomophone || name == compare::NameLevel::kLookAlike ||
         name == compare::NameLevel::kDialectHomophone;
}

// The same name under one number, of which one side has a digit wrong or lost, or both the same
// impossible one. Numbers of two people differ in more: the check digit, too.
bool same_with_damaged_number(const record::PersonFeatures& a, const record::PersonFeatures& b,
                              compare::IdLevel id) {
  using compare::IdLevel;
  if (id != IdLevel::kOneEdit && id != IdLevel::kOneLost && id != IdLevel::kEqualInvalid)
    return false;
  const bool known_births = a.birth != 0 && b.birth != 0;
  if (known_births && a.birth / 10000 != b.birth / 10000) return false;
  if (sexes_contradict(a, b)) return false;
  return written_alike(a, b) || (same_own_birth(a, b) && misheard(a, b));
}

}  // namespace

bool numbers_contradict(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  return a.id_class == record::IdClass::kValid && b.id_class == record::IdClass::kValid &&
         a.id_digits != b.id_digits;
}

bool written_alike(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const compare::NameLevel name = compare::compare_name(a, b);
  const bool damaged = ((a.name.flags | b.name.flags) & record::kFlagPlaceholder) != 0;
  return (name == compare::NameLevel::kExact || name == compare::NameLevel::kVariant) && !damaged;
}

bool entered_twice(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const compare::IdLevel id = compare::compare_id(a, b);
  if (id == compare::IdLevel::kEqual) {
    const compare::NameLevel name = compare::compare_name(a, b);
    if (name >= compare::NameLevel::kExact && name <= compare::NameLevel::kPartial) return true;
  }
  return same_with_damaged_number(a, b, id) || same_without_number(a, b);
}

}  // namespace bidui::link
