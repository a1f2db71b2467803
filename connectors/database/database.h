// A table or a query of a database, opened as a table like those of files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "connectors/delimited/header_search.h"
#include "connectors/delimited/table_reader.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

enum class DatabaseKind : std::uint8_t { kPostgresql, kOdbc };

struct DatabaseConnection {
  std::string name{};  // under which the workspace knows it; stands in errors
  DatabaseKind kind = DatabaseKind::kPostgresql;
  // PostgreSQL; what is empty is libpq's default.
  std::string host{};  // or the directory of a socket
  std::string port{};
  std::string dbname{};
  std::string user{};
  std::string sslmode{};
  std::string odbc{};      // ODBC: the connection string, without a password
  std::string password{};  // "" for none; stands in no error
};

// One of the two.
struct DatabaseSelection {
  std::string table{};       // exactly as the database writes it, "schema.table" or "table"
  std::string query{};       // one statement that gives rows
  std::string query_name{};  // of its file
};

// Reads in a transaction that cannot write and sees one state of the database; memory does not grow
// with the table. Each column is text, a NULL blank. Rows are numbered from 1, and there is no
// header row among them. kNotFound: no such table or database; kBadInput: the query cannot be used,
// or a column is binary; kIo: all else that the database or the way to it refuses.
Result<std::unique_ptr<TableReader>> open_database(const DatabaseConnection& connection,
                                                   const DatabaseSelection& selection,
                                                   const HeaderTest& test, std::size_t block_bytes);

}  // namespace bidui::connectors
