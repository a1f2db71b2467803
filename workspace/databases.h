// The databases that a workspace reads from, in its databases.json, written by the data officer:
//
//   { "county": { "kind": "postgresql", "host": "10.1.2.3", "port": 5432, "dbname": "hukou",
//                 "user": "reader", "sslmode": "require", "password_env": "HUKOU_PASSWORD" },
//     "relief": { "kind": "odbc", "connection": "DSN=minzheng;UID=reader",
//                 "password_file": "relief.password" } }
//
// A password is never in it: it comes from an environment variable, or from a file that its owner
// alone can read; a relative path is seen from the workspace.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "connectors/database/database.h"
#include "matcher/base/result.h"

namespace bidui::workspace {

// With its password. kNotFound lists those there are; kBadInput with file, line and column; kIo
// where the password cannot be had.
Result<connectors::DatabaseConnection> find_database(const std::filesystem::path& workspace,
                                                     const std::string& name);

// One statement of SQL in a file. kNotFound, kIo; kBadInput where there is none.
Result<connectors::DatabaseSelection> read_query(const std::filesystem::path& path);

}  // namespace bidui::workspace
