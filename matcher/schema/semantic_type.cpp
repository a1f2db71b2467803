#include "matcher/schema/semantic_type.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace bidui::schema {
namespace {

constexpr std::size_t kTypeCount = static_cast<std::size_t>(SemanticType::kText) + 1;

constexpr std::array<std::string_view, kTypeCount> kNames = {"person_name",
                                                             "former_name",
                                                             "id_number",
                                                             "birth_date",
                                                             "date",
                                                             "year_month",
                                                             "year",
                                                             "sex",
                                                             "relation",
                                                             "ethnicity",
                                                             "phone",
                                                             "identifier",
                                                             "household_identifier",
                                                             "county",
                                                             "township",
                                                             "village",
                                                             "group",
                                                             "address",
                                                             "code",
                                                             "boolean",
                                                             "integer",
                                                             "amount",
                                                             "text"};

}  // namespace

std::string_view semantic_type_name(SemanticType type) {
  return kNames[static_cast<std::size_t>(type)];
}

std::optional<SemanticType> parse_semantic_type(std::string_view name) {
  const auto it = std::find(kNames.begin(), kNames.end(), name);
  if (it == kNames.end()) return std::nullopt;
  return static_cast<SemanticType>(it - kNames.begin());
}

std::span<const std::string_view> semantic_type_names() { return kNames; }

ValueForm value_form(SemanticType type) {
  switch (type) {
    case SemanticType::kBirthDate:
    case SemanticType::kDate:
    case SemanticType::kYearMonth:
      return ValueForm::kDate;
    case SemanticType::kYear:
    case SemanticType::kInteger:
    case SemanticType::kAmount:
      return ValueForm::kNumber;
    case SemanticType::kCode:
    case SemanticType::kSex:
      return ValueForm::kCode;
    case SemanticType::kBoolean:
      return ValueForm::kBoolean;
    case SemanticType::kPersonName:
    case SemanticType::kFormerName:
    case SemanticType::kIdNumber:
    case SemanticType::kRelation:
    case SemanticType::kEthnicity:
    case SemanticType::kPhone:
    case SemanticType::kIdentifier:
    case SemanticType::kHouseholdIdentifier:
    case SemanticType::kCounty:
    case SemanticType::kTownship:
    case SemanticType::kVillage:
    case SemanticType::kGroup:
    case SemanticType::kAddress:
    case SemanticType::kText:
      break;
  }
  return ValueForm::kText;
}

}  // namespace bidui::schema
