#include "workspace/village_kinds.h"

#include <array>

#include "workspace/filled_table.h"
#include "workspace/place_names.h"

namespace bidui::workspace {
namespace {

// The place of a row: a village's code names both.
VillagePlace place_of(const std::string& township, const std::string& village) {
  if (village.size() == 12 && village.find_first_not_of("0123456789") == std::string::npos) {
    const PlaceNames names = place_names(village);
    if (!names.township.empty()) return {names.township, names.village};
  }
  return {township, village_name(village)};
}

std::string joined(std::string_view township, std::string_view village) {
  return std::string(township) + '\t' + std::string(village);
}

}  // namespace

Result<VillageKinds> VillageKinds::read(const std::filesystem::path& file) {
  const std::array<WantedColumn, 3> columns = {
      WantedColumn{.headers = {"村", "行政村", "村名", "village"}, .required = true},
      WantedColumn{.headers = {"类别", "村类别", "村类型", "贫困村", "kind"}, .required = true},
      WantedColumn{.headers = {"乡镇", "乡", "镇", "township"}}};
  const Result<FilledTable> table = read_filled_table(file, columns);
  BIDUI_TRY(table);
  VillageKinds kinds;
  for (const FilledRow& row : table->rows) {
    const VillagePlace place = place_of(row.cells[2], row.cells[0]);
    const auto [at, added] =
        kinds.kinds_.emplace(joined(place.township, place.village), row.cells[1]);
    if (!added && at->second != row.cells[1])
      return bad_row(file, row, "这个村前面已有另一类别；同名的村请加“乡镇”一列",
                     "the village has another kind above; villages of one name need 乡镇");
  }
  return kinds;
}

std::string_view VillageKinds::kind_of(std::string_view township, std::string_view village) const {
  auto at = kinds_.find(joined(township, village));
  if (at == kinds_.end()) at = kinds_.find(joined("", village));
  return at == kinds_.end() ? std::string_view{} : std::string_view(at->second);
}

Result<std::vector<ReportedTotal>> read_reported_totals(const std::filesystem::path& file) {
  const std::array<WantedColumn, 4> columns = {
      WantedColumn{.headers = {"村", "行政村", "村名", "village"}},
      WantedColumn{.headers = {"户数", "households"}},
      WantedColumn{.headers = {"人数", "人口", "persons"}},
      WantedColumn{.headers = {"乡镇", "乡", "镇", "township"}}};
  const Result<FilledTable> table = read_filled_table(file, columns);
  BIDUI_TRY(table);
  const auto& has = table->present;
  if ((!has[0] && !has[3]) || (!has[1] && !has[2]))
    return bad_row(file, {.number = 1}, "须有“村”或“乡镇”一列，和“户数”或“人数”一列",
                   "a column 村 or 乡镇 is needed, and one of 户数, 人数");
  std::vector<ReportedTotal> totals;
  for (const FilledRow& row : table->rows) {
    ReportedTotal total{.place = place_of(row.cells[3], row.cells[0]),
                        .households = count_in(row.cells[1]),
                        .persons = count_in(row.cells[2])};
    if ((!total.households && !row.cells[1].empty()) || (!total.persons && !row.cells[2].empty()))
      return bad_row(file, row, "户数、人数须是整数", "the totals must be whole numbers");
    totals.push_back(std::move(total));
  }
  return totals;
}

}  // namespace bidui::workspace
