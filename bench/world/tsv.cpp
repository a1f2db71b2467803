#include "bench/world/tsv.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace bidui::world {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

double to_number(std::string_view text) { return std::strtod(std::string(text).c_str(), nullptr); }

Status for_each_row(const std::string& path, std::size_t columns,
                    const std::function<void(const std::vector<std::string_view>&)>& row) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return make_error(ErrorCode::kNotFound, "the reference table cannot be read; see --reference",
                      path);
  }
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  bool header = true;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (!header && !line.empty()) {
      auto fields = split(line, '\t');
      if (fields.size() < columns) fields.resize(columns);
      row(fields);
    }
    header = false;
  }
  return {};
}

}  // namespace bidui::world
