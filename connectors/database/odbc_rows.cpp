#include "connectors/database/odbc_rows.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>
#include <unicode/unistr.h>
#include <utility>

#include "connectors/database/database_error.h"
#include "connectors/delimited/encoding.h"
#include "connectors/delimited/row_fate.h"

namespace bidui::connectors {
namespace {

static_assert(sizeof(SQLWCHAR) == sizeof(char16_t), "unixODBC's characters are UTF-16");

// Text goes as UTF-16 both ways: that alone does not depend on the locale and the driver's
// settings.
constexpr std::size_t kCell = kMaxFieldBytes + 2;  // more is rejected
constexpr SQLUINTEGER kConnectSeconds = 10;

template <SQLSMALLINT kType>
class Handle {
 public:
  Handle() = default;
  ~Handle() {
    if (handle_ == nullptr) return;
    if constexpr (kType == SQL_HANDLE_DBC) {
      SQLEndTran(SQL_HANDLE_DBC, handle_, SQL_ROLLBACK);
      SQLDisconnect(handle_);
    }
    SQLFreeHandle(kType, handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  bool allocate(SQLHANDLE parent) { return SQL_SUCCEEDED(SQLAllocHandle(kType, parent, &handle_)); }
  SQLHANDLE get() const { return handle_; }

 private:
  SQLHANDLE handle_ = nullptr;
};

// A number that the interface takes in place of a pointer.
SQLPOINTER as_pointer(std::uintptr_t number) {
  return reinterpret_cast<SQLPOINTER>(number);  // NOLINT(performance-no-int-to-ptr)
}

std::vector<SQLWCHAR> wide(std::string_view text) {
  const icu::UnicodeString converted =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  std::vector<SQLWCHAR> characters(static_cast<std::size_t>(converted.length()) + 1);
  for (int32_t i = 0; i < converted.length(); ++i)
    characters[static_cast<std::size_t>(i)] = converted.charAt(i);
  return characters;
}

std::string_view bytes_of(const SQLWCHAR* text, std::size_t characters) {
  return {reinterpret_cast<const char*>(text), characters * sizeof(SQLWCHAR)};
}

std::string narrow(const SQLWCHAR* text, std::size_t characters) {
  TextBuffer buffer;
  decode(Encoding::kUtf16Le, bytes_of(text, characters), true, buffer);
  return std::string(buffer.view());
}

DatabaseRefusal refusal_of(SQLSMALLINT type, SQLHANDLE handle) {
  std::array<SQLWCHAR, 6> state{};
  std::array<SQLWCHAR, 1024> text{};
  SQLINTEGER native = 0;
  SQLSMALLINT length = 0;
  const SQLRETURN found = SQLGetDiagRecW(type, handle, 1, state.data(), &native, text.data(),
                                         static_cast<SQLSMALLINT>(text.size()), &length);
  if (!SQL_SUCCEEDED(found)) return {};
  const std::size_t characters = std::min<std::size_t>(
      static_cast<std::size_t>(std::max<SQLSMALLINT>(length, 0)), text.size() - 1);
  return {.state = narrow(state.data(), state.size() - 1), .text = narrow(text.data(), characters)};
}

// The password in the braces that keep its signs from being read as others.
std::string connection_string(const DatabaseConnection& to) {
  std::string text = to.odbc;
  if (to.password.empty()) return text;
  if (!text.ends_with(';')) text += ';';
  text += "PWD={";
  for (const char c : to.password) text.append(c == '}' ? 2 : 1, c);
  return text + "}";
}

// Some drivers give the state of a connection that failed for whatever reason.
bool speaks_of_password(const std::string& text) {
  return std::ranges::any_of(
      std::to_array<std::string_view>({"password", "Password", "密码", "口令"}),
      [&](std::string_view word) { return text.find(word) != text.npos; });
}

bool is_binary(SQLSMALLINT type) {
  return type == SQL_BINARY || type == SQL_VARBINARY || type == SQL_LONGVARBINARY;
}

class OdbcRows : public DatabaseRows {
 public:
  OdbcRows(std::string place, std::string password)
      : place_(std::move(place)), password_(std::move(password)) {}

  Status connect(const DatabaseConnection& to) {
    if (!environment_.allocate(nullptr) ||
        !SQL_SUCCEEDED(SQLSetEnvAttr(environment_.get(), SQL_ATTR_ODBC_VERSION,
                                     as_pointer(SQL_OV_ODBC3), 0)) ||
        !connection_.allocate(environment_.get()))
      return refused(SQL_HANDLE_ENV, environment_.get(), DatabaseMoment::kConnect);
    SQLSetConnectAttrW(connection_.get(), SQL_ATTR_LOGIN_TIMEOUT, as_pointer(kConnectSeconds), 0);
    SQLSetConnectAttrW(connection_.get(), SQL_ATTR_ACCESS_MODE, as_pointer(SQL_MODE_READ_ONLY), 0);
    std::vector<SQLWCHAR> text = wide(connection_string(to));
    const SQLRETURN connected = SQLDriverConnectW(connection_.get(), nullptr, text.data(), SQL_NTS,
                                                  nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
    std::ranges::fill(text, SQLWCHAR{0});
    if (SQL_SUCCEEDED(connected)) return begin_transaction();
    DatabaseRefusal refusal = refusal_of(SQL_HANDLE_DBC, connection_.get());
    if (speaks_of_password(refusal.text)) refusal.state = kWrongPassword;
    return database_error(refusal, DatabaseMoment::kConnect, place_, password_);
  }

  Status select(const DatabaseSelection& selection) {
    if (!statement_.allocate(connection_.get()))
      return refused(SQL_HANDLE_DBC, connection_.get(), DatabaseMoment::kOpen);
    std::string query = selection.query;
    if (!selection.table.empty())
      query = "SELECT * FROM " + quoted_table(selection.table, identifier_quote());
    query.resize(query.find_last_not_of("; \t\r\n") + 1);
    std::vector<SQLWCHAR> text = wide(query);
    if (!SQL_SUCCEEDED(SQLExecDirectW(statement_.get(), text.data(), SQL_NTS)))
      return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kOpen);
    return describe();
  }

  const std::vector<std::string>& columns() const override { return columns_; }

  Result<bool> next(std::vector<std::string_view>& cells) override {
    const SQLRETURN fetched = SQLFetch(statement_.get());
    if (fetched == SQL_NO_DATA) return false;
    if (!SQL_SUCCEEDED(fetched))
      return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kRead);
    text_.clear();
    ends_.clear();
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      BIDUI_TRY(add_cell(column));
      ends_.push_back(text_.size());
    }
    cells.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      cells.push_back(text_.view().substr(begin, end - begin));
      begin = end;
    }
    return true;
  }

