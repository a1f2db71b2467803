// The functions and members that rules can call, with their types: one row each.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "matcher/rule/program.h"

namespace bidui::rule {

// What an argument must be.
enum class Argument : std::uint8_t {
  kNone,
  kSource,  // the name of a source, in quotes
  kLevel,   // L1, L2 or L3
  kNumber,
  kText,
  kDate,
  kRecord,
};

// Whose records or households a result holds.
enum class ResultSource : std::uint8_t { kNone, kArgument, kReceiver };

struct Function {
  std::string_view name;
  ValueKind receiver;          // kUnknown for a function without one
  ValueKind receiver_element;  // of a list receiver, else kUnknown
  std::array<Argument, 3> arguments;
  Op op;
  ValueKind result;
  ValueKind result_element;  // of a list result, else kUnknown
  ResultSource result_source;
  bool is_member;              // written without parentheses: `r.household`
  std::uint16_t index = 0;     // of the node: which Kin or Split
  bool asks_registry = false;  // only of a source that records kinship and splits
};

std::span<const Function> functions();

}  // namespace bidui::rule
