#include "workspace/linked_view.h"

namespace bidui::workspace {
namespace {

using rule::FieldType;
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
