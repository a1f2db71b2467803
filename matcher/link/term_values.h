// The values of a record of which it matters how common they are.
#pragma once

#include <array>
#include <cstdint>

#include "matcher/model/term.h"
#include "matcher/record/features.h"

namespace bidui::link {

// 0 = unknown.
std::uint32_t surname_value(const record::NameFeature& name);

// The frequency of a surname counts only where both records have it.
void keep_shared_surname(model::PersonTermBits& bits, std::uint32_t surname, std::uint32_t other);

// By model::Term; 0 = the record has none. Pure.
std::array<std::uint32_t, model::kPersonTerms> term_values(const record::PersonFeatures& person);

}  // namespace bidui::link
