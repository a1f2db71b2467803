// Administrative divisions: the region codes of ID numbers, and the names of today.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "tools/pack_reference/packers.h"
#include "tools/pack_reference/tsv.h"

namespace bidui::pack {
namespace {

using text::DivisionRow;
using text::ReferenceSection;

std::uint64_t number(std::string_view digits) {
  return std::strtoull(std::string(digits).c_str(), nullptr, 10);
}

// The names of all divisions, one after the other.
class NamePool {
 public:
  DivisionRow add(std::uint64_t code, std::string_view name) {
    const auto offset = static_cast<std::uint32_t>(bytes_.size());
    bytes_.insert(bytes_.end(), name.begin(), name.end());
    return {code, offset, static_cast<std::uint32_t>(name.size())};
  }
  const std::vector<char>& bytes() const { return bytes_; }

 private:
  std::vector<char> bytes_;
};

void sort_by_code(std::vector<DivisionRow>& rows) {
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
}

std::uint16_t year(std::string_view text) { return static_cast<std::uint16_t>(number(text)); }

// Cities that never had counties (东莞 441900, 嘉峪关 620200) stand in ID numbers with the city's
// own code, which the table of counties does not hold.
void add_cities_without_counties(const Folder& tables, std::vector<text::RegionRow>& rows) {
  const Tsv table(tables / "admin_county_history.tsv");
  std::set<std::string_view> with_counties;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table.at(i, "level") == "county") with_counties.insert(table.at(i, "code").substr(0, 4));
  }
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string_view code = table.at(i, "code");
    if (table.at(i, "level") != "prefecture" || with_counties.contains(code.substr(0, 4))) continue;
    const bool current = table.at(i, "status") == "current";
    const std::string_view successor = current ? code : table.at(i, "successors").substr(0, 6);
    rows.push_back({.code = static_cast<std::uint32_t>(number(code)),
                    .current = static_cast<std::uint32_t>(number(successor)),
                    .first_year = year(table.at(i, "start_year")),
                    .last_year = year(table.at(i, "end_year"))});
  }
}

void pack_regions(const Folder& tables, Block& block) {
  const Tsv table(tables / "admin_code_map.tsv");
  std::vector<text::RegionRow> rows;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string_view current = table.at(i, "current_codes");
    rows.push_back({.code = static_cast<std::uint32_t>(number(table.at(i, "old_code"))),
                    .current = static_cast<std::uint32_t>(number(current.substr(0, 6))),
                    .first_year = year(table.at(i, "first_year")),
                    .last_year = year(table.at(i, "last_year"))});
  }
  add_cities_without_counties(tables, rows);
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
  std::vector<std::uint16_t> starts(10001);
  std::size_t row = 0;
  for (std::uint32_t prefix = 0; prefix <= 10000; ++prefix) {
    while (row < rows.size() && rows[row].code / 100 < prefix) ++row;
    starts[prefix] = static_cast<std::uint16_t>(row);
  }
  block.set(ReferenceSection::kRegions, rows);
  block.set(ReferenceSection::kRegionStarts, starts);
}

// Provinces get 2 digits, prefectures 4, counties 6.
std::uint64_t shortened(std::uint64_t code) {
  if (code % 10000 == 0) return code / 10000;
  return code % 100 == 0 ? code / 100 : code;
}

std::vector<DivisionRow> counties_of_today(const Folder& tables, NamePool& pool) {
  const Tsv table(tables / "admin_county_history.tsv");
  std::vector<DivisionRow> rows;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table.at(i, "status") != "current") continue;
    rows.push_back(pool.add(shortened(number(table.at(i, "code"))), table.at(i, "name")));
  }
  sort_by_code(rows);
  return rows;
}

// Under the code of each county of today: its name, and the names of the counties that became it.
std::vector<DivisionRow> county_names(const Folder& tables, NamePool& pool) {
  const Tsv table(tables / "admin_code_map.tsv");
  std::set<std::pair<std::uint64_t, std::string>> names;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::uint64_t current = number(table.at(i, "current_codes").substr(0, 6));
    if (current == 0) continue;
    for (const std::string& name : split(table.at(i, "old_names"), '/')) {
      if (!name.empty()) names.emplace(current, name);
    }
  }
  std::vector<DivisionRow> rows;
  for (const auto& [code, name] : names) rows.push_back(pool.add(code, name));
  return rows;
}

std::vector<DivisionRow> divisions_of(const Tsv& table, NamePool& pool) {
  std::vector<DivisionRow> rows;
  for (std::size_t i = 0; i < table.size(); ++i) {
    rows.push_back(pool.add(number(table.at(i, "code")), table.at(i, "name")));
  }
  sort_by_code(rows);
  return rows;
}

}  // namespace

void pack_divisions(const Folder& tables, Block& block) {
  pack_regions(tables, block);
  NamePool pool;
  block.set(ReferenceSection::kDivisions, counties_of_today(tables, pool));
  block.set(ReferenceSection::kCountyNames, county_names(tables, pool));
  block.set(ReferenceSection::kTownships, divisions_of(Tsv(tables / "admin_townships.tsv"), pool));
  block.set(ReferenceSection::kVillages, divisions_of(Tsv(tables / "admin_villages.tsv"), pool));
  block.set(ReferenceSection::kNames, pool.bytes());
}

}  // namespace bidui::pack
