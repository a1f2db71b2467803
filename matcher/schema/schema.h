// The declaration of a source: what its fields are called, what they mean, who may see them.
// Values only; schema_parse.h makes them from text. Const functions may run concurrently.
//
// Ids that mean the same in every source, and that the core looks for: name, former_name,
// id_number, birth, sex, ethnicity, relation, household_no, person_no, member_no, household_size,
// phone, county, township, village, group, address, head_name, head_id, division_code, father_name,
// father_id, mother_name, mother_id.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/schema/semantic_type.h"

namespace bidui::schema {

// How much an outsider could do with the value; reports mask kPersonal and above.
enum class Privacy : std::uint8_t {
  kPublic,     // may stand on a village notice board
  kInternal,   // for the offices
  kPersonal,   // names a person
  kSensitive,  // numbers, health, money: masked unless revealed with a reason
};

// What a missing value costs (contracts §1).
enum class Requirement : std::uint8_t {
  kOptional,
  kColumn,  // a file without the column is refused; an empty cell is normal
  kValue,   // a file without the column is refused; a row with an empty cell is rejected
};

// What one row of the source stands for.
enum class RowUnit : std::uint8_t { kPerson, kHouse, kRole, kVehicle };

// One value of a code field: the canonical code and every spelling met in files.
struct CodeValue {
  std::string code;   // English snake_case; what rules compare with
  std::string title;  // Chinese
  std::vector<std::string> spellings;
};

// A folded spelling and the code that it stands for; sorted by spelling for a binary search.
struct CodeSpelling {
  std::string folded;
  std::uint32_t code_index = 0;
};

struct Field {
  std::string id;     // English snake_case
  std::string title;  // Chinese
  SemanticType type = SemanticType::kText;
  std::vector<std::string> headers;  // normalised spellings, the most specific first
  Requirement requirement = Requirement::kOptional;
  // The value belongs to the household and may stand only on the first row of its block: an empty
  // cell takes the value above, but only on a row whose household field is empty as well.
  bool fill_down = false;
  Privacy privacy = Privacy::kInternal;
  std::string unit;  // of an amount: "元", "㎡", "元/月"; else empty
  std::vector<CodeValue> codes;
  std::vector<CodeSpelling> spellings;  // made by parse_schema
};

struct Schema {
  std::string source;    // e.g. "poverty" (contracts §1)
  std::string title;     // Chinese
  std::string title_en;  // English
  RowUnit unit = RowUnit::kPerson;
  bool person_once = true;               // one delivery holds a person once
  std::vector<std::size_t> key;          // fields whose values, joined by '-', name a record
  std::optional<std::size_t> household;  // the field that a household's rows share
  std::optional<std::size_t> kind;       // the field that says what kind of case a row is
  std::optional<std::size_t> since;      // the field that says since when, or of which year, it is
  std::vector<Field> fields;

  // Position of a field by its id, or nullopt. O(fields).
  std::optional<std::size_t> find_field(std::string_view id) const;
};

std::string_view privacy_name(Privacy privacy);
std::string_view requirement_name(Requirement requirement);
std::string_view row_unit_name(RowUnit unit);
std::optional<Privacy> parse_privacy(std::string_view name);
std::optional<Requirement> parse_requirement(std::string_view name);
std::optional<RowUnit> parse_row_unit(std::string_view name);

}  // namespace bidui::schema
