#include "workspace/databases.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sys/stat.h>

#include "connectors/delimited/utf8.h"
#include "matcher/base/bilingual_error.h"
#include "matcher/rule/json_reader.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;
using connectors::DatabaseConnection;
using connectors::DatabaseKind;
using rule::JsonReader;

constexpr std::string_view kFile = "databases.json";

Result<std::string> text_of_file(const fs::path& path, const char* zh, const char* en) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return errno_error(zh, en, path.string());
  if (fs::is_directory(path))
    return bilingual_error(ErrorCode::kNotFound, "这是目录，不是文件",
                           "this is a directory, no file", path.string());
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

// "" where the member is not there.
Result<std::string> optional_text(const JsonReader& entry, std::string_view key) {
  if (!entry.has(key)) return std::string();
  const auto member = entry.member(key);
  BIDUI_TRY(member);
  return member->text();
}

// A text, or a number.
Result<std::string> port_of(const JsonReader& entry) {
  if (!entry.has("port") || entry.member("port")->value().is_string())
    return optional_text(entry, "port");
  const auto number = entry.member("port")->whole_number();
  BIDUI_TRY(number);
  return std::to_string(*number);
}

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  std::erase(text, ' ');
  return text;
}

Error password_in_file(const JsonReader& entry) {
  return entry.error(
      {"密码不能写在这里；请用 password_env（环境变量名）或 password_file（只有本人能读"
       "的文件）",
       "no password may stand here; use password_env (a variable's name) or "
       "password_file (a file that its owner alone can read)"});
}

Status read_postgresql(const JsonReader& entry, DatabaseConnection& connection) {
  BIDUI_TRY(entry.allow_keys(
      {"kind", "host", "port", "dbname", "user", "sslmode", "password_env", "password_file"}));
  struct Member {
    std::string_view key;
    std::string& value;
  };
  for (const Member& member :
       {Member{"host", connection.host}, Member{"dbname", connection.dbname},
        Member{"user", connection.user}, Member{"sslmode", connection.sslmode}}) {
    auto text = optional_text(entry, member.key);
    BIDUI_TRY(text);
    member.value = std::move(*text);
  }
  auto port = port_of(entry);
  BIDUI_TRY(port);
  connection.port = std::move(*port);
  return {};
}

Status read_odbc(const JsonReader& entry, DatabaseConnection& connection) {
  BIDUI_TRY(entry.allow_keys({"kind", "connection", "password_env", "password_file"}));
  const auto member = entry.member("connection");
  BIDUI_TRY(member);
  auto text = member->text();
  BIDUI_TRY(text);
  const std::string folded = ";" + lower_case(*text);
  if (folded.find(";pwd=") != folded.npos || folded.find(";password=") != folded.npos)
    return password_in_file(*member);
  connection.odbc = std::move(*text);
  return {};
}

// The first line, without what ends it.
Result<std::string> password_of_file(const fs::path& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return bilingual_error(ErrorCode::kIo, "密码文件别人也能读；请先 chmod 600",
                           "others can read the password file: chmod 600 first", path.string());
  auto text = text_of_file(path, "无法打开密码文件", "cannot open the password file");
  BIDUI_TRY(text);
  text->resize(std::min(text->size(), text->find_first_of("\r\n")));
  return text;
}

Status read_password(const JsonReader& entry, const fs::path& workspace,
                     DatabaseConnection& connection) {
  const auto variable = optional_text(entry, "password_env");
  BIDUI_TRY(variable);
  const auto file = optional_text(entry, "password_file");
  BIDUI_TRY(file);
  if (!variable->empty() && !file->empty())
    return entry.error({"password_env 和 password_file 只能有一个",
                        "there can be one of password_env and password_file"});
  if (!file->empty()) {
    auto password = password_of_file(workspace / *file);
    BIDUI_TRY(password);
    connection.password = std::move(*password);
  }
  if (!variable->empty()) {
    const char* const value = std::getenv(variable->c_str());
    if (value == nullptr)
      return bilingual_error(ErrorCode::kIo,
                             "没有环境变量 " + *variable +
                                 "（数据库的密码）；bidui serve 正在运行时，以服务的环境为准",
                             "there is no variable " + *variable +
                                 " (the database's password); while bidui serve runs, it is the "
                                 "service's environment that counts",
                             connection.name);
    connection.password = value;
  }
  return {};
}

Result<DatabaseConnection> read_connection(const JsonReader& entry, const std::string& name,
                                           const fs::path& workspace) {
  DatabaseConnection connection{.name = name};
  if (entry.has("password")) return password_in_file(*entry.member("password"));
  const auto member = entry.member("kind");
  BIDUI_TRY(member);
  const auto kind = member->text();
  BIDUI_TRY(kind);
  if (*kind == "postgresql") {
    BIDUI_TRY(read_postgresql(entry, connection));
  } else if (*kind == "odbc") {
    connection.kind = DatabaseKind::kOdbc;
    BIDUI_TRY(read_odbc(entry, connection));
  } else {
    return member->error({"kind 须是 postgresql 或 odbc", "kind is postgresql or odbc"});
  }
  BIDUI_TRY(read_password(entry, workspace, connection));
  return connection;
}

}  // namespace

Result<DatabaseConnection> find_database(const fs::path& workspace, const std::string& name) {
  const fs::path path = workspace / kFile;
  if (!fs::exists(path))
    return bilingual_error(ErrorCode::kNotFound,
                           "工作区里没有 databases.json；写法见 docs/databases.md",
                           "the workspace has no databases.json; docs/databases.md says how to "
                           "write it",
                           path.string());
  auto text = text_of_file(path, "无法打开", "cannot open");
  BIDUI_TRY(text);
  const auto file = rule::parse_json_file(path.string(), std::move(*text));
  BIDUI_TRY(file);
  const auto entries = JsonReader(**file).members();
  BIDUI_TRY(entries);
  Bilingual known;
  for (const auto& [entry_name, entry] : *entries) {
    if (entry_name == name) return read_connection(entry, name, workspace);
    known.add_item(entry_name, entry_name);
  }
  return bilingual_error(ErrorCode::kNotFound,
                         Bilingual{"databases.json 里没有这个数据库；有：",
                                   "no such database in databases.json, but: "} +
                             known,
                         name);
}

Result<connectors::DatabaseSelection> read_query(const fs::path& path) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  auto text = text_of_file(path, "无法打开查询文件", "cannot open the query's file");
  BIDUI_TRY(text);
  if (text->starts_with(kMark)) text->erase(0, kMark.size());
  if (connectors::valid_utf8_prefix(*text) != text->size())
    return bilingual_error(ErrorCode::kBadInput, "查询文件不是 UTF-8；请另存为 UTF-8",
                           "the query's file is not UTF-8; save it as UTF-8", path.string());
  if (text->find_first_not_of("; \t\r\n") == text->npos)
    return bilingual_error(ErrorCode::kBadInput, "查询文件是空的", "the query's file is empty",
                           path.string());
  return connectors::DatabaseSelection{.query = std::move(*text),
                                       .query_name = path.filename().string()};
}

}  // namespace bidui::workspace
