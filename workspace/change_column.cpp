#include "workspace/change_column.h"

#include <algorithm>

#include "matcher/schema/code_value.h"
#include "matcher/schema/header.h"
#include "matcher/schema/schema_parse.h"
#include "workspace/builtin_data.h"

namespace bidui::workspace {

const schema::Field& change_field() {
  static const schema::Schema declared =
      schema::parse_schema(builtin_file("changes.json").value(), "changes.json").value();
  return declared.fields.front();
}

std::optional<std::size_t> find_change_column(std::span<const std::string> header) {
  std::vector<std::string> names;
  for (const std::string& cell : header) names.push_back(schema::normalise_header(cell).text);
  for (const std::string& wanted : change_field().headers) {
    const auto at = std::ranges::find(names, wanted);
    if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  }
  return std::nullopt;
}

std::optional<ChangeKind> parse_change(std::string_view cell) {
  const auto code = schema::canonical_code(change_field(), cell);
  if (!code) return std::nullopt;
  if (*code == "added") return ChangeKind::kAdded;
  return *code == "changed" ? ChangeKind::kChanged : ChangeKind::kDeleted;
}

}  // namespace bidui::workspace
