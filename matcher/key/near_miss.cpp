#include "matcher/key/near_miss.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace bidui::key {
namespace {

using record::IdClass;
using record::NameScript;
using record::PersonFeatures;

struct PartWords {
  RecordPart part;
  std::string_view name;
  std::string_view title;
};

// Small parts stand before the larger ones that hold them.
constexpr std::array<PartWords, 15> kParts = {
    {{RecordPart::kSurname, "surname", "姓"},
     {RecordPart::kGivenName, "given_name", "名"},
     {RecordPart::kName, "name", "姓名"},
     {RecordPart::kFormerName, "former_name", "曾用名"},
     {RecordPart::kBirthYear, "birth_year", "出生年份"},
     {RecordPart::kBirthDay, "birth_day", "出生月日"},
     {RecordPart::kBirth, "birth", "出生日期"},
     {RecordPart::kIdRegion, "id_region", "证号中的地址码"},
     {RecordPart::kIdBirth, "id_birth", "证号中的出生日期"},
     {RecordPart::kIdSequence, "id_sequence", "证号中的顺序码"},
     {RecordPart::kIdNumber, "id_number", "身份证号"},
     {RecordPart::kGroup, "group", "村民小组"},
     {RecordPart::kVillage, "village", "村"},
     {RecordPart::kTownship, "township", "乡镇"},
     {RecordPart::kPhone, "phone", "电话"}}};

constexpr std::uint64_t kTen3 = 1000;
constexpr std::uint64_t kTen11 = 100'000'000'000ULL;

bool has_all_digits(const PersonFeatures& p) {
  return p.id_class != IdClass::kMissing && p.id_class != IdClass::kPrefix;
}

bool is_han(const PersonFeatures& p) {
  return p.name.script == NameScript::kHan && p.name.surname_length > 0 &&
         p.name.surname_length < p.name.length;
}

// Takes the surname, or the given name, from b. The fold of a name cannot be put together from
// parts: it is taken over where the whole name has become b's.
bool take_name(PersonFeatures& a, const PersonFeatures& b, bool surname) {
  if (!is_han(a) || !is_han(b)) return false;
  const auto& from = surname ? b.name : a.name;
  const auto& tail = surname ? a.name : b.name;
  record::NameFeature name = a.name;
  std::size_t length = 0;
  for (std::size_t i = 0; i < from.surname_length; ++i) name.units[length++] = from.units[i];
  for (std::size_t i = tail.surname_length; i < tail.length && length < name.units.size(); ++i)
    name.units[length++] = tail.units[i];
  std::fill(name.units.begin() + static_cast<std::ptrdiff_t>(length), name.units.end(), 0);
  name.surname_length = from.surname_length;
  name.length = static_cast<std::uint8_t>(length);
  if (name.units == a.name.units) return false;
  const bool whole = name.length == b.name.length && name.units == b.name.units;
  a.name = name;
  if (whole) {
    a.name_fold = b.name_fold;
    a.name_hash = b.name_hash;
  }
  return true;
}

bool take_digits(PersonFeatures& a, const PersonFeatures& b, std::uint64_t low,
                 std::uint64_t high) {
  if (!has_all_digits(a) || !has_all_digits(b)) return false;
  const auto segment = [&](std::uint64_t digits) { return digits % high / low * low; };
  if (segment(a.id_digits) == segment(b.id_digits)) return false;
  a.id_digits = a.id_digits - segment(a.id_digits) + segment(b.id_digits);
  return true;
}

template <typename T>
bool take(T& mine, const T& theirs) {
  if (mine == T{} || theirs == T{} || mine == theirs) return false;
  mine = theirs;
  return true;
}

// Puts b's value of the part into a. False where one of them lacks it or they agree.
bool take_part(RecordPart part, PersonFeatures& a, const PersonFeatures& b) {
  constexpr std::uint32_t kYear = 10000;
  switch (part) {
    case RecordPart::kName:
      if (a.name.length == 0 || b.name.length == 0 || a.name_hash == b.name_hash) return false;
      a.name = b.name;
      a.name_hash = b.name_hash;
      a.name_fold = b.name_fold;
      return true;
    case RecordPart::kSurname:
      return take_name(a, b, true);
    case RecordPart::kGivenName:
      return take_name(a, b, false);
    case RecordPart::kFormerName:
      return take(a.alias_fold, b.alias_fold);
    case RecordPart::kIdNumber:
      if (!has_all_digits(a) || !has_all_digits(b) || a.id_digits == b.id_digits) return false;
      a.id_digits = b.id_digits;
      a.id_check = b.id_check;
      return true;
    case RecordPart::kIdRegion:
      return take_digits(a, b, kTen11, 1'000'000 * kTen11);
    case RecordPart::kIdBirth:
      return take_digits(a, b, kTen3, kTen11);
    case RecordPart::kIdSequence:
      return take_digits(a, b, 1, kTen3);
    case RecordPart::kBirth:
      return take(a.birth, b.birth);
    case RecordPart::kBirthYear:
      if (a.birth == 0 || b.birth == 0 || a.birth / kYear == b.birth / kYear) return false;
      a.birth = b.birth / kYear * kYear + a.birth % kYear;
      return true;
    case RecordPart::kBirthDay:
      if (a.birth % 100 == 0 || b.birth % 100 == 0 || a.birth % kYear == b.birth % kYear)
        return false;
      a.birth = a.birth / kYear * kYear + b.birth % kYear;
      return true;
    case RecordPart::kTownship:
      return take(a.township, b.township);
    case RecordPart::kVillage:
      return take(a.village, b.village);
    case RecordPart::kGroup:
      return take(a.group, b.group);
    case RecordPart::kPhone:
      return take(a.phone, b.phone);
  }
  return false;
}

std::vector<KeyKind> shared_kinds(const PersonFeatures& a, const PersonFeatures& b) {
  KeyList left;
  KeyList right;
  append_person_keys(a, left);
  append_person_keys(b, right);
  std::set<KeyKind> kinds;
  for (const FuzzyKey& key : left.keys()) {
    if (std::ranges::any_of(right.keys(), [&](const FuzzyKey& other) { return meet(key, other); }))
      kinds.insert(key.kind);
  }
  return {kinds.begin(), kinds.end()};
}

// A larger part adds nothing where one within it gave the same kinds.
bool says_something_new(const std::vector<NearMiss>& misses, const std::vector<KeyKind>& kinds) {
  return std::ranges::none_of(
      misses, [&](const NearMiss& m) { return std::ranges::includes(m.kinds, kinds); });
}

}  // namespace

std::vector<NearMiss> near_misses(const PersonFeatures& a, const PersonFeatures& b) {
  std::vector<NearMiss> misses;
  if (!shared_kinds(a, b).empty()) return misses;
  const auto attempt = [&](std::vector<RecordPart> parts) {
    PersonFeatures changed = a;
    for (const RecordPart part : parts) {
      if (!take_part(part, changed, b)) return;
    }
    std::vector<KeyKind> kinds = shared_kinds(changed, b);
    if (!kinds.empty() && says_something_new(misses, kinds))
      misses.push_back({std::move(parts), std::move(kinds)});
  };
  for (const PartWords& p : kParts) attempt({p.part});
  if (!misses.empty()) return misses;
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    for (std::size_t j = i + 1; j < kParts.size(); ++j) attempt({kParts[i].part, kParts[j].part});
  }
  return misses;
}

std::string_view record_part_name(RecordPart part) {
  return std::ranges::find(kParts, part, &PartWords::part)->name;
}
std::string_view record_part_title(RecordPart part) {
  return std::ranges::find(kParts, part, &PartWords::part)->title;
}

}  // namespace bidui::key
