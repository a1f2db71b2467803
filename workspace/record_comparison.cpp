#include "workspace/record_comparison.h"

#include <algorithm>

#include "matcher/compare/compare_id.h"

namespace bidui::workspace {
namespace {

using rule::RecordRef;
using rule::Value;

const record::PersonFeatures& features(const RunWorld& world, RecordRef record) {
  return world.sources[record.source].features[record.row];
}

Value value_of(const RunWorld& world, RecordRef record, std::string_view field) {
  const auto at = world.sources[record.source].schema->find_field(field);
  return at ? world.view->field(record, static_cast<rule::FieldIndex>(*at)) : Value::unknown();
}

std::optional<FieldAgreement> compare_names(const RunWorld& world, RecordRef left,
                                            RecordRef right) {
  using rule::NameRelation;
  switch (world.view->name_relation(left, right)) {
    case NameRelation::kUnknown:
      return std::nullopt;
    case NameRelation::kEqual:
      return FieldAgreement{};
    case NameRelation::kVariant:
      return FieldAgreement{.remark = "异体字"};
    case NameRelation::kFormer:
      return FieldAgreement{true, "曾用名或别名"};
    case NameRelation::kHomophone:
      return FieldAgreement{true, "同音字"};
    case NameRelation::kLookAlike:
      return FieldAgreement{true, "形近字"};
    case NameRelation::kDialect:
      return FieldAgreement{true, "方言近音"};
    case NameRelation::kOneCharacter:
      return FieldAgreement{true, "一字不同"};
    case NameRelation::kSurnameOnly:
      return FieldAgreement{true, "同姓不同名"};
    case NameRelation::kGivenOnly:
      return FieldAgreement{true, "同名不同姓"};
    case NameRelation::kDifferent:
      return FieldAgreement{true, "姓名不同"};
  }
  return std::nullopt;
}

std::optional<FieldAgreement> compare_numbers(const RunWorld& world, RecordRef left,
                                              RecordRef right) {
  using compare::IdLevel;
  switch (compare::compare_id(features(world, left), features(world, right))) {
    case IdLevel::kMissing:
      return std::nullopt;
    case IdLevel::kEqual:
    case IdLevel::kEqualInvalid:
      return FieldAgreement{};
    case IdLevel::kOneEdit:
      return FieldAgreement{true, "差一位"};
    case IdLevel::kOneLost:
      return FieldAgreement{true, "漏一位"};
    case IdLevel::kTwoEdits:
      return FieldAgreement{true, "差两位"};
    case IdLevel::kBirthSequence:
      return FieldAgreement{true, "地区码不同"};
    case IdLevel::kPrefix:
      return FieldAgreement{true, "号码被截断，余下各位相同"};
    case IdLevel::kRegionSequence:
      return FieldAgreement{true, "出生日期段不同"};
    case IdLevel::kReissued:
      return FieldAgreement{true, "两个有效号码，仅出生日期段相近"};
    case IdLevel::kRegionBirth:
    case IdLevel::kNeighbour:
      return FieldAgreement{true, "顺序码不同"};
    case IdLevel::kBirth:
    case IdLevel::kRegion:
    case IdLevel::kDifferent:
      return FieldAgreement{true, "号码不同"};
  }
  return std::nullopt;
}

std::optional<FieldAgreement> compare_values(const Value& left, const Value& right,
                                             std::string_view remark) {
  if (left.is_unknown() || right.is_unknown() || left.kind != right.kind) return std::nullopt;
  bool differs = false;
  switch (left.kind) {
    case rule::ValueKind::kText:
      differs = left.text != right.text;
      break;
    case rule::ValueKind::kDate:
      differs = left.date.last < right.date.first || right.date.last < left.date.first;
      break;
    case rule::ValueKind::kNumber:
      differs = left.number != right.number;
      break;
    case rule::ValueKind::kBoolean:
      differs = left.boolean != right.boolean;
      break;
    default:
      return std::nullopt;
  }
  return FieldAgreement{differs, differs ? remark : std::string_view{}};
}

}  // namespace

std::optional<FieldAgreement> compare_field(const RunWorld& world, RecordRef left, RecordRef right,
                                            std::string_view field) {
  if (field == "name") return compare_names(world, left, right);
  if (field == "id_number") return compare_numbers(world, left, right);
  const Value a = value_of(world, left, field);
  const Value b = value_of(world, right, field);
  if (field == "birth") return compare_values(a, b, "日期不同");
  if (field == "sex" || left.source == right.source) return compare_values(a, b, {});
  return std::nullopt;
}

bool may_be_one_person(const RunWorld& world, RecordRef left, RecordRef right) {
  const auto links = world.view->links(left, right.source);
  const auto same = world.view->same_number(left, right.source);
  return std::ranges::find(links, right, &rule::Link::record) != links.end() ||
         std::ranges::find(same, right) != same.end();
}

}  // namespace bidui::workspace
