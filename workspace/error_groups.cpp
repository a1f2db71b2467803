#include "workspace/error_groups.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "matcher/text/division.h"
#include "workspace/ethnicity.h"

namespace bidui::workspace {
namespace {

struct DimensionWords {
  std::string_view name;
  std::string_view title;
};
constexpr std::array<DimensionWords, kDimensions> kWords = {{{"all", "总体"},
                                                             {"sources", "来源对"},
                                                             {"township", "乡镇"},
                                                             {"age", "年龄"},
                                                             {"ethnicity", "民族"},
                                                             {"name", "姓名书写"},
                                                             {"number", "证件号码"}}};

// 0: unknown.
std::uint64_t township_of(const record::PersonFeatures& p) {
  constexpr int kTownshipDigits = 9;
  const std::uint64_t code = p.division / 1000;
  return p.division_level < kTownshipDigits || code % 1000 == 0 ? 0 : code;
}

std::uint64_t township_of(const RunWorld& world, const GroupedRecord& grouped) {
  const std::uint64_t own = township_of(world.records->features(grouped.record));
  return own != 0 || !grouped.civil ? own : township_of(world.records->features(*grouped.civil));
}

GroupName township_name(std::uint64_t code) {
  if (code == 0) return {Dimension::kTownship, "~", "乡镇不明"};
  const std::string_view name = text::division_name(code);
  return {Dimension::kTownship, std::to_string(code),
          name.empty() ? std::to_string(code) : std::string(name)};
}

struct AgeBand {
  int below;
  std::string_view name;
};
constexpr std::array<AgeBand, 6> kAgeBands = {
    {{7, "00-06"}, {18, "07-17"}, {45, "18-44"}, {60, "45-59"}, {75, "60-74"}, {200, "75+"}}};

// The number of bands: unknown.
std::size_t age_band(const RunWorld& world, const record::PersonFeatures& p) {
  int year = 0;
  std::from_chars(world.evaluation_date.data(), world.evaluation_date.data() + 4, year);
  const int birth = static_cast<int>(p.birth / 10000);
  if (birth == 0 || birth > year) return kAgeBands.size();
  const auto band =
      std::ranges::find_if(kAgeBands, [&](const AgeBand& own) { return year - birth < own.below; });
  return static_cast<std::size_t>(band - kAgeBands.begin());
}

std::size_t age_band(const RunWorld& world, const GroupedRecord& grouped) {
  const std::size_t own = age_band(world, world.records->features(grouped.record));
  return own != kAgeBands.size() || !grouped.civil
             ? own
             : age_band(world, world.records->features(*grouped.civil));
}

GroupName age_name(std::size_t band) {
  if (band == kAgeBands.size()) return {Dimension::kAge, "~", "年龄不明"};
  return {Dimension::kAge, std::string(kAgeBands[band].name),
          fmt::format("{} 岁", kAgeBands[band].name)};
}

// One text per ethnic group; "": unknown.
std::string_view ethnicity_of(const RunWorld& world, rule::RecordRef record) {
  const auto field = world.sources[record.source].schema->find_field("ethnicity");
  return field ? ethnicity_name(world.texts[record.source].field(record.row, *field))
               : std::string_view{};
}

std::string_view ethnicity_of(const RunWorld& world, const GroupedRecord& grouped) {
  const std::string_view own = ethnicity_of(world, world.reference(grouped.record));
  return !own.empty() || !grouped.civil ? own
                                        : ethnicity_of(world, world.reference(*grouped.civil));
}

GroupName ethnicity_group(std::string_view name) {
  if (name.empty()) return {Dimension::kEthnicity, "~", "民族不明"};
  // The majority first.
  return {Dimension::kEthnicity, (name == majority_ethnicity() ? "0" : "1") + std::string(name),
          std::string(name)};
}

constexpr std::array<std::string_view, 4> kNameTitles = {"完好", "拼音或外文",
                                                         "残缺（缺字、乱码、代称）", "无姓名"};

std::size_t name_kind(const record::PersonFeatures& p) {
  constexpr std::uint8_t kDamage = record::kFlagDamaged | record::kFlagPlaceholder;
  if (p.name.length == 0) return 3;
  if ((p.name.flags & kDamage) != 0) return 2;
  return p.name.script != record::NameScript::kHan ? 1 : 0;
}

constexpr std::array<std::string_view, 4> kNumberTitles = {"有效", "无校验位", "无效或残缺",
                                                           "没有"};

std::size_t number_kind(const record::PersonFeatures& p) {
  switch (p.id_class) {
    case record::IdClass::kValid:
      return 0;
    case record::IdClass::kUnverified:
      return 1;
    case record::IdClass::kInvalid:
    case record::IdClass::kPrefix:
      return 2;
    case record::IdClass::kMissing:
      break;
  }
  return 3;
}

}  // namespace

std::string_view dimension_name(Dimension dimension) {
  return kWords[static_cast<std::size_t>(dimension)].name;
}
std::string_view dimension_title(Dimension dimension) {
  return kWords[static_cast<std::size_t>(dimension)].title;
}

bool is_within_source(std::string_view sources) {
  const std::size_t middle = std::min(sources.find('~'), sources.size());
  return middle < sources.size() && sources.substr(0, middle) == sources.substr(middle + 1);
}
bool is_within_source(const GroupName& group) {
  return group.dimension == Dimension::kSources && is_within_source(group.name);
}

GroupName group_name(const RunWorld& world, const GroupedRecord& grouped, Dimension dimension) {
  const record::PersonFeatures& p = world.records->features(grouped.record);
  switch (dimension) {
    case Dimension::kTownship:
      return township_name(township_of(world, grouped));
    case Dimension::kAge:
      return age_name(age_band(world, grouped));
    case Dimension::kEthnicity:
      return ethnicity_group(ethnicity_of(world, grouped));
    case Dimension::kName:
      return {dimension, std::to_string(name_kind(p)), std::string(kNameTitles[name_kind(p)])};
    case Dimension::kNumber:
      return {dimension, std::to_string(number_kind(p)),
              std::string(kNumberTitles[number_kind(p)])};
    case Dimension::kAll:
    case Dimension::kSources:
      break;
  }
  return {.dimension = dimension};
}

std::uint64_t group_number(const RunWorld& world, const GroupedRecord& grouped,
                           Dimension dimension) {
  const record::PersonFeatures& p = world.records->features(grouped.record);
  switch (dimension) {
    case Dimension::kTownship:
      return township_of(world, grouped);
    case Dimension::kAge:
      return age_band(world, grouped);
    case Dimension::kEthnicity:
      return reinterpret_cast<std::uintptr_t>(ethnicity_of(world, grouped).data());
    case Dimension::kName:
      return name_kind(p);
    case Dimension::kNumber:
      return number_kind(p);
    case Dimension::kAll:
    case Dimension::kSources:
      break;
  }
  return 0;
}

}  // namespace bidui::workspace
