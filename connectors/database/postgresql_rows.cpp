#include "connectors/database/postgresql_rows.h"

#include <array>
#include <chrono>
#include <libpq-fe.h>
#include <poll.h>
#include <utility>

#include "connectors/database/database_error.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

constexpr std::chrono::seconds kConnectTime{10};
constexpr Oid kByteaType = 17;

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
  void operator()(char* memory) const { PQfreemem(memory); }
};
using Connection = std::unique_ptr<PGconn, Finish>;
using Answer = std::unique_ptr<PGresult, Finish>;

// "… failed: FATAL:  28P01: password authentication failed…\nLOCATION: …", as libpq is asked to
// write it, for no field of it can be asked before there is a connection.
DatabaseRefusal connect_refusal(PGconn* connection) {
  DatabaseRefusal refusal{.text = PQerrorMessage(connection)};
  constexpr std::string_view kFatal = "FATAL:  ";
  constexpr std::size_t kState = 5;
  const std::size_t at = refusal.text.find(kFatal);
  if (at == std::string::npos || refusal.text.size() < at + kFatal.size() + kState + 2)
    return refusal;
  refusal.state = refusal.text.substr(at + kFatal.size(), kState);
  refusal.text.erase(0, at + kFatal.size() + kState + 2);
  refusal.text.resize(std::min(refusal.text.size(), refusal.text.find("\nLOCATION:")));
  return refusal;
}

Error no_password(const std::string& place) {
  return bilingual_error(ErrorCode::kIo,
                         "数据库要密码；请在 databases.json 中用 password_env（环境变量名）或 "
                         "password_file（文件）给出",
                         "the database wants a password; give it in databases.json by "
                         "password_env (a variable's name) or password_file",
                         place);
}

// Until the connection stands, is refused, or its time is over.
PostgresPollingStatusType wait_for(PGconn* connection) {
  const auto end = std::chrono::steady_clock::now() + kConnectTime;
  PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
  while (wanted == PGRES_POLLING_READING || wanted == PGRES_POLLING_WRITING) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd socket{.fd = PQsocket(connection),
                  .events = wanted == PGRES_POLLING_READING ? short{POLLIN} : short{POLLOUT},
                  .revents = 0};
    if (left.count() <= 0 || ::poll(&socket, 1, static_cast<int>(left.count())) == 0) break;
    wanted = PQconnectPoll(connection);
  }
  return wanted;
}

Result<Connection> connect(const DatabaseConnection& to, const std::string& place) {
  std::array<const char*, 16> names{};
  std::array<const char*, 16> values{};
  std::size_t count = 0;
  const auto set = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    names[count] = name;
    values[count++] = value.c_str();
  };
  const std::string program = "bidui";
  const std::string encoding = "UTF8";
  // The rows of a table that did not change come in the same order, with the same hash.
  const std::string options = "-c datestyle=ISO -c synchronize_seqscans=off";
  const std::string idle = "30";  // a peer that is gone without a word is found out
  const std::string interval = "10";
  set("host", to.host);
  set("port", to.port);
  set("dbname", to.dbname);
  set("user", to.user);
  set("password", to.password);
  set("sslmode", to.sslmode);
  set("application_name", program);
  set("client_encoding", encoding);
  set("options", options);
  set("keepalives_idle", idle);
  set("keepalives_interval", interval);
  Connection connection(PQconnectStartParams(names.data(), values.data(), 0));
  if (connection == nullptr)
    return database_error({}, DatabaseMoment::kConnect, place, to.password);
  (void)PQsetErrorVerbosity(connection.get(), PQERRORS_VERBOSE);
  const bool begun = PQstatus(connection.get()) != CONNECTION_BAD;
  const PostgresPollingStatusType end = begun ? wait_for(connection.get()) : PGRES_POLLING_FAILED;
  if (end == PGRES_POLLING_OK) return connection;
  if (PQconnectionNeedsPassword(connection.get()) != 0) return no_password(place);
  DatabaseRefusal refusal = connect_refusal(connection.get());
  if (refusal.text.empty()) refusal.text = "timeout";
  return database_error(refusal, DatabaseMoment::kConnect, place, to.password);
}

DatabaseRefusal refusal_of(PGconn* connection, const PGresult* result) {
  const auto field = [&](int code) {
    const char* const text = result == nullptr ? nullptr : PQresultErrorField(result, code);
    return std::string(text == nullptr ? "" : text);
  };
  DatabaseRefusal refusal{.state = field(PG_DIAG_SQLSTATE), .text = field(PG_DIAG_MESSAGE_PRIMARY)};
  if (PQstatus(connection) == CONNECTION_BAD) refusal.state.clear();
  return refusal;
}

