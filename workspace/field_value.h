// A cell's text as a typed value for rules, and as people may see it.
#pragma once

#include <string>
#include <string_view>

#include "matcher/rule/value.h"
#include "matcher/schema/schema.h"

namespace bidui::workspace {

// Unknown where the text is empty or does not read as the field's type. Texts point into `text` or
// `field`. ID numbers are left to the caller, who has their standardised text.
rule::Value field_value(const schema::Field& field, std::string_view text);

// Masked by the field's type and privacy class, birth dates down to the year ("1977-**-**"); other
// dates in one spelling (2016-11-13, 2009-05). "" stays.
std::string masked_text(const schema::Field& field, std::string_view text);

}  // namespace bidui::workspace
