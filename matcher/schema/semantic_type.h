// What a field means, whatever its source calls it: decides how its text is standardised.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace bidui::schema {

enum class SemanticType : std::uint8_t {
  kPersonName,           // 姓名 of one person
  kFormerName,           // 曾用名
  kIdNumber,             // citizen's number (GB 11643) or what stands in its place
  kBirthDate,            // 出生日期, full or partial
  kDate,                 // any other day
  kYearMonth,            // 年月
  kYear,                 // 年度
  kSex,                  // 性别
  kRelation,             // 与户主关系 (GB/T 4761)
  kEthnicity,            // 民族 (GB/T 3304)
  kPhone,                // 电话
  kIdentifier,           // a key or number of this source, equal or not
  kHouseholdIdentifier,  // the number that a household's rows share
  kCounty,               // 县, name or code
  kTownship,             // 乡镇
  kVillage,              // 行政村
  kGroup,                // 村民小组
  kAddress,              // free address text
  kCode,                 // one of a table of values
  kBoolean,              // 是/否
  kInteger,              // a count
  kAmount,               // a quantity with a unit: money, area
  kText,                 // anything else
};

// The type's name in a schema file, e.g. "person_name".
std::string_view semantic_type_name(SemanticType type);

// nullopt for a name that is not in the list. O(number of types).
std::optional<SemanticType> parse_semantic_type(std::string_view name);

// All names, in the order of the enumerators: for error messages.
std::span<const std::string_view> semantic_type_names();

// The form that a standardised value of a type has: what can be compared, counted or computed with.
enum class ValueForm : std::uint8_t {
  kText,    // names, numbers that are names, places, free text
  kDate,    // whole or partial
  kNumber,  // a year counts as one
  kCode,    // of a table of values; sex among them
  kBoolean,
};

ValueForm value_form(SemanticType type);

}  // namespace bidui::schema
