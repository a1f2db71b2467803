#include "bench/world/divisions.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>

#include "bench/world/tsv.h"

namespace bidui::world {
namespace {

constexpr int kPeopleInVillage = 1900;

// 五里村委会 -> 五里村, 龙井社区居委会 -> 龙井社区.
std::string plain_village_name(std::string_view official) {
  std::string name(official);
  for (const std::string_view ending : {"村民委员会", "居民委员会", "村委会", "居委会", "委员会"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
      if (ending.starts_with("村") && !name.ends_with("村")) name += "村";
      break;
    }
  }
  return name;
}

std::string invented_village_name(Rng& rng) {
  static constexpr std::array<const char*, 28> kFirst = {
      "新", "大", "上", "下", "石", "青", "白", "黄", "长", "高", "龙", "凤", "双", "三",
      "金", "铁", "柳", "枫", "桃", "竹", "马", "牛", "罗", "吴", "老", "东", "西", "福"};
  static constexpr std::array<const char*, 26> kSecond = {
      "坪", "沟", "河", "岭", "湾", "塘", "冲", "庙", "桥", "山", "屋", "坂", "畈",
      "咀", "店", "铺", "圩", "墩", "湖", "洲", "坳", "寨", "溪", "泉", "林", "垅"};
  return std::string(rng.pick(kFirst)) + rng.pick(kSecond) + "村";
}

Status load_counties(const std::string& directory, int division, Divisions& divisions) {
  std::map<int, std::string> provinces;
  BIDUI_TRY(for_each_row(directory + "/admin_county_history.tsv", 8, [&](const auto& fields) {
    if (fields[2] == "county") provinces[static_cast<int>(to_number(fields[0]))] = fields[3];
  }));
  std::map<int, County> counties;
  BIDUI_TRY(for_each_row(directory + "/admin_code_map.tsv", 6, [&](const auto& fields) {
    const int old_code = static_cast<int>(to_number(fields[0]));
    const auto successors = split(fields[4], ';');
    if (successors.empty() || old_code % 100 == 0) return;
    const int current = static_cast<int>(to_number(successors.front()));
    County& county = counties[current];
    county.current_code = current;
    if (old_code == current) county.name = split(fields[1], ';').front();
    if (provinces.contains(current)) county.province = provinces[current];
    const int last = fields[3].empty() ? 9999 : static_cast<int>(to_number(fields[3]));
    county.periods.push_back({old_code, static_cast<int>(to_number(fields[2])), last});
  }));
  for (auto& [code, county] : counties) {
    if (county.name.empty()) continue;
    std::ranges::sort(county.periods, {},
                      [](const auto& p) { return std::pair(p.first_year, p.code); });
    if (code == division) {
      divisions.home = std::move(county);
    } else if (code / 100 == division / 100) {
      divisions.neighbours.push_back(std::move(county));
    } else {
      divisions.elsewhere.push_back(std::move(county));
    }
  }
  if (divisions.home.current_code == 0 || divisions.neighbours.empty()) {
    return make_error(ErrorCode::kNotFound,
                      "not a current county code: " + std::to_string(division));
  }
  return {};
}

}  // namespace

int County::code_in(int year) const {
  int found = current_code;
  for (const Period& period : periods) {
    if (period.first_year <= year && year <= period.last_year) found = period.code;
  }
  return found;
}

Result<Divisions> load_divisions(const std::string& directory, int division) {
  Divisions divisions;
  BIDUI_TRY(load_counties(directory, division, divisions));
  const std::string county = std::to_string(division);
  std::map<std::string, std::size_t, std::less<>> township_index;
  BIDUI_TRY(for_each_row(directory + "/admin_townships.tsv", 3, [&](const auto& fields) {
    // Codes from 400 on are prisons, farms and development zones.
    if (fields[2] != county || fields[0].substr(6) >= "400") return;
    township_index[std::string(fields[0])] = divisions.townships.size();
    divisions.townships.push_back({std::string(fields[0]), std::string(fields[1])});
  }));
  BIDUI_TRY(for_each_row(directory + "/admin_villages.tsv", 5, [&](const auto& fields) {
    const auto township = township_index.find(fields[2]);
    if (township == township_index.end()) return;
    divisions.villages.push_back(
        {std::string(fields[0]), plain_village_name(fields[1]), township->second});
  }));
  if (divisions.townships.empty()) {
    return make_error(ErrorCode::kNotFound, "no townships are known for county " + county);
  }
  return divisions;
}

std::vector<Village> Divisions::choose_villages(int people, Rng& rng) const {
  const auto wanted = static_cast<std::size_t>(std::max(1, (people + 900) / kPeopleInVillage));
  std::vector<Village> chosen;
  if (!villages.empty()) {
    const std::size_t start = rng.index(villages.size());
    for (std::size_t i = 0; i < std::min(wanted, villages.size()); ++i) {
      chosen.push_back(villages[(start + i) % villages.size()]);
    }
  }
  std::set<std::pair<std::size_t, std::string>> taken;
  for (const Village& village : chosen) taken.emplace(village.township, village.name);
  while (chosen.size() < wanted) {
    Village village{"", invented_village_name(rng), rng.index(townships.size())};
    if (taken.emplace(village.township, village.name).second) chosen.push_back(std::move(village));
  }
  std::ranges::stable_sort(chosen, {}, &Village::township);
  return chosen;
}

}  // namespace bidui::world
