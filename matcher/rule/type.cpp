#include "matcher/rule/type.h"

namespace bidui::rule {
namespace {

std::string kind_name(ValueKind kind) {
  switch (kind) {
    case ValueKind::kUnknown:
      return "anything";
    case ValueKind::kBoolean:
      return "true/false";
    case ValueKind::kNumber:
      return "number";
    case ValueKind::kText:
      return "text";
    case ValueKind::kDate:
      return "date";
    case ValueKind::kDays:
      return "days";
    case ValueKind::kMonths:
      return "months";
    case ValueKind::kLevel:
      return "level";
    case ValueKind::kRecord:
      return "record";
    case ValueKind::kHousehold:
      return "household";
    case ValueKind::kList:
      return "list";
  }
  return "anything";
}

}  // namespace

std::string type_name(const Type& type, const std::vector<SourceType>& sources) {
  if (type.kind == ValueKind::kList && type.element != ValueKind::kUnknown) {
    return "list of " + type_name(type.element_type(), sources);
  }
  std::string name = kind_name(type.kind);
  if (type.kind == ValueKind::kRecord || type.kind == ValueKind::kHousehold) {
    name += " of " + sources[type.source].name;
  }
  return name;
}

bool same_type(const Type& left, const Type& right) {
  if (left.kind != right.kind) return false;
  if (left.kind != ValueKind::kList) return true;
  return left.element == right.element || left.element == ValueKind::kUnknown ||
         right.element == ValueKind::kUnknown;
}

int find_source(const std::vector<SourceType>& sources, std::string_view name) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

int find_field(const SourceType& source, std::string_view name) {
  for (std::size_t i = 0; i < source.fields.size(); ++i) {
    if (source.fields[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

ValueKind value_kind(FieldType type) {
  switch (type) {
    case FieldType::kText:
    case FieldType::kCode:
      return ValueKind::kText;
    case FieldType::kDate:
      return ValueKind::kDate;
    case FieldType::kNumber:
      return ValueKind::kNumber;
    case FieldType::kBoolean:
      return ValueKind::kBoolean;
  }
  return ValueKind::kUnknown;
}

}  // namespace bidui::rule
