// What each kind of database gives: columns, and rows of text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::connectors {

// Not for several threads at a time.
class DatabaseRows {
 public:
  virtual ~DatabaseRows() = default;
  virtual const std::vector<std::string>& columns() const = 0;
  // The next row: as many cells as columns, "" for NULL, valid until the next call; false when
  // there is none, or an error, and then it is not called again. The text is UTF-8 if the database
  // keeps its word.
  virtual Result<bool> next(std::vector<std::string_view>& cells) = 0;
};

// "ledger.civil" in the quotes of its database, so that it means what it says: "ledger"."civil".
std::string quoted_table(std::string_view table, std::string_view quote);

}  // namespace bidui::connectors
