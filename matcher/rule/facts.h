// The facts of a record by the names that rules use.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/rule/type.h"

namespace bidui::rule {

struct FactType {
  std::string_view name;  // "id_state"
  Fact fact;
  ValueKind kind;
};

std::span<const FactType> fact_types();
// nullptr where there is none of that name.
const FactType* find_fact(std::string_view name);
// The values that a fact can have, where they are few; else nullptr.
const std::vector<std::string>* fact_codes(Fact fact);

}  // namespace bidui::rule