 private:
  Error refused(SQLSMALLINT type, SQLHANDLE handle, DatabaseMoment moment) const {
    return database_error(refusal_of(type, handle), moment, place_, password_);
  }

  // One state of the database, and no writing, as far as it can promise either: what it does not
  // know it refuses, and goes on.
  Status begin_transaction() {
    if (!SQL_SUCCEEDED(SQLSetConnectAttrW(connection_.get(), SQL_ATTR_AUTOCOMMIT,
                                          as_pointer(SQL_AUTOCOMMIT_OFF), 0)))
      return refused(SQL_HANDLE_DBC, connection_.get(), DatabaseMoment::kConnect);
    SQLUINTEGER levels = 0;
    SQLGetInfoW(connection_.get(), SQL_TXN_ISOLATION_OPTION, &levels, sizeof levels, nullptr);
    if ((levels & SQL_TXN_REPEATABLE_READ) != 0)
      SQLSetConnectAttrW(connection_.get(), SQL_ATTR_TXN_ISOLATION,
                         as_pointer(SQL_TXN_REPEATABLE_READ), 0);
    // The first for what a query might begin after it ended the second.
    if (execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"))
      SQLEndTran(SQL_HANDLE_DBC, connection_.get(), SQL_COMMIT);
    execute("SET TRANSACTION READ ONLY");
    return {};
  }

  // Where it is refused, the transaction begins anew.
  bool execute(std::string_view command) {
    Handle<SQL_HANDLE_STMT> statement;
    if (!statement.allocate(connection_.get())) return false;
    std::vector<SQLWCHAR> text = wide(command);
    if (SQL_SUCCEEDED(SQLExecDirectW(statement.get(), text.data(), SQL_NTS))) return true;
    SQLEndTran(SQL_HANDLE_DBC, connection_.get(), SQL_ROLLBACK);
    return false;
  }

  // "" where it has none, which drivers tell by a blank.
  std::string identifier_quote() const {
    std::array<SQLWCHAR, 8> quote{};
    SQLSMALLINT bytes = 0;
    SQLGetInfoW(connection_.get(), SQL_IDENTIFIER_QUOTE_CHAR, quote.data(), sizeof quote, &bytes);
    const auto end = std::ranges::find(quote, SQLWCHAR{0});
    const std::string text = narrow(quote.data(), static_cast<std::size_t>(end - quote.begin()));
    return text == " " ? "" : text;
  }

  Status describe() {
    SQLSMALLINT count = 0;
    SQLNumResultCols(statement_.get(), &count);
    if (count <= 0) return no_columns(place_);
    for (SQLSMALLINT column = 1; column <= count; ++column) {
      std::array<SQLWCHAR, 512> name{};
      SQLSMALLINT length = 0;
      SQLSMALLINT type = 0;
      SQLSMALLINT digits = 0;
      SQLSMALLINT nullable = 0;
      SQLULEN size = 0;
      if (!SQL_SUCCEEDED(SQLDescribeColW(statement_.get(), static_cast<SQLUSMALLINT>(column),
                                         name.data(), static_cast<SQLSMALLINT>(name.size()),
                                         &length, &type, &size, &digits, &nullable)))
        return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kOpen);
      const auto end = std::ranges::find(name, SQLWCHAR{0});
      columns_.push_back(narrow(name.data(), static_cast<std::size_t>(end - name.begin())));
      if (is_binary(type)) return binary_column(columns_.back(), place_);
    }
    cell_.resize(kCell);
    return {};
  }

