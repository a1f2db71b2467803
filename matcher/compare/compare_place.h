// Agreement of addresses, telephone numbers and sex.
#pragma once

#include "matcher/compare/levels.h"
#include "matcher/record/features.h"

namespace bidui::compare {

// The division code decides where both know it to the village, else the hashed names of village and
// township.
AddressLevel compare_address(const record::PersonFeatures& a, const record::PersonFeatures& b);

// One edit: a digit, or two swapped neighbours, of two numbers of the same length.
PhoneLevel compare_phone(std::uint64_t a, std::uint64_t b);

SexLevel compare_sex(std::uint8_t a, std::uint8_t b);

}  // namespace bidui::compare
