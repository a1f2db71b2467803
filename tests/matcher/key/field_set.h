// What sources know of a person, and what an error leaves of it.
#pragma once

#include <span>
#include <string_view>

#include "tests/matcher/record/person_error.h"

namespace bidui::key {

// The fields of a source (reference/fields.md §9).
struct FieldSet {
  std::string_view name;
  std::string_view fields;  // for people
  bool id;
  bool birth;
  bool place;
  bool group;
  bool phone;
};

// The civil registry, against which the others are compared, is the first.
std::span<const FieldSet> field_sets();

// The row with the cells that the source has.
record::PersonCells as_seen_by(const FieldSet& set, record::PersonCells cells);

// Whether the set has the field that the error needs.
bool has_place_for(const FieldSet& set, record::PersonError error);

// Whether something is left after the errors by which a person can be found at all: a number, a
// name with a damaged number, or two of name, birth date and place. A number that is another's, or
// rounded to its region, is gone.
bool leaves_evidence(const FieldSet& set, std::span<const record::PersonError> errors);

}  // namespace bidui::key
