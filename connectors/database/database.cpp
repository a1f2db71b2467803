#include "connectors/database/database.h"

#include "connectors/database/database_rows.h"
#include "connectors/database/database_table.h"
#include "connectors/database/odbc_rows.h"
#include "connectors/database/postgresql_rows.h"

namespace bidui::connectors {

std::string quoted_table(std::string_view table, std::string_view quote) {
  std::string quoted(quote);
  for (std::size_t at = 0; at < table.size();) {
    if (table[at] == '.') {
      quoted.append(quote).append(".").append(quote);
      ++at;
    } else if (!quote.empty() && table.substr(at).starts_with(quote)) {
      quoted.append(quote).append(quote);
      at += quote.size();
    } else {
      quoted += table[at++];
    }
  }
  return quoted.append(quote);
}

Result<std::unique_ptr<TableReader>> open_database(const DatabaseConnection& connection,
                                                   const DatabaseSelection& selection,
                                                   const HeaderTest& test,
                                                   std::size_t block_bytes) {
  const std::string name = connection.name + "[" +
                           (selection.table.empty() ? selection.query_name : selection.table) + "]";
  auto rows = connection.kind == DatabaseKind::kPostgresql
                  ? open_postgresql(connection, selection, name)
                  : open_odbc(connection, selection, name);
  BIDUI_TRY(rows);
  return std::make_unique<DatabaseTable>(std::move(*rows), name, test, block_bytes);
}

}  // namespace bidui::connectors
