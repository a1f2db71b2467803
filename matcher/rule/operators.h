// Comparison and arithmetic of values, three-valued.
#pragma once

#include "matcher/rule/program.h"
#include "matcher/rule/value.h"

namespace bidui::rule {

// kEqual … kGreaterEqual. Unknown where a side is unknown, or where partial dates overlap so that
// both answers are possible.
Value compare(Op op, const Value& left, const Value& right);

// kAdd … kDivide for the kinds that the compiler lets through. Division by zero and differences of
// partial dates are unknown.
Value calculate(Op op, const Value& left, const Value& right);

// True if an element equals the item, unknown if one might, else false.
Value contained(const Value& item, const ListValue& list);

}  // namespace bidui::rule
