#include "workspace/type_fit.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "matcher/schema/cell_profile.h"
#include "matcher/schema/code_value.h"
#include "matcher/text/date.h"
#include "matcher/text/division.h"
#include "matcher/text/id_number.h"
#include "matcher/text/name.h"
#include "matcher/text/phone.h"
#include "matcher/text/relation.h"
#include "matcher/text/sex.h"
#include "workspace/ethnicity.h"

namespace bidui::workspace {
namespace {

using schema::SemanticType;

template <typename Test>
double share_of(const ColumnCells& cells, const Test& test) {
  if (cells.filled.empty()) return 0;
  return static_cast<double>(std::ranges::count_if(cells.filled, test)) /
         static_cast<double>(cells.filled.size());
}

bool is_id(std::string_view cell) { return text::parse_id_number(cell).is_full(); }
bool is_valid_id(std::string_view cell) {
  return text::parse_id_number(cell).state == text::IdState::kValid;
}

// Two to four Chinese characters of which the first are a surname; or a longer name with a dot.
bool is_name(std::string_view cell) {
  const text::StandardName name = text::standardise_name(cell);
  if (name.main.has(text::Name::kPlaceholder)) return true;
  if (name.main.script != text::NameScript::kHan) return false;
  if (name.main.has(text::Name::kInterpunct)) return true;
  return name.main.surname_length > 0 && name.main.length >= 2 && name.main.length <= 5;
}

bool is_date(std::string_view cell) {
  const text::ParsedDate parsed = text::parse_date(cell);
  return parsed.state == text::DateState::kOk || parsed.state == text::DateState::kPartial;
}

bool is_year(std::string_view cell) {
  const text::ParsedDate parsed = text::parse_date(cell);
  return parsed.state == text::DateState::kPartial && parsed.date.month == 0;
}

bool is_number(std::string_view cell) {
  bool digit = false;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if (c != '.' && c != ',' && !(c == '-' && i == 0)) {
      return false;
    }
  }
  return digit;
}

bool is_whole(std::string_view cell) {
  return is_number(cell) && cell.find('.') == std::string_view::npos;
}

// Eleven digits of a mobile number, or an area code and number; no ID number and no key.
bool is_phone(std::string_view cell) {
  const std::uint64_t phone = text::parse_phone(cell);
  return phone != 0 && cell.size() <= 16 && !is_id(cell);
}
bool is_mobile(std::string_view cell) {
  return cell.size() <= 16 && text::is_mobile(text::parse_phone(cell)) && !is_id(cell);
}

template <std::size_t kEndings>
bool ends_in(std::string_view cell, const std::array<std::string_view, kEndings>& endings) {
  return std::ranges::any_of(endings, [&](std::string_view end) {
    return cell.size() > end.size() && cell.ends_with(end);
  });
}

constexpr std::array<std::string_view, 4> kTownship = {"乡", "镇", "街道", "办事处"};
constexpr std::array<std::string_view, 6> kVillage = {"村",     "社区",   "村委会",
                                                      "居委会", "委员会", "居"};
constexpr std::array<std::string_view, 4> kGroup = {"组", "社", "队", "屯"};
constexpr std::array<std::string_view, 4> kCounty = {"县", "区", "市", "旗"};

bool is_short(std::string_view cell) { return cell.size() <= 30; }

bool is_county(std::string_view cell) {
  return (ends_in(cell, kCounty) && is_short(cell)) || text::find_county(cell) != 0;
}
bool is_township(std::string_view cell) { return ends_in(cell, kTownship) && is_short(cell); }
bool is_village(std::string_view cell) { return ends_in(cell, kVillage) && is_short(cell); }
bool is_group(std::string_view cell) {
  return (ends_in(cell, kGroup) && is_short(cell)) || is_whole(cell);
}

bool has_han(std::string_view cell) {
  return std::ranges::any_of(cell, [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
}

}  // namespace

ColumnCells cells_of(std::span<const std::vector<std::string>> rows, std::size_t column) {
  ColumnCells cells{.rows = rows.size()};
  std::unordered_set<std::string_view> distinct;
  for (const auto& row : rows) {
    if (column >= row.size() || row[column].empty()) continue;
    cells.filled.push_back(row[column]);
    distinct.insert(row[column]);
  }
  cells.distinct = distinct.size();
  return cells;
}

std::optional<double> type_fit(const schema::Field& field, const ColumnCells& cells) {
  if (cells.filled.empty()) return std::nullopt;
  switch (field.type) {
    case SemanticType::kPersonName:
      return share_of(cells, is_name);
    case SemanticType::kIdNumber:
      return share_of(cells, is_id);
    case SemanticType::kBirthDate:
    case SemanticType::kDate:
    case SemanticType::kYearMonth:
      return share_of(cells, is_date);
    case SemanticType::kYear:
      return share_of(cells, is_date);
    case SemanticType::kSex:
      return share_of(cells, [](auto c) { return text::parse_sex(c) != text::Sex::kUnknown; });
    case SemanticType::kRelation:
      return share_of(cells, [](auto c) { return text::parse_relation(c).known; });
    case SemanticType::kEthnicity:
      return share_of(cells, [](auto c) { return !ethnicity_name(c).empty(); });
    case SemanticType::kPhone:
      return share_of(cells, is_phone);
    case SemanticType::kCode:
    case SemanticType::kBoolean:
      return share_of(cells, [&](auto c) { return schema::canonical_code(field, c).has_value(); });
    case SemanticType::kCounty:
      return share_of(cells, is_county);
    case SemanticType::kTownship:
      return share_of(cells, is_township);
    case SemanticType::kVillage:
      return share_of(cells, is_village);
    case SemanticType::kGroup:
      return share_of(cells, is_group);
    case SemanticType::kAddress:
      return share_of(cells, has_han);
    case SemanticType::kInteger:
    case SemanticType::kAmount:
      return share_of(cells, [](auto c) { return !c.empty() && is_number(c.substr(0, 1)); });
    case SemanticType::kFormerName:
    case SemanticType::kIdentifier:
    case SemanticType::kHouseholdIdentifier:
    case SemanticType::kText:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<CellType> type_of_cells(const ColumnCells& cells) {
  constexpr double kMost = .6;
  constexpr double kNearlyAll = .8;
  if (cells.filled.empty()) return std::nullopt;
  const double valid = share_of(cells, is_valid_id);
  if (const double ids = share_of(cells, is_id); ids >= kMost && valid >= .3)
    return CellType{SemanticType::kIdNumber, ids};
  if (const double mobile = share_of(cells, is_mobile); mobile >= kMost)
    return CellType{SemanticType::kPhone, share_of(cells, is_phone)};
  const double han = share_of(cells, has_han);
  const auto sexes =
      share_of(cells, [](auto c) { return text::parse_sex(c) != text::Sex::kUnknown; });
  if (sexes >= kNearlyAll && han >= kMost && cells.distinct <= 8)
    return CellType{SemanticType::kSex, sexes};
  const auto ethnic = share_of(cells, [](auto c) { return !ethnicity_name(c).empty(); });
  if (ethnic >= kNearlyAll && han >= kMost) return CellType{SemanticType::kEthnicity, ethnic};
  const auto relations = share_of(cells, [](auto c) { return text::parse_relation(c).known; });
  if (relations >= kNearlyAll && han >= kMost && cells.distinct >= 3 && cells.distinct <= 60)
    return CellType{SemanticType::kRelation, relations};
  struct Place {
    SemanticType type;
    bool (*test)(std::string_view);
  };
  for (const Place place :
       {Place{SemanticType::kVillage, is_village}, Place{SemanticType::kTownship, is_township},
        Place{SemanticType::kCounty, is_county}}) {
    const double share = share_of(cells, place.test);
    if (share >= kNearlyAll && han >= kNearlyAll) return CellType{place.type, share};
  }
  const schema::CellProfile profile = schema::profile_cells(cells.filled);
  if (profile.place >= kMost) return CellType{SemanticType::kAddress, profile.place};
  // Few different values that begin with a surname are words, not people.
  if (const double names = share_of(cells, is_name);
      names >= kNearlyAll && profile.han_name >= kMost &&
      (cells.distinct > 30 || 2 * cells.distinct > cells.filled.size()))
    return CellType{SemanticType::kPersonName, names};
  const double dates =
      share_of(cells, [](auto c) { return schema::is_date_form(c) && is_date(c); });
  if (dates >= kNearlyAll) return CellType{SemanticType::kDate, dates};
  if (const double years = share_of(cells, is_year);
      years >= kNearlyAll && profile.year >= kNearlyAll)
    return CellType{SemanticType::kYear, years};
  if (const double whole = share_of(cells, is_whole); whole >= kNearlyAll)
    return CellType{SemanticType::kInteger, whole};
  if (const double numbers = share_of(cells, is_number); numbers >= kNearlyAll)
    return CellType{SemanticType::kAmount, numbers};
  return std::nullopt;
}

double birth_agreement(std::span<const std::vector<std::string>> rows, std::size_t date_column,
                       std::size_t id_column) {
  std::size_t both = 0;
  std::size_t equal = 0;
  for (const auto& row : rows) {
    const text::ParsedDate date = text::parse_date(row[date_column]);
    const text::IdNumber id = text::parse_id_number(row[id_column]);
    if (date.date.is_missing() || id.birth.is_missing()) continue;
    ++both;
    equal += date.date.year == id.birth.year &&
                     (date.date.month == 0 || date.date.month == id.birth.month) &&
                     (date.date.day == 0 || date.date.day == id.birth.day)
                 ? 1
                 : 0;
  }
  return both < 5 ? 0 : static_cast<double>(equal) / static_cast<double>(both);
}

}  // namespace bidui::workspace