  // Put behind the row's text.
  Status add_cell(std::size_t column) {
    constexpr std::size_t kMost = (kCell - 1) * sizeof(SQLWCHAR);
    SQLLEN bytes = 0;
    const SQLRETURN got =
        SQLGetData(statement_.get(), static_cast<SQLUSMALLINT>(column + 1), SQL_C_WCHAR,
                   cell_.data(), static_cast<SQLLEN>(kCell * sizeof(SQLWCHAR)), &bytes);
    if (!SQL_SUCCEEDED(got))
      return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kRead);
    if (bytes == SQL_NULL_DATA) return {};
    const bool whole = bytes >= 0 && static_cast<std::size_t>(bytes) <= kMost;
    decode(Encoding::kUtf16Le,
           bytes_of(cell_.data(),
                    (whole ? static_cast<std::size_t>(bytes) : kMost) / sizeof(SQLWCHAR)),
           true, text_);
    return {};
  }

  std::string place_;
  std::string password_;
  Handle<SQL_HANDLE_ENV> environment_;  // ended in the reverse order
  Handle<SQL_HANDLE_DBC> connection_;
  Handle<SQL_HANDLE_STMT> statement_;
  std::vector<std::string> columns_;
  std::vector<SQLWCHAR> cell_;
  TextBuffer text_;  // of the row
  std::vector<std::size_t> ends_;
};

}  // namespace

Result<std::unique_ptr<DatabaseRows>> open_odbc(const DatabaseConnection& connection,
                                                const DatabaseSelection& selection,
                                                const std::string& place) {
  auto rows = std::make_unique<OdbcRows>(place, connection.password);
  BIDUI_TRY(rows->connect(connection));
  BIDUI_TRY(rows->select(selection));
  return rows;
}

}  // namespace bidui::connectors
