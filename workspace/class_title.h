// What a class of a field's values (FieldStatistics::classes) is called.
#pragma once

#include <string_view>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/schema.h"

namespace bidui::workspace {

// A code by its title; years, ranges and lengths as they are.
Bilingual class_title(const schema::Field& field, std::string_view name);

}  // namespace bidui::workspace
