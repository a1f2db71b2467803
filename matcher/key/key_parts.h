// The parts of a record that its fuzzy keys are made of, names aside (name_sounds.h).
#pragma once

#include <array>
#include <cstdint>

#include "matcher/key/fuzzy_key.h"
#include "matcher/record/features.h"

namespace bidui::key {

// The parts of an ID number. Where a character was lost, the parts before it stand where they
// should, counted from the left, and those behind it counted from the right.
struct IdParts {
  std::uint64_t region = 0;
  std::uint64_t year = 0;
  std::uint64_t day = 0;  // with the second digit of the month
  std::uint64_t sequence = 0;
};

struct IdForms {
  IdParts parts;
  // Birth date and sequence without the century's first digit, which says little and may have
  // changed places with the region's last one.
  std::array<std::uint64_t, 2> birth_sequences{};
  std::array<std::uint32_t, 2> births{};  // 20171120; 0 = unknown
};

IdForms id_forms_of(const record::PersonFeatures& p);  // REQUIRES: has_id_keys() or a known prefix
bool has_id_keys(const record::PersonFeatures& p);
// The birth dates that the number may hold; 0 = none.
std::array<std::uint32_t, 2> births_in_id(const record::PersonFeatures& p);

// All full dates by which the record may be born: its own, those in its number, and those that its
// own one stands for in the lunar calendar. 0 = none.
std::array<std::uint32_t, 5> birth_dates_of(const record::PersonFeatures& p);

Coverage coverage_of(const record::PersonFeatures& p);

}  // namespace bidui::key
