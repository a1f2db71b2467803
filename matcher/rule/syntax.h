// The syntax tree of an expression: what was written, before any name is resolved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bidui::rule {

enum class SyntaxKind : std::uint8_t {
  kNumber,       // number
  kText,         // text
  kBoolean,      // number is 0 or 1
  kName,         // text
  kMember,       // children[0] . text
  kMethod,       // children[0] . text ( children[1..] )
  kCall,         // text ( children[0..] )
  kList,         // [ children ]
  kUnary,        // text ("!" or "-") children[0]
  kBinary,       // children[0] text children[1]
  kConditional,  // children[0] ? children[1] : children[2]
};

struct Syntax {
  SyntaxKind kind = SyntaxKind::kName;
  std::string text;
  double number = 0;
  std::size_t offset = 0;  // of the name or operator that an error should point at
  std::vector<std::unique_ptr<Syntax>> children;
};

using SyntaxPtr = std::unique_ptr<Syntax>;

}  // namespace bidui::rule
