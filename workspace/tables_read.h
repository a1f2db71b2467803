// Which tables of a file were read, and what a person should know of them.
#pragma once

#include <string>
#include <vector>

#include "connectors/delimited/table_reader.h"
#include "connectors/tables/open_tables.h"

namespace bidui::workspace {

struct TableRead {
  std::string name{};
  connectors::TableNotes notes{};
};

struct TablesRead {
  std::vector<TableRead> tables{};
  std::vector<connectors::LeftOut> left_out{};
};

}  // namespace bidui::workspace
