// Tokens to a syntax tree: CEL's grammar and precedence (?:, ||, &&, relations and `in`, + -, * /,
// unary ! -, members and calls) without messages, maps, bytes and `null`.
#pragma once

#include "matcher/base/result.h"
#include "matcher/rule/expression_text.h"
#include "matcher/rule/syntax.h"

namespace bidui::rule {

// Errors: kBadInput with the place of the first token that fits nothing, or where parentheses nest
// deeper than 100. O(length).
Result<SyntaxPtr> parse(const ExpressionText& source);

}  // namespace bidui::rule
