// Any other database, by the ODBC driver that its maker gives.
#pragma once

#include <memory>
#include <string>

#include "connectors/database/database.h"
#include "connectors/database/database_rows.h"

namespace bidui::connectors {

// Rows and cells are asked for one by one, as every driver can. Many rows at a time were slower
// with psqlodbc 13.02, which then also crashed where the server was lost among them; binding the
// columns saves 9 % of an import, and cuts long cells. `place`: for errors. Those of
// open_database().
Result<std::unique_ptr<DatabaseRows>> open_odbc(const DatabaseConnection& connection,
                                                const DatabaseSelection& selection,
                                                const std::string& place);

}  // namespace bidui::connectors
