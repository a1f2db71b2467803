// What a database refused, in words that say what to do, without passwords and people's data.
#pragma once

#include <string>
#include <string_view>

#include "matcher/base/result.h"

namespace bidui::connectors {

enum class DatabaseMoment : std::uint8_t { kConnect, kOpen, kRead };

// SQLSTATE of PostgreSQL.
inline constexpr const char* kWrongPassword = "28P01";

struct DatabaseRefusal {
  std::string state{};  // SQLSTATE; "" where the way to the database failed
  std::string text{};   // in the words of the database or its driver
};

// The text of a refusal is shown where it can only tell of the connection or of the query: data
// errors quote values. Where it is shown, the password and long numbers are not.
Error database_error(const DatabaseRefusal& refusal, DatabaseMoment moment,
                     const std::string& place, std::string_view password);

// A column of bytes is no text.
Error binary_column(const std::string& column, const std::string& place);
// The statement gives no rows.
Error no_columns(const std::string& place);

}  // namespace bidui::connectors
