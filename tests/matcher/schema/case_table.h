// Case tables (tests/cases/**.tsv) and the shipped schemas, for the tests of this folder.
#pragma once

#include <string>
#include <vector>

#include "matcher/schema/schema.h"

namespace bidui::schema {

struct CaseRow {
  std::string where;               // file:line, for the failure message
  std::vector<std::string> cells;  // "\n" and "\t" written as escapes are resolved
};

// Rows of tests/cases/`path`; the first line (column names), blank lines and lines with `#`
// skipped.
std::vector<CaseRow> read_cases(const std::string& path);

// schemas/sources/`source`.json, parsed; the program stops when it does not parse.
const Schema& shipped_schema(const std::string& source);

}  // namespace bidui::schema
