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

GroupName township_group(const record::PersonFeatures& p) {
  constexpr int kTownshipDigits = 9;
  const std::uint64_t code = p.division / 1000;
  if (p.division_level < kTownshipDigits || code % 1000 == 0)
    return {Dimension::kTownship, "~", "乡镇不明"};
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

GroupName age_group(const record::PersonFeatures& p, int year) {
  const int birth = static_cast<int>(p.birth / 10000);
  if (birth == 0 || birth > year || year - birth >= kAgeBands.back().below)
    return {Dimension::kAge, "~", "年龄不明"};
  for (const AgeBand& band : kAgeBands) {
    if (year - birth < band.below)
      return {Dimension::kAge, std::string(band.name), fmt::format("{} 岁", band.name)};
  }
  return {};
}

GroupName ethnicity_group(const RunWorld& world, rule::RecordRef record) {
  const RunSource& source = world.sources[record.source];
  const auto field = source.schema->find_field("ethnicity");
  const std::string_view name =
      field ? ethnicity_name(world.texts[record.source].field(record.row, *field))
            : std::string_view{};
  if (name.empty()) return {Dimension::kEthnicity, "~", "民族不明"};
  // The majority first.
  return {Dimension::kEthnicity, (name == majority_ethnicity() ? "0" : "1") + std::string(name),
          std::string(name)};
}

GroupName name_group(const record::PersonFeatures& p) {
  constexpr std::uint8_t kDamage = record::kFlagDamaged | record::kFlagPlaceholder;
  if (p.name.length == 0) return {Dimension::kName, "3", "无姓名"};
  if ((p.name.flags & kDamage) != 0) return {Dimension::kName, "2", "残缺（缺字、乱码、代称）"};
  if (p.name.script != record::NameScript::kHan) return {Dimension::kName, "1", "拼音或外文"};
  return {Dimension::kName, "0", "完好"};
}

GroupName number_group(const record::PersonFeatures& p) {
  switch (p.id_class) {
    case record::IdClass::kValid:
      return {Dimension::kNumber, "0", "有效"};
    case record::IdClass::kUnverified:
      return {Dimension::kNumber, "1", "无校验位"};
    case record::IdClass::kInvalid:
    case record::IdClass::kPrefix:
      return {Dimension::kNumber, "2", "无效或残缺"};
    case record::IdClass::kMissing:
      break;
  }
  return {Dimension::kNumber, "3", "没有"};
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

std::vector<GroupName> groups_of(const RunWorld& world, std::uint32_t record) {
  const record::PersonFeatures& p = world.records->features(record);
  int year = 0;
  std::from_chars(world.evaluation_date.data(), world.evaluation_date.data() + 4, year);
  return {township_group(p), age_group(p, year), ethnicity_group(world, world.reference(record)),
          name_group(p), number_group(p)};
}

}  // namespace bidui::workspace
