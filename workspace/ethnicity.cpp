#include "workspace/ethnicity.h"

#include <algorithm>
#include <unordered_map>

#include "workspace/builtin_data.h"

namespace bidui::workspace {
namespace {

using Names = std::unordered_map<std::string_view, std::string_view>;

// The part before the next `delimiter`, taken off the front of `text`.
std::string_view take_part(std::string_view& text, char delimiter) {
  const std::size_t end = std::min(text.find(delimiter), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

void add(Names& names, std::string_view text, std::string_view name) {
  if (!text.empty()) names.try_emplace(text, name);
}

// code_system, code, name, synonyms between semicolons, letters.
Names read_names() {
  Names names;
  std::string_view table = builtin_file("reference/codes.tsv").value_or("");
  while (!table.empty()) {
    std::string_view line = take_part(table, '\n');
    if (take_part(line, '\t') != "GB/T 3304") continue;
    const std::string_view code = take_part(line, '\t');
    const std::string_view name = take_part(line, '\t');
    std::string_view synonyms = take_part(line, '\t');
    add(names, name, name);
    add(names, code, name);
    if (code.starts_with('0')) add(names, code.substr(1), name);
    add(names, take_part(line, '\t'), name);
    while (!synonyms.empty()) add(names, take_part(synonyms, ';'), name);
  }
  return names;
}

}  // namespace

std::string_view ethnicity_name(std::string_view text) {
  static const Names kNames = read_names();
  const auto found = kNames.find(text);
  return found == kNames.end() ? std::string_view{} : found->second;
}

std::string_view majority_ethnicity() { return ethnicity_name("01"); }

}  // namespace bidui::workspace
