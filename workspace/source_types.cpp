#include "workspace/linked_view.h"

namespace bidui::workspace {
namespace {

using rule::FieldType;
using schema::SemanticType;

FieldType field_type(SemanticType type) {
  switch (type) {
    case SemanticType::kBirthDate:
    case SemanticType::kDate:
    case SemanticType::kYearMonth:
      return FieldType::kDate;
    case SemanticType::kYear:
    case SemanticType::kInteger:
    case SemanticType::kAmount:
      return FieldType::kNumber;
    case SemanticType::kCode:
    case SemanticType::kSex:
      return FieldType::kCode;
    case SemanticType::kBoolean:
      return FieldType::kBoolean;
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
  return FieldType::kText;
}

rule::Field rule_field(const schema::Field& field) {
  rule::Field result;
  result.name = field.id;
  result.type = field_type(field.type);
  result.title = field.title;
  result.personal =
      field.privacy == schema::Privacy::kPersonal || field.privacy == schema::Privacy::kSensitive;
  if (field.type == SemanticType::kSex) result.codes = {"male", "female"};
  for (const schema::CodeValue& value : field.codes) {
    if (field.type == SemanticType::kCode) result.codes.push_back(value.code);
  }
  return result;
}

}  // namespace

std::vector<rule::SourceType> source_types(std::span<const RunSource> sources) {
  std::vector<rule::SourceType> types;
  for (const RunSource& source : sources) {
    rule::SourceType type{.name = source.instance, .fields = {}, .title = source.schema->title};
    for (const schema::Field& field : source.schema->fields)
      type.fields.push_back(rule_field(field));
    types.push_back(std::move(type));
  }
  return types;
}

}  // namespace bidui::workspace
