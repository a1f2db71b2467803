// Telling the rows that hold a record from those that a person put around them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/row_fate.h"

namespace bidui::connectors {

// The cells of one or two rows that make up the header, trimmed.
using HeaderRows = std::vector<std::vector<std::string>>;

// Why a row below the header holds no record; kNone if it may hold one. `cells` are trimmed.
// A subtotal has one of its words in column 1 or 2, alone, at the end (竹墩村小计) or before a
// bracket, colon or number; a signature or remark is told by the first cell that is not blank; a
// title by being the only text of a row of a table of four columns or more. White space inside the
// words is ignored.
SkipReason skip_reason(std::span<const std::string_view> cells, const HeaderRows& header);

}  // namespace bidui::connectors
