// Why two records share no fuzzy key: which value, were it the other record's, would have brought
// them together.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "matcher/key/fuzzy_key.h"

namespace bidui::key {

// What keys are made of, as far as one error can spoil it.
enum class RecordPart : std::uint8_t {
  kName,
  kSurname,
  kGivenName,
  kFormerName,
  kIdNumber,
  kIdRegion,
  kIdBirth,
  kIdSequence,
  kBirth,
  kBirthYear,
  kBirthDay,  // month and day
  kTownship,
  kVillage,
  kGroup,
  kPhone,
};

struct NearMiss {
  std::vector<RecordPart> parts{};  // one, or two
  std::vector<KeyKind> kinds{};     // that the records would share, ascending
};

// Puts b's value in the place of a's, part by part, and asks which keys are then shared: whatever
// the keys are, the answer holds. Only parts that both records have and that differ; the smallest
// part that suffices (the year rather than the whole date). Pairs of parts only where no single
// part suffices. Empty where the records share a key already, or differ in more. O(parts^2 * keys).
std::vector<NearMiss> near_misses(const record::PersonFeatures& a, const record::PersonFeatures& b);

std::string_view record_part_name(RecordPart part);   // "name", "birth_year", …: stable
std::string_view record_part_title(RecordPart part);  // Chinese

}  // namespace bidui::key
