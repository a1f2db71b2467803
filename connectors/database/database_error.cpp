#include "connectors/database/database_error.h"

#include <cctype>

#include "connectors/delimited/utf8.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kLongestText = 300;

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  if (what.empty()) return;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

// As it stands in an ODBC connection string.
std::string doubled_braces(std::string_view password) {
  std::string doubled;
  for (const char c : password) doubled.append(c == '}' ? 2 : 1, c);
  return doubled;
}

// A query may hold somebody's number, and the database repeats what it does not understand.
void mask_long_numbers(std::string& text) {
  constexpr std::size_t kLong = 6;
  const auto is_digit = [&](std::size_t i) {
    return std::isdigit(static_cast<unsigned char>(text[i])) != 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_digit(end)) ++end;
    for (std::size_t i = at; end - at >= kLong && i < end; ++i) text[i] = '*';
    at = end + 1;
  }
}

// In one line, as it may be shown; "" for nothing.
std::string shown(std::string text, std::string_view password) {
  replace_all(text, doubled_braces(password), "***");
  replace_all(text, password, "***");
  mask_long_numbers(text);
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20;
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  line.resize(std::min(line.size(), kLongestText));
  line.resize(valid_utf8_prefix(line));
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

Bilingual words_of(const std::string& text) {
  return text.empty() ? Bilingual{} : Bilingual{"：" + text, ": " + text};
}

Error lost(const std::string& place) {
  return bilingual_error(ErrorCode::kIo,
                         "读到一半，与数据库的连接断了；没有导入任何数据，请重新导入",
                         "the connection to the database was lost in mid-read; nothing was "
                         "imported, import it again",
                         place);
}

bool is_lost(const DatabaseRefusal& refusal, DatabaseMoment moment) {
  const std::string_view state = refusal.state;
  if (moment == DatabaseMoment::kConnect) return false;
  return state.empty() || state.starts_with("08") || state == "57P01" || state == "57P02" ||
         state == "57P03";
}

Error connect_error(const DatabaseRefusal& refusal, const Bilingual& words,
                    const std::string& place) {
  const std::string_view state = refusal.state;
  if (state == kWrongPassword)
    return bilingual_error(
        ErrorCode::kIo,
        Bilingual{"数据库不接受用户名或密码；请检查 databases.json 中的用户和 password_env 或 "
                  "password_file",
                  "the database does not accept the user name or the password; check the user and "
                  "password_env or password_file in databases.json"} +
            words,
        place);
  if (state.starts_with("28"))
    return bilingual_error(
        ErrorCode::kIo,
        Bilingual{"数据库不许这个用户这样连接", "the database does not let this user connect so"} +
            words,
        place);
  if (state == "3D000")
    return bilingual_error(
        ErrorCode::kNotFound,
        Bilingual{"服务器上没有这个数据库", "the server has no such database"} + words, place);
  if (state == "53300")
    return bilingual_error(ErrorCode::kIo, "数据库的连接数已满；请稍后再试",
                           "the database has no connection left; try again later", place);
  return bilingual_error(ErrorCode::kIo,
                         Bilingual{"连不上数据库；请检查地址、端口，以及数据库是否在运行",
                                   "cannot connect to the database; check the address, the port, "
                                   "and whether it runs"} +
                             words,
                         place);
}

}  // namespace

Error database_error(const DatabaseRefusal& refusal, DatabaseMoment moment,
                     const std::string& place, std::string_view password) {
  const std::string_view state = refusal.state;
  const Bilingual words = words_of(shown(refusal.text, password));
  if (moment == DatabaseMoment::kConnect) return connect_error(refusal, words, place);
  if (is_lost(refusal, moment)) return lost(place);
  if (state == "42P01" || state == "42S02" || state == "3F000")
    return bilingual_error(
        ErrorCode::kNotFound,
        Bilingual{"数据库里没有这个表；表名须与数据库中完全一样（分大小写），必要时写作 模式.表",
                  "the database has no such table; write it exactly as there (capitals count), "
                  "with its schema where needed"} +
            words,
        place);
  if (state == "42501")
    return bilingual_error(
        ErrorCode::kIo,
        Bilingual{"这个用户没有读取的权限；请数据库管理员授予 SELECT",
                  "this user may not read it; ask the database's administrator for SELECT"} +
            words,
        place);
  if (state.starts_with("42"))
    return bilingual_error(
        ErrorCode::kBadInput,
        Bilingual{"数据库不能执行这个查询", "the database cannot run the query"} + words, place);
  if (state == "25006")
    return bilingual_error(ErrorCode::kBadInput, "查询要写入数据；这里只读",
                           "the query writes; here is only read", place);
  if (state == "57014")
    return bilingual_error(ErrorCode::kIo, "查询被数据库取消，或超过了它的时限；没有导入任何数据",
                           "the database cancelled the query, or its time was over; nothing was "
                           "imported",
                           place);
  if (state == "22021" || state == "22P05")
    return bilingual_error(ErrorCode::kBadInput,
                           "表中有不能转成 UTF-8 的文字；没有导入任何数据，请数据库管理员更正",
                           "some text of the table does not convert to UTF-8; nothing was "
                           "imported, ask the database's administrator to mend it",
                           place);
  return bilingual_error(ErrorCode::kIo, "数据库报告错误 " + refusal.state + "，没有导入任何数据",
                         "the database reports error " + refusal.state + "; nothing was imported",
                         place);
}

Error binary_column(const std::string& column, const std::string& place) {
  return bilingual_error(ErrorCode::kBadInput,
                         "列“" + column +
                             "”是二进制数据（如照片），不能导入；请用 --query "
                             "只选需要的列，或在查询中转成文字",
                         "column \"" + column +
                             "\" is binary (a photograph?), which cannot be imported; select the "
                             "columns you need with --query, or turn it into text there",
                         place);
}

Error no_columns(const std::string& place) {
  return bilingual_error(ErrorCode::kBadInput, "查询没有给出列；须是一条 SELECT",
                         "the query gives no columns; it must be one SELECT", place);
}

}  // namespace bidui::connectors
