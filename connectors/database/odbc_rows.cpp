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
constexpr std::size_t kShortCell = 256;                // characters, with the NUL
constexpr std::size_t kLongCell = kMaxFieldBytes + 2;  // more is rejected
constexpr std::size_t kMostRows = 1000;                // at a time
constexpr std::size_t kFetchBytes = std::size_t{16} << 20;
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
    if (!SQL_SUCCEEDED(connected))
      return refused(SQL_HANDLE_DBC, connection_.get(), DatabaseMoment::kConnect);
    return begin_transaction();
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
    BIDUI_TRY(describe());
    return can_fetch_many() ? bind() : Status{};
  }

  const std::vector<std::string>& columns() const override { return columns_; }

  Result<bool> next(std::vector<std::string_view>& cells) override {
    if (next_row_ >= fetched_) {
      const Result<bool> more = fetch();
      BIDUI_TRY(more);
      if (!*more) return false;
    }
    text_.clear();
    ends_.clear();
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      BIDUI_TRY(add_cell(column));
      ends_.push_back(text_.size());
    }
    ++next_row_;
    cells.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      cells.push_back(text_.view().substr(begin, end - begin));
      begin = end;
    }
    return true;
  }

 private:
  struct BoundColumn {
    std::vector<SQLWCHAR> text{};  // kShortCell for each row
    std::vector<SQLLEN> bytes{};
  };

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

  // " " where it has none.
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
    long_cell_.resize(kLongCell);
    return {};
  }

  bool can_fetch_many() const {
    constexpr SQLUINTEGER kAll = SQL_GD_ANY_COLUMN | SQL_GD_ANY_ORDER | SQL_GD_BLOCK | SQL_GD_BOUND;
    SQLUINTEGER can = 0;
    SQLGetInfoW(connection_.get(), SQL_GETDATA_EXTENSIONS, &can, sizeof can, nullptr);
    return (can & kAll) == kAll;
  }

  Status bind() {
    const std::size_t row_bytes = columns_.size() * kShortCell * sizeof(SQLWCHAR);
    const std::size_t rows = std::clamp<std::size_t>(kFetchBytes / row_bytes, 1, kMostRows);
    const bool many =
        SQL_SUCCEEDED(
            SQLSetStmtAttrW(statement_.get(), SQL_ATTR_ROW_ARRAY_SIZE, as_pointer(rows), 0)) &&
        SQL_SUCCEEDED(SQLSetStmtAttrW(statement_.get(), SQL_ATTR_ROWS_FETCHED_PTR, &fetched_, 0)) &&
        SQL_SUCCEEDED(SQLSetStmtAttrW(statement_.get(), SQL_ATTR_ROW_STATUS_PTR,
                                      (states_.resize(rows), states_.data()), 0));
    if (!many) return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kOpen);
    bound_.resize(columns_.size());
    for (std::size_t column = 0; column < bound_.size(); ++column) {
      bound_[column].text.resize(rows * kShortCell);
      bound_[column].bytes.resize(rows);
      if (!SQL_SUCCEEDED(SQLBindCol(statement_.get(), static_cast<SQLUSMALLINT>(column + 1),
                                    SQL_C_WCHAR, bound_[column].text.data(),
                                    kShortCell * sizeof(SQLWCHAR), bound_[column].bytes.data())))
        return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kOpen);
    }
    return {};
  }

  Result<bool> fetch() {
    next_row_ = 0;
    fetched_ = 0;
    const SQLRETURN done = SQLFetch(statement_.get());
    if (done == SQL_NO_DATA) return false;
    if (!SQL_SUCCEEDED(done))
      return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kRead);
    if (bound_.empty()) fetched_ = 1;
    for (std::size_t row = 0; row < std::min<std::size_t>(fetched_, states_.size()); ++row) {
      if (states_[row] == SQL_ROW_ERROR)
        return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kRead);
    }
    return fetched_ > 0;
  }

  // Of the row next_row_, put behind the text.
  Status add_cell(std::size_t column) {
    if (bound_.empty()) return add_long_cell(column);
    const SQLLEN bytes = bound_[column].bytes[next_row_];
    if (bytes == SQL_NULL_DATA) return {};
    constexpr SQLLEN kMost = (kShortCell - 1) * sizeof(SQLWCHAR);
    if (bytes < 0 || bytes > kMost) {
      if (!SQL_SUCCEEDED(
              SQLSetPos(statement_.get(), next_row_ + 1, SQL_POSITION, SQL_LOCK_NO_CHANGE)))
        return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kRead);
      return add_long_cell(column);
    }
    add(&bound_[column].text[next_row_ * kShortCell], static_cast<std::size_t>(bytes));
    return {};
  }

  Status add_long_cell(std::size_t column) {
    constexpr std::size_t kMost = (kLongCell - 1) * sizeof(SQLWCHAR);
    SQLLEN bytes = 0;
    const SQLRETURN got =
        SQLGetData(statement_.get(), static_cast<SQLUSMALLINT>(column + 1), SQL_C_WCHAR,
                   long_cell_.data(), static_cast<SQLLEN>(kLongCell * sizeof(SQLWCHAR)), &bytes);
    if (!SQL_SUCCEEDED(got))
      return refused(SQL_HANDLE_STMT, statement_.get(), DatabaseMoment::kRead);
    if (bytes == SQL_NULL_DATA) return {};
    const bool whole = bytes >= 0 && static_cast<std::size_t>(bytes) <= kMost;
    add(long_cell_.data(), whole ? static_cast<std::size_t>(bytes) : kMost);
    return {};
  }

  void add(const SQLWCHAR* text, std::size_t bytes) {
    decode(Encoding::kUtf16Le, bytes_of(text, bytes / sizeof(SQLWCHAR)), true, text_);
  }

  std::string place_;
  std::string password_;
  Handle<SQL_HANDLE_ENV> environment_;  // ended in the reverse order
  Handle<SQL_HANDLE_DBC> connection_;
  Handle<SQL_HANDLE_STMT> statement_;
  std::vector<std::string> columns_;
  std::vector<BoundColumn> bound_;  // empty: rows one by one
  std::vector<SQLUSMALLINT> states_;
  std::vector<SQLWCHAR> long_cell_;
  SQLULEN fetched_ = 0;
  SQLULEN next_row_ = 0;
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
