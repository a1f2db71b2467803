// Rows of tests/cases/**.tsv: what is expected of a function, where a domain expert can add a row.
#pragma once

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/text/utf8.h"

namespace bidui::text {

struct CaseRow {
  std::string place;  // file:line
  std::vector<std::string> cells;

  // "" beyond the end.
  std::string at(std::size_t i) const { return i < cells.size() ? cells[i] : std::string(); }
};

// "<U+200B>" stands for that character, so that invisible ones can be seen; "<FF>" for that byte.
inline std::string unescape_case(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text[i] == '<' ? text.find('>', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += text[i];
      continue;
    }
    const std::string inner(text.substr(i + 1, end - i - 1));
    const bool is_char = inner.starts_with("U+");
    const auto value =
        static_cast<char32_t>(std::stoul(is_char ? inner.substr(2) : inner, nullptr, 16));
    out += is_char ? to_utf8(std::span<const char32_t>(&value, 1))
                   : std::string(1, static_cast<char>(value));
    i = end;
  }
  return out;
}

// The rows of a table below tests/cases/text/, without its header and lines that begin with #.
inline std::vector<CaseRow> case_rows(const std::string& name) {
  const std::string path = std::string(BIDUI_SOURCE_DIR) + "/tests/cases/text/" + name;
  std::ifstream in(path);
  std::vector<CaseRow> rows;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (number == 1 || line.empty() || line[0] == '#') continue;
    CaseRow row{.place = path + ":" + std::to_string(number), .cells = {}};
    std::size_t start = 0;
    while (true) {
      const std::size_t tab = line.find('\t', start);
      row.cells.push_back(unescape_case(line.substr(start, tab - start)));
      if (tab == std::string::npos) break;
      start = tab + 1;
    }
    rows.push_back(row);
  }
  return rows;
}

}  // namespace bidui::text
