#include "tests/matcher/schema/case_table.h"

#include <fstream>
#include <map>
#include <sstream>

#include "matcher/schema/schema_parse.h"

namespace bidui::schema {
namespace {

std::string unescape(const std::string& cell) {
  std::string text;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const bool escape = cell[i] == '\\' && i + 1 < cell.size();
    text += !escape ? cell[i] : cell[++i] == 'n' ? '\n' : cell[i] == 't' ? '\t' : cell[i];
  }
  return text;
}

}  // namespace

std::vector<CaseRow> read_cases(const std::string& path) {
  std::ifstream file(BIDUI_SOURCE_DIR "/tests/cases/" + path);
  std::vector<CaseRow> rows;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (number == 1 || line.empty() || line.front() == '#') continue;
    CaseRow row{.where = "tests/cases/" + path + ":" + std::to_string(number), .cells = {}};
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) row.cells.push_back(unescape(cell));
    rows.push_back(std::move(row));
  }
  if (rows.empty()) throw std::runtime_error("no cases in " + path);
  return rows;
}

const Schema& shipped_schema(const std::string& source) {
  static std::map<std::string, Schema> schemas;
  const auto it = schemas.find(source);
  if (it != schemas.end()) return it->second;
  const std::string path = BIDUI_SOURCE_DIR "/schemas/sources/" + source + ".json";
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return schemas.emplace(source, parse_schema(text.str(), path).value()).first->second;
}

}  // namespace bidui::schema