// One that COPY can be put around: a line end before the bracket ends a remark.
std::string statement_of(const DatabaseSelection& selection) {
  if (!selection.table.empty()) return "SELECT * FROM " + quoted_table(selection.table, "\"");
  std::string query = selection.query;
  query.resize(query.find_last_not_of("; \t\r\n") + 1);
  return query;
}

class PostgresqlRows : public DatabaseRows {
 public:
  PostgresqlRows(Connection connection, std::string place, std::string password)
      : connection_(std::move(connection)),
        place_(std::move(place)),
        password_(std::move(password)) {}

  Status begin(const std::string& statement) {
    BIDUI_TRY(run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", PGRES_COMMAND_OK));
    BIDUI_TRY(describe(statement));
    return run("COPY (" + statement + "\n) TO STDOUT", PGRES_COPY_OUT);
  }

  const std::vector<std::string>& columns() const override { return columns_; }

  Result<bool> next(std::vector<std::string_view>& cells) override {
    char* line = nullptr;
    const int size = PQgetCopyData(connection_.get(), &line, 0);
    line_.reset(line);
    if (size < 0) return finish();
    split(line, line + size, cells);
    return true;
  }

 private:
  Error refused(const PGresult* result, DatabaseMoment moment) const {
    return database_error(refusal_of(connection_.get(), result), moment, place_, password_);
  }

  Status run(const std::string& command, ExecStatusType wanted) {
    const Answer answer(PQexec(connection_.get(), command.c_str()));
    if (PQresultStatus(answer.get()) == wanted) return {};
    return refused(answer.get(), DatabaseMoment::kOpen);
  }

  // Names and types, before anything is read; one statement only can be prepared.
  Status describe(const std::string& statement) {
    const Answer prepared(PQprepare(connection_.get(), "", statement.c_str(), 0, nullptr));
    if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK)
      return refused(prepared.get(), DatabaseMoment::kOpen);
    const Answer described(PQdescribePrepared(connection_.get(), ""));
    if (PQresultStatus(described.get()) != PGRES_COMMAND_OK)
      return refused(described.get(), DatabaseMoment::kOpen);
    const int count = PQnfields(described.get());
    for (int column = 0; column < count; ++column) {
      columns_.emplace_back(PQfname(described.get(), column));
      if (PQftype(described.get(), column) == kByteaType)
        return binary_column(columns_.back(), place_);
    }
    if (columns_.empty()) return no_columns(place_);
    return {};
  }

  // The end that the server tells; anything else is no end.
  Result<bool> finish() {
    const Answer answer(PQgetResult(connection_.get()));
    if (PQresultStatus(answer.get()) == PGRES_COMMAND_OK) return false;
    return refused(answer.get(), DatabaseMoment::kRead);
  }

  // COPY's text format, undone in place: tabs between cells, \N for NULL, \\ before what would
  // mislead.
  static void split(char* in, char* end, std::vector<std::string_view>& cells) {
    cells.clear();
    if (in != end && end[-1] == '\n') --end;
    while (true) {
      char* const begin = in;
      while (in != end && *in != '\t' && *in != '\\') ++in;
      char* out = in;
      while (in != end && *in != '\t') {
        if (*in != '\\' || in + 1 == end) {
          *out++ = *in++;
          continue;
        }
        if (const char c = unescaped(in[1]); c != '\0') *out++ = c;
        in += 2;
      }
      cells.emplace_back(begin, static_cast<std::size_t>(out - begin));
      if (in == end) return;
      ++in;
    }
  }

  // '\0' for the N of NULL, which no text of PostgreSQL holds.
  static char unescaped(char c) {
    switch (c) {
      case 'N':
        return '\0';
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'v':
        return '\v';
      default:
        return c;
    }
  }

  Connection connection_;
  std::string place_;
  std::string password_;
  std::vector<std::string> columns_;
  std::unique_ptr<char, Finish> line_;
};

}  // namespace

Result<std::unique_ptr<DatabaseRows>> open_postgresql(const DatabaseConnection& connection,
                                                      const DatabaseSelection& selection,
                                                      const std::string& place) {
  Result<Connection> connected = connect(connection, place);
  BIDUI_TRY(connected);
  auto rows = std::make_unique<PostgresqlRows>(std::move(*connected), place, connection.password);
  BIDUI_TRY(rows->begin(statement_of(selection)));
  return rows;
}

}  // namespace bidui::connectors
