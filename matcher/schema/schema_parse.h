// Schemas from text (JSON). The form, with every key:
//
//   { "source": "poverty", "title": "建档立卡贫困人口", "title_en": "Poverty registry",
//     "unit": "person",                     person | house | role | vehicle
//     "person_once": true,                  default true
//     "key": ["person_no"],                 fields joined by '-'; may be empty
//     "household": "household_no",          optional
//     "kind": "poverty_kind",               optional: by which two lists of the source, or a list
//     "since": "plan_year",                 and its year, are set against each other
//     "fields": [
//       { "id": "exit_status", "title": "脱贫属性", "type": "code",
//         "headers": ["脱贫属性", "脱贫状态"],      most specific first; the id itself always
//         counts "required": "optional",           optional (default) | column | value "fill_down":
//         true,                default false "privacy": "internal",            public | internal
//         (default) | personal | sensitive "unit": "元",                     amounts only "codes":
//         { "exited": ["已脱贫", "脱贫"] } } ] }
//
// Of a code, the first spelling is its title. A boolean field may list spellings of its own for
// "true" and "false" beside the usual ones (是/否, Y/N, …).
#pragma once

#include <string_view>

#include "matcher/base/result.h"
#include "matcher/schema/schema.h"

namespace bidui::schema {

// Reads and validates one schema. `place` names the text in errors (a file name). Errors are
// kBadInput and say where and what to write instead: not JSON, unknown key (with the nearest known
// one), missing key, duplicate field id, unknown type, key or household that is no field, a header
// that two fields list at the same precedence, codes missing or ambiguous, and so on.
// Cost: O(size of the text); done once per program.
Result<Schema> parse_schema(std::string_view json, std::string_view place);

}  // namespace bidui::schema
