#include "matcher/rule/source_type.h"

#include <utility>

namespace bidui::rule {
namespace {

using schema::SemanticType;

FieldType field_type(SemanticType type) {
  switch (schema::value_form(type)) {
    case schema::ValueForm::kText:
      return FieldType::kText;
    case schema::ValueForm::kDate:
      return FieldType::kDate;
    case schema::ValueForm::kNumber:
      return FieldType::kNumber;
    case schema::ValueForm::kCode:
      return FieldType::kCode;
    case schema::ValueForm::kBoolean:
      return FieldType::kBoolean;
  }
  return FieldType::kText;
}

Field rule_field(const schema::Field& field) {
  Field result;
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

SourceType source_type(std::string instance, const schema::Schema& schema) {
  SourceType type{.name = std::move(instance), .fields = {}, .title = schema.title};
  for (const schema::Field& field : schema.fields) type.fields.push_back(rule_field(field));
  return type;
}

}  // namespace bidui::rule
