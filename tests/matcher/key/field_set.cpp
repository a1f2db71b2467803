#include "tests/matcher/key/field_set.h"

#include <algorithm>
#include <array>

namespace bidui::key {
namespace {

using enum record::PersonError;
using record::PersonError;

constexpr std::array<FieldSet, 9> kSets = {{
    {"civil", "name, ID number, birth date, place", true, true, true, true, false},
    {"relocation", "name, ID number, birth date, place", true, true, true, true, false},
    {"allowance", "name, ID number, birth date", true, true, false, false, false},
    {"poverty", "name, ID number, place, phone", true, false, true, true, true},
    {"housing", "name, ID number", true, false, false, false, false},
    {"birth_place", "name, birth date, place", false, true, true, true, false},
    {"birth", "name, birth date", false, true, false, false, false},
    {"housing_no_id", "name, place", false, false, true, true, false},
    {"village", "name, place without group", false, false, true, false, false},
}};

bool is_one_of(PersonError error, std::initializer_list<PersonError> errors) {
  return std::ranges::find(errors, error) != errors.end();
}

}  // namespace

std::span<const FieldSet> field_sets() { return kSets; }

record::PersonCells as_seen_by(const FieldSet& set, record::PersonCells cells) {
  if (!set.id) cells.id_number.clear();
  if (!set.birth) cells.birth.clear();
  if (!set.birth) cells.sex.clear();
  if (!set.phone) cells.phone.clear();
  if (!set.place) cells.township = cells.village = "";
  if (!set.group) cells.group = "";
  if (set.name != "civil") cells.former_name.clear();
  return cells;
}

bool has_place_for(const FieldSet& set, PersonError error) {
  if (error <= kNameMissing) return true;
  if (error <= kIdRelative) return set.id;
  if (error <= kBirthMissing) return set.birth;
  if (error == kGroupOther) return set.group;
  return error <= kAddressMissing ? set.place : set.phone;
}

bool leaves_evidence(const FieldSet& set, std::span<const PersonError> errors) {
  bool name = true;
  bool number_right = set.id;
  bool id = set.id;
  bool birth = set.birth;
  bool place = set.place;
  for (const PersonError error : errors) {
    if (error == kNameMissing) name = false;
    if (is_one_of(error, {kIdMissing, kIdRelative, kIdScientific})) id = false;
    if (error >= kIdOneDigit && error <= kIdRelative) number_right = false;
    if (error == kBirthMissing) birth = false;
    if (is_one_of(error, {kAddressMissing, kTownshipOther})) place = false;
  }
  return number_right || (id && name) || (name ? 1 : 0) + (birth ? 1 : 0) + (place ? 1 : 0) >= 2;
}

}  // namespace bidui::key
