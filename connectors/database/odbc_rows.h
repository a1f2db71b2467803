// Any other database, by the ODBC driver that its maker gives.
#pragma once

#include <memory>
#include <string>

#include "connectors/database/database.h"
#include "connectors/database/database_rows.h"

namespace bidui::connectors {

// Rows are fetched many at a time where the driver can then still give a long cell whole, else one
// by one. `place`: for errors. Those of open_database().
Result<std::unique_ptr<DatabaseRows>> open_odbc(const DatabaseConnection& connection,
                                                const DatabaseSelection& selection,
                                                const std::string& place);

}  // namespace bidui::connectors
