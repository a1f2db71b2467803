#include "workspace/entered_twice.h"

#include "matcher/compare/compare_name.h"

namespace bidui::workspace {
namespace {

bool numbers_contradict(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  return a.id_class == record::IdClass::kValid && b.id_class == record::IdClass::kValid &&
         a.id_digits != b.id_digits;
}

// Year, month and day where both are known; the year must be.
bool births_agree(std::uint32_t a, std::uint32_t b) {
  if (a == 0 || b == 0 || a / 10000 != b / 10000) return false;
  const std::uint32_t month_a = a / 100 % 100;
  const std::uint32_t month_b = b / 100 % 100;
  if (month_a == 0 || month_b == 0) return true;
  return month_a == month_b && (a % 100 == 0 || b % 100 == 0 || a % 100 == b % 100);
}

// The same name, sex and birth, in one household (where nobody shares a name with a sibling) or,
// with the full date of birth, in one village: nobody else, twins included, has all of these.
bool same_without_number(const link::CandidatePair& pair, const record::PersonFeatures& a,
                         const record::PersonFeatures& b) {
  using compare::AddressLevel;
  using compare::Comparison;
  if (a.sex != b.sex || numbers_contradict(a, b) || !written_alike(a, b)) return false;
  if (a.household != 0 && a.household == b.household) return births_agree(a.birth, b.birth);
  const auto level = [&](Comparison c) {
    return compare::level_at(pair.vector, static_cast<int>(c));
  };
  const int address = level(Comparison::kAddress);
  const bool same_place =
      (address >= static_cast<int>(AddressLevel::kHouse) &&
       address <= static_cast<int>(AddressLevel::kVillage)) ||
      level(Comparison::kPhone) == static_cast<int>(compare::PhoneLevel::kEqual);
  return same_place && a.birth % 100 != 0 && a.birth == b.birth;
}

}  // namespace

bool written_alike(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const compare::NameLevel name = compare::compare_name(a, b);
  const bool damaged = ((a.name.flags | b.name.flags) & record::kFlagPlaceholder) != 0;
  return (name == compare::NameLevel::kExact || name == compare::NameLevel::kVariant) && !damaged;
}

bool may_be_entered_twice(const link::CandidatePair& pair, const record::PersonFeatures& a,
                          const record::PersonFeatures& b) {
  using compare::Comparison;
  const int id = compare::level_at(pair.vector, static_cast<int>(Comparison::kId));
  const int name = compare::level_at(pair.vector, static_cast<int>(Comparison::kName));
  const bool by_number = id == static_cast<int>(compare::IdLevel::kEqual) &&
                         name >= static_cast<int>(compare::NameLevel::kExact) &&
                         name <= static_cast<int>(compare::NameLevel::kPartial);
  return by_number || same_without_number(pair, a, b);
}

}  // namespace bidui::workspace
