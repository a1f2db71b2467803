// What rules may say about a source: its fields and their types, taken from its schema. A rule file
// is checked against them when it is loaded.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matcher/rule/value.h"
#include "matcher/schema/schema.h"

namespace bidui::rule {

enum class FieldType : std::uint8_t { kText, kCode, kDate, kNumber, kBoolean };

struct Field {
  std::string name;  // the schema's field id, e.g. "exit_status"
  FieldType type = FieldType::kText;
  std::vector<std::string>
      codes{};            // of kCode: the values that a rule may compare with; may be empty
  std::string title{};    // Chinese, for evidence
  bool personal = false;  // evidence shows it masked, and only through the view
};

struct SourceType {
  std::string name;  // e.g. "poverty", "housing@national"
  std::vector<Field> fields;
  std::string title{};  // Chinese
};

// `instance`: the source as rules name it, e.g. "poverty" or "housing@national". The fields stand
// in the order of the schema.
SourceType source_type(std::string instance, const schema::Schema& schema);

// What the view knows of every record beside its fields. In a rule it is written like a field:
// `r.id_state`.
enum class Fact : std::uint8_t {
  kKey,         // key: text, the record key (contracts §1)
  kDivision,    // division: text, the 12-digit division code of the place, "" never (unknown)
  kIdState,     // id_state: one of id_state_codes()
  kIdBirth,     // id_birth: date in the number
  kIdSex,       // id_sex: "male" or "female", from the number
  kIdRegion,    // id_region: number, the 6 digits of the county in the number
  kCountyCode,  // county_code: number, the 6 digits of the county: of the place, else of the
                // delivery
  kListedBy,  // listed_by: number, the 6 digits of the county that delivered it, else of the place
  kIsHead,    // is_head: the record is its household's head
  kGeneration,  // generation: number, relative to the head: 0 his own, 1 parents, -1 children
};

}  // namespace bidui::rule
