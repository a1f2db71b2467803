// Compiled expressions: a flat table of nodes in which every name is resolved to a position.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "matcher/rule/value.h"

namespace bidui::rule {

// Grouped as the evaluator runs them; operators kNot … kConditional stand together.
enum class Op : std::uint8_t {
  kConstant,    // constant
  kVariable,    // slot `index`
  kDefinition,  // child 0, kept in definition slot `index` until the next subject
  kNot,
  kNegate,
  kAnd,
  kOr,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kConditional,
  kList,  // constants: list of `index` nodes that stand one after another from child 0
  kHas,
  kField,           // of record child 0: field `index`
  kHouseholdField,  // of household child 0: the head's, else the first member's that is known
  kFact,            // of record child 0: Fact `index`
  kExists,          // list child 0, body child 1, variable slot `index`
  kExistsOne,
  kAll,
  kFilter,
  kMap,
  kSize,
  kTextSize,
  kStartsWith,
  kEndsWith,
  kContains,
  kDateFromText,
  kDateFromParts,
  kYear,
  kMonth,
  kDays,
  kMonths,
  kYears,
  kAge,
  kToday,
  kAsOf,        // of `source`
  kDelivered,   // `source`
  kCovers,      // `source`, region child 0
  kLinks,       // record child 0 to `source` at level `index`
  kAbsent,      // record child 0 in `source`
  kSameNumber,  // record child 0 in `source`
  kChildrenIn,  // record child 0 in `source`
  kParentsIn,   // of list of records child 0 in `source`
  kHouseholdOf,
  kMembers,
  kHead,
  kHouseholdKey,
  kHouseholdRecords,  // records of `source` linked at level `index` with a member
  kHouseholdAbsent,
  kHouseholds,    // households of `source` at level `index`
  kMembersOfAll,  // of a list of households
  kKin,           // of record child 0: Kin `index`
  kKinOfAll,      // of a list of records
  kSplits,        // of household child 0: Split `index`
  kSplitsOfAll,   // of a list of households
  kConcatenate,   // of two lists
  kKnown,         // the sure elements of list child 0, as if it were complete
  kRecordsLinks,  // of list of records child 0 to `source` at level `index`
  kSameHouse,     // records child 0 and 1
  kKnownKin,      // records child 0 and 1
  kNameRelation,
  kSameName,
  kLinkLevel,
};

struct Node {
  Op op = Op::kConstant;
  SourceIndex source = 0;
  std::uint16_t index = 0;
  std::array<std::uint32_t, 3> children{};
  Value constant{};
};

// The expressions of one rule for one subject source. Not copied: constants point into it.
struct Program {
  Program() = default;
  Program(Program&&) = default;
  Program& operator=(Program&&) = default;
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  std::vector<Node> nodes;
  std::deque<std::string> texts;         // what text constants point to
  std::deque<std::vector<Value>> lists;  // what list constants point to
  std::uint16_t variable_slots = 0;
  std::uint16_t definition_slots = 0;
};

}  // namespace bidui::rule
