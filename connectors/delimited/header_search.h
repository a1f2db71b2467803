// Finding a table's header, and with it the delimiter, at the beginning of a file.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/row_kind.h"

namespace bidui::connectors {

// How many of the cells (trimmed, not otherwise normalised) the caller knows as column headers.
// Also asked about single cells. It must not keep the views.
using HeaderTest = std::function<int(std::span<const std::string_view>)>;

struct HeaderSearch {
  std::uint32_t rows = 50;          // looked at, from the beginning
  int recognised = 2;               // columns that make a header
  std::optional<char> delimiter{};  // instead of trying comma, tab, semicolon and |
  // Where no row reaches `recognised`: whether a header is told by its form (plain_header.h), or a
  // single column by its known name.
  bool accept_unknown = false;
};

struct FoundHeader {
  std::vector<std::string> columns;  // one name per column; "" for a column without one
  HeaderRows rows;                   // one or two, as they stand in the file
  std::uint32_t first_row = 0;       // from 1
  char delimiter = ',';
  int recognised = 0;
};

// The best row by `test`; ties go to the earliest row and then to the first delimiter. Two rows are
// taken together where that recognises more than either: a cell of the lower row, else of the upper
// one; under a group (户主 above 姓名) the two joined, if `test` knows that word. If all rows
// looked at below have the same other number of cells, and what is over is blank, the columns
// follow the rows. nullopt if no row reaches search.recognised, nor is one told by its form. `head`
// is UTF-8; `whole` if it is the whole file.
std::optional<FoundHeader> find_header(std::string_view head, bool whole, const HeaderTest& test,
                                       const HeaderSearch& search);

// The same of rows that are cells already (trimmed, all equally wide); first_row counts them
// from 1.
std::optional<FoundHeader> find_header_row(std::span<const std::vector<std::string>> rows,
                                           const HeaderTest& test, const HeaderSearch& search);

// For the message of a refusal: the cells of the likeliest row, shortened; without personal data:
// rows that have numbers are not shown. Empty if there is nothing to show.
std::string describe_likeliest_row(std::string_view head, bool whole, const HeaderTest& test,
                                   const HeaderSearch& search);
std::string describe_likeliest_row(std::span<const std::vector<std::string>> rows,
                                   const HeaderTest& test);

}  // namespace bidui::connectors
