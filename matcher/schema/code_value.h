// Canonical values of code and boolean fields, tolerant of how offices spell them.
#pragma once

#include <optional>
#include <string_view>

#include "matcher/schema/schema.h"

namespace bidui::schema {

// The canonical code for a cell of a kCode field ("已脱贫" → "exited"), or "true"/"false" for a
// kBoolean field. Compared in this order: as it stands, folded (fold_value), without brackets.
// A boolean's usual words go before the spellings of its own.
// nullopt for a blank cell, an unknown spelling, or a field of another type: the raw text stays
// with the caller. The view points into `field` or to a literal. O(log spellings); allocates
// only when the cell as it stands is unknown.
std::optional<std::string_view> canonical_code(const Field& field, std::string_view text);

// 是/否, 有/无, 1/0, Y/N, true/false, √/×: the truth value of a cell; nullopt when blank or else.
std::optional<bool> parse_boolean(std::string_view text);

}  // namespace bidui::schema
