// The error sheet as a run keeps it.
#include <boost/json.hpp>

#include "matcher/base/bilingual_error.h"
#include "workspace/error_sheet.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

json::object group_json(const ErrorGroup& group) {
  json::array cells;
  for (const auto& [at, cell] : group.tally.cells)
    cells.push_back(json::array{at.relation, at.band, cell.pairs, cell.expected_errors});
  return json::object{
      {"dimension", static_cast<int>(group.name.dimension)},
      {"name", group.name.name},
      {"title", group.name.title},
      {"records", group.tally.records},
      {"linked", group.tally.linked},
      {"unlinkable", group.tally.unlinkable},
      {"captured", json::value_from(group.tally.captured)},
      {"expected_matches",
       group.expected_matches ? json::value(*group.expected_matches) : json::value(nullptr)},
      {"cells", cells}};
}

ErrorGroup group_from(const json::object& object) {
  ErrorGroup group;
  group.name.dimension = static_cast<Dimension>(object.at("dimension").to_number<int>());
  group.name.name = object.at("name").as_string();
  group.name.title = object.at("title").as_string();
  group.tally.records = object.at("records").to_number<std::uint64_t>();
  group.tally.linked = object.at("linked").to_number<std::uint64_t>();
  group.tally.unlinkable = object.at("unlinkable").to_number<std::uint64_t>();
  if (const json::value& matches = object.at("expected_matches"); !matches.is_null())
    group.expected_matches = matches.to_number<double>();
  for (std::size_t c = 0; c < group.tally.captured.size(); ++c) {
    for (std::size_t set = 0; set < group.tally.captured[c].size(); ++set)
      group.tally.captured[c][set] = object.at("captured").at(c).at(set).to_number<double>();
  }
  for (const json::value& cell : object.at("cells").as_array()) {
    const link::TallyCell at{cell.at(0).to_number<std::uint16_t>(),
                             cell.at(1).to_number<std::uint8_t>()};
    group.tally.cells[at] = {cell.at(2).to_number<std::uint64_t>(), cell.at(3).to_number<double>()};
  }
  return group;
}

}  // namespace

std::string encode_error_sheet(const ErrorSheet& sheet) {
  json::array groups;
  for (const ErrorGroup& group : sheet.groups) groups.push_back(group_json(group));
  return json::serialize(
      json::object{{"relations", json::value_from(sheet.relations)}, {"groups", groups}});
}

Result<ErrorSheet> decode_error_sheet(std::string_view text) {
  try {
    const json::value value = json::parse(text);
    ErrorSheet sheet;
    for (const json::value& name : value.at("relations").as_array())
      sheet.relations.emplace_back(name.as_string());
    for (const json::value& group : value.at("groups").as_array())
      sheet.groups.push_back(group_from(group.as_object()));
    if (!sheet.groups.empty()) return sheet;
  } catch (const std::exception&) {
    // Told below: where it breaks says nothing to a user.
  }
  return damaged_error("存储的误差表", "a stored error sheet");
}

}  // namespace bidui::workspace
