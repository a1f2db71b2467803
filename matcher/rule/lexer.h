// Expression text to tokens. CEL's lexical rules, as far as rules need them: names, decimal
// numbers, strings in single or double quotes with \\ \' \" \n \t, operators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/expression_text.h"

namespace bidui::rule {

enum class TokenKind : std::uint8_t { kName, kNumber, kText, kSymbol, kEnd };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;  // the name, the symbol ("&&"), or the string without quotes and escapes
  double number = 0;
  std::size_t offset = 0;

  bool is(std::string_view symbol) const { return kind == TokenKind::kSymbol && text == symbol; }
  bool is_name(std::string_view name) const { return kind == TokenKind::kName && text == name; }
};

// All tokens, the last of kind kEnd; at most 2000 others, more is an error. O(length).
Result<std::vector<Token>> tokenise(const ExpressionText& source);

}  // namespace bidui::rule
