#include "matcher/text/division.h"

#include <algorithm>
#include <vector>

#include "matcher/text/reference.h"

namespace bidui::text {
namespace {

using Rows = std::span<const DivisionRow>;

std::string_view name_of(const DivisionRow& row) {
  const auto names = reference_rows<char>(ReferenceSection::kNames);
  return {names.data() + row.name_offset, row.name_bytes};
}

// The rows with first <= code < end.
Rows between(ReferenceSection section, std::uint64_t first, std::uint64_t end) {
  const Rows rows = reference_rows<DivisionRow>(section);
  const auto before = [](const DivisionRow& row, std::uint64_t code) { return row.code < code; };
  const auto from = std::lower_bound(rows.begin(), rows.end(), first, before);
  const auto to = std::lower_bound(from, rows.end(), end, before);
  return rows.subspan(static_cast<std::size_t>(from - rows.begin()),
                      static_cast<std::size_t>(to - from));
}

Rows below(ReferenceSection section, std::uint64_t parent) {
  return between(section, parent * 1000, (parent + 1) * 1000);
}

Division division_of(const DivisionRow& row) { return {row.code, name_of(row)}; }

ReferenceSection section_of(std::uint64_t code) {
  if (code >= 100000000000) return ReferenceSection::kVillages;
  return code >= 100000000 ? ReferenceSection::kTownships : ReferenceSection::kDivisions;
}

}  // namespace

std::size_t township_count(std::uint32_t county) {
  return below(ReferenceSection::kTownships, county).size();
}

Division township(std::uint32_t county, std::size_t i) {
  return division_of(below(ReferenceSection::kTownships, county)[i]);
}

std::size_t village_count(std::uint32_t township_code) {
  return below(ReferenceSection::kVillages, township_code).size();
}

Division village(std::uint32_t township_code, std::size_t i) {
  return division_of(below(ReferenceSection::kVillages, township_code)[i]);
}

std::size_t county_name_count(std::uint32_t county) {
  return between(ReferenceSection::kCountyNames, county, county + 1u).size();
}

std::string_view county_name(std::uint32_t county, std::size_t i) {
  return name_of(between(ReferenceSection::kCountyNames, county, county + 1u)[i]);
}

std::string_view division_name(std::uint64_t code) {
  const Rows rows = between(section_of(code), code, code + 1);
  return rows.empty() ? std::string_view() : name_of(rows[0]);
}

namespace {

// The counties' names in order, made at the first use: some thousand pointers.
const std::vector<const DivisionRow*>& counties_by_name() {
  static const std::vector<const DivisionRow*> sorted = [] {
    std::vector<const DivisionRow*> rows;
    for (const DivisionRow& row : reference_rows<DivisionRow>(ReferenceSection::kCountyNames)) {
      rows.push_back(&row);
    }
    std::ranges::stable_sort(rows, {}, [](const DivisionRow* row) { return name_of(*row); });
    return rows;
  }();
  return sorted;
}

}  // namespace

std::uint32_t find_county(std::string_view name, std::uint32_t province) {
  std::uint64_t found = 0;
  const auto named = [](const DivisionRow* row) { return name_of(*row); };
  for (const DivisionRow* row : std::ranges::equal_range(counties_by_name(), name, {}, named)) {
    if (row->code == found || (province != 0 && row->code / 10000 != province)) continue;
    if (found != 0) return 0;
    found = row->code;
  }
  return static_cast<std::uint32_t>(found);
}

}  // namespace bidui::text
