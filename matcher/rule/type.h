// The static type of an expression.
#pragma once

#include <string>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/source_type.h"
#include "matcher/rule/value.h"

namespace bidui::rule {

struct Type {
  ValueKind kind = ValueKind::kUnknown;
  ValueKind element = ValueKind::kUnknown;  // of a list; kUnknown for the empty list literal
  SourceIndex source = 0;                   // of a record or household, or of a list's elements
  // The values that a code field can have; null where any text is possible. Owned by the
  // SourceType.
  const std::vector<std::string>* codes = nullptr;
  bool personal = false;  // shows a name or number if it stood in evidence

  static Type of(ValueKind kind) {
    Type type;
    type.kind = kind;
    return type;
  }
  static Type record(SourceIndex source) {
    Type type = of(ValueKind::kRecord);
    type.source = source;
    return type;
  }
  static Type household(SourceIndex source) {
    Type type = of(ValueKind::kHousehold);
    type.source = source;
    return type;
  }
  static Type list(const Type& of_element) {
    Type type = of_element;
    type.kind = ValueKind::kList;
    type.element = of_element.kind;
    return type;
  }
  // Of a list's elements.
  Type element_type() const {
    Type type = *this;
    type.kind = element;
    type.element = ValueKind::kUnknown;
    return type;
  }
};

// For error messages: "number", "record of civil", "list of text".
Bilingual type_name(const Type& type, const std::vector<SourceType>& sources);

// May values of the two types be compared with == (and stand in the two branches of ?:)?
bool same_type(const Type& left, const Type& right);

// The source's or field's position, or -1. O(n).
int find_source(const std::vector<SourceType>& sources, std::string_view name);
int find_field(const SourceType& source, std::string_view name);
ValueKind value_kind(FieldType type);

}  // namespace bidui::rule
