// Which column of a file holds which field of a schema.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/schema/schema.h"

namespace bidui::schema {

enum class HeaderMatch : std::uint8_t {
  kExact,  // one of the field's spellings, after normalising
  kLoose,  // the only column whose header contains a spelling of the field
};

struct MappedColumn {
  std::size_t column = 0;  // position in the header row, from 0
  HeaderMatch match = HeaderMatch::kExact;
  std::string bracket;  // what stood in brackets in the header: "万元", "元/人"
};

// A field that more than one column could have served; the lower precedence lost.
struct AmbiguousHeader {
  std::size_t field = 0;
  std::size_t chosen = 0;             // column
  std::vector<std::size_t> rejected;  // columns, left without a field
};

struct HeaderMapping {
  std::vector<std::optional<MappedColumn>> fields;  // parallel to Schema::fields
  std::vector<std::size_t> unmapped;                // columns with a header but without a field
  std::vector<AmbiguousHeader> ambiguous;

  // The column of a field, or nullopt. `field` < fields.size().
  std::optional<std::size_t> column(std::size_t field) const;
};

// What a person decided about a column: the field that it serves, or that it serves none.
struct ColumnDecision {
  std::size_t column = 0;
  std::optional<std::size_t> field{};
};

// Gives every field at most one column and every column at most one field. Precedence: the rank of
// the spelling in the field's list, then the order of fields, then of columns; a required field
// that is left without takes its column from an optional one (申请人姓名 alone is the name); last,
// loose matches where both sides are unique. kBadInput when a required column is missing; the
// message lists what is missing, what was recognised and what was not (header text only, and none
// of it when hardly anything was recognised, as the row may hold people).
// Decisions go before all that; where there are any, nothing is matched loosely.
// Cost: O(columns × spellings), once per file.
Result<HeaderMapping> map_headers(const Schema& schema, std::span<const std::string> cells,
                                  std::span<const ColumnDecision> decisions = {});

// The same with whatever there is: required columns may be missing.
HeaderMapping find_headers(const Schema& schema, std::span<const std::string> cells,
                           std::span<const ColumnDecision> decisions = {});

// How many fields have a cell with one of their exact spellings: the header row of a file is the
// row with the most. Blank cells count nothing.
std::size_t recognised_count(const Schema& schema, std::span<const std::string_view> cells);

}  // namespace bidui::schema
