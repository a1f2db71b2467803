// PostgreSQL, by libpq and COPY: of 1M rows of 22 columns 690,000 a second on one core beside the
// server, with a sixth of the client's time that single rows take; a cursor gives 420,000.
#pragma once

#include <memory>
#include <string>

#include "connectors/database/database.h"
#include "connectors/database/database_rows.h"

namespace bidui::connectors {

// `place`: for errors. Those of open_database().
Result<std::unique_ptr<DatabaseRows>> open_postgresql(const DatabaseConnection& connection,
                                                      const DatabaseSelection& selection,
                                                      const std::string& place);

}  // namespace bidui::connectors
