#include "workspace/review_view.h"

#include <array>

#include "matcher/compare/compare_birth.h"
#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/compare/compare_place.h"
#include "matcher/model/model.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;

constexpr std::size_t kMembersShown = 6;

// What is shown of a record, and by which comparison it is judged; none: side by side only.
struct ShownField {
  std::string_view id;
  std::string_view title;
  std::optional<Comparison> comparison;
};
constexpr std::array<ShownField, 12> kFields = {{{"name", "姓名", Comparison::kName},
                                                 {"former_name", "曾用名", std::nullopt},
                                                 {"id_number", "证件号码", Comparison::kId},
                                                 {"birth", "出生", Comparison::kBirth},
                                                 {"sex", "性别", Comparison::kSex},
                                                 {"ethnicity", "民族", std::nullopt},
                                                 {"phone", "电话", Comparison::kPhone},
                                                 {"township", "乡镇", std::nullopt},
                                                 {"village", "村", Comparison::kAddress},
                                                 {"group", "组", std::nullopt},
                                                 {"address", "住址", std::nullopt},
                                                 {"relation", "与户主关系", std::nullopt}}};

int level_of(Comparison comparison, const record::PersonFeatures& a,
             const record::PersonFeatures& b) {
  switch (comparison) {
    case Comparison::kName:
      return static_cast<int>(compare::compare_name(a, b));
    case Comparison::kId:
      return static_cast<int>(compare::compare_id(a, b));
    case Comparison::kBirth:
      return static_cast<int>(compare::compare_birth(a.birth, b.birth));
    case Comparison::kSex:
      return static_cast<int>(compare::compare_sex(a.sex, b.sex));
    case Comparison::kAddress:
      return static_cast<int>(compare::compare_address(a, b));
    case Comparison::kPhone:
      return static_cast<int>(compare::compare_phone(a.phone, b.phone));
    case Comparison::kHousehold:
    case Comparison::kHolder:
      break;  // a review shows the households beside the fields
  }
  return 0;
}

ReviewLine line_of(const ShownField& field, const ReadRecord& a, const ReadRecord& b,
                   Values values) {
  ReviewLine line{.title = std::string(field.title),
                  .left = a.shown(field.id, values),
                  .right = b.shown(field.id, values)};
  if (values == Values::kFull) {
    line.differs = !line.left.empty() && !line.right.empty() && line.left != line.right;
    return line;
  }
  if (!field.comparison) return line;
  const int level = level_of(*field.comparison, a.features(), b.features());
  if (level == 0) return line;
  // Level 1 of every comparison is full agreement.
  line.differs = level != 1;
  line.remark = model::level_title(static_cast<int>(*field.comparison), level);
  return line;
}

// The names of the others in the record's household.
Result<std::string> household_of(RecordReader& reader, RecordPlace place, Values values) {
  const std::string household(reader.at(place).household());
  if (household.empty()) return std::string();
  const Result<std::vector<RecordPlace>> members = reader.members(place.source, household);
  BIDUI_TRY(members);
  std::string list;
  std::size_t shown = 0;
  for (const RecordPlace member : *members) {
    if (member == place) continue;
    if (++shown > kMembersShown) return list + "……";
    list += (list.empty() ? "" : "、") + reader.at(member).shown("name", values);
  }
  return list;
}

}  // namespace

Result<ReviewView> view_pair(RecordReader& reader, const ReviewPair& pair, Values values) {
  const Result<RecordPlace> left = reader.find_record(pair.left);
  BIDUI_TRY(left);
  const Result<RecordPlace> right = reader.find_record(pair.right);
  BIDUI_TRY(right);
  const ReadRecord& a = reader.at(*left);
  const ReadRecord& b = reader.at(*right);
  ReviewView view{.left_source = a.schema().title,
                  .right_source = b.schema().title,
                  .left_key = std::string(a.stored().key()),
                  .right_key = std::string(b.stored().key())};
  for (const ShownField& field : kFields) {
    ReviewLine line = line_of(field, a, b, values);
    if (!line.left.empty() || !line.right.empty() || !line.remark.empty())
      view.lines.push_back(std::move(line));
  }
  const Result<std::string> left_household = household_of(reader, *left, values);
  BIDUI_TRY(left_household);
  const Result<std::string> right_household = household_of(reader, *right, values);
  BIDUI_TRY(right_household);
  if (!left_household->empty() || !right_household->empty())
    view.lines.push_back({.title = "同户", .left = *left_household, .right = *right_household});
  return view;
}

}  // namespace bidui::workspace
