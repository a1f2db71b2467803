#include "matcher/rule/type.h"

namespace bidui::rule {
namespace {

Bilingual kind_name(ValueKind kind) {
  switch (kind) {
    case ValueKind::kUnknown:
      return {"任意值", "anything"};
    case ValueKind::kBoolean:
      return {"是否值", "true/false"};
    case ValueKind::kNumber:
      return {"数", "number"};
    case ValueKind::kText:
      return {"文本", "text"};
    case ValueKind::kDate:
      return {"日期", "date"};
    case ValueKind::kDays:
      return {"天数", "days"};
    case ValueKind::kMonths:
      return {"月数", "months"};
    case ValueKind::kLevel:
      return {"关联级别", "level"};
    case ValueKind::kRecord:
      return {"记录", "record"};
    case ValueKind::kHousehold:
      return {"户", "household"};
    case ValueKind::kList:
      return {"列表", "list"};
  }
  return {"任意值", "anything"};
}

}  // namespace

Bilingual type_name(const Type& type, const std::vector<SourceType>& sources) {
  if (type.kind == ValueKind::kList && type.element != ValueKind::kUnknown) {
    const Bilingual element = type_name(type.element_type(), sources);
    return {element.zh + "的列表", "list of " + element.en};
  }
  const Bilingual name = kind_name(type.kind);
  if (type.kind != ValueKind::kRecord && type.kind != ValueKind::kHousehold) return name;
  const std::string& source = sources[type.source].name;
  return {source + " 的" + name.zh, name.en + " of " + source};
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
