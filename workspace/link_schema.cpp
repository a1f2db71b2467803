#include "workspace/link_schema.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/header_mapping.h"
#include "matcher/schema/schema_parse.h"
#include "workspace/household_block.h"
#include "workspace/workspace.h"

namespace bidui::workspace {
namespace {

using compare::TextKind;
using schema::SemanticKind;
using schema::SemanticType;

SemanticKind kind_of(SemanticType type) {
  switch (type) {
    case SemanticType::kPersonName:
      return SemanticKind::kFullName;
    case SemanticType::kFormerName:
      return SemanticKind::kFormerName;
    case SemanticType::kIdNumber:
      return SemanticKind::kNationalId;
    case SemanticType::kBirthDate:
      return SemanticKind::kBirthDate;
    case SemanticType::kSex:
      return SemanticKind::kSex;
    case SemanticType::kPhone:
      return SemanticKind::kPhone;
    case SemanticType::kIdentifier:
    case SemanticType::kHouseholdIdentifier:
      return SemanticKind::kIdentifier;
    case SemanticType::kCounty:
      return SemanticKind::kRegion;
    case SemanticType::kTownship:
    case SemanticType::kVillage:
    case SemanticType::kGroup:
      return SemanticKind::kLocality;
    case SemanticType::kAddress:
      return SemanticKind::kAddress;
    case SemanticType::kInteger:
    case SemanticType::kAmount:
    case SemanticType::kYear:
      return SemanticKind::kNumber;
    case SemanticType::kRelation:
    case SemanticType::kEthnicity:
    case SemanticType::kCode:
    case SemanticType::kBoolean:
      return SemanticKind::kCategory;
    case SemanticType::kDate:
    case SemanticType::kYearMonth:
    case SemanticType::kText:
      break;
  }
  return SemanticKind::kText;
}

// The fields that mean the same in every source, and the column of the plan that each serves.
struct SharedField {
  std::string_view id;
  int LinkColumns::*column;
};
constexpr SharedField kShared[] = {{"name", &LinkColumns::full_name},
                                   {"former_name", &LinkColumns::former_name},
                                   {"id_number", &LinkColumns::national_id},
                                   {"birth", &LinkColumns::birth},
                                   {"sex", &LinkColumns::sex},
                                   {"phone", &LinkColumns::phone},
                                   {"county", &LinkColumns::county},
                                   {"township", &LinkColumns::township},
                                   {"village", &LinkColumns::village},
                                   {"group", &LinkColumns::group},
                                   {"address", &LinkColumns::address}};

void set_shared(const SchemaColumns& columns, LinkColumns& plan) {
  for (const SharedField& shared : kShared) {
    const auto field = columns.schema().find_field(shared.id);
    if (field) plan.*shared.column = columns.column(*field);
  }
  if (columns.schema().household) plan.household = columns.column(*columns.schema().household);
}

// Places are one attribute, whatever columns either file has for it.
bool is_place(std::string_view id) {
  return id == "county" || id == "township" || id == "village" || id == "group" || id == "address";
}

std::vector<std::size_t> filled(const LinkColumns& columns, int LinkColumns::*member) {
  const int column = columns.*member;
  return column < 0 ? std::vector<std::size_t>{}
                    : std::vector<std::size_t>{static_cast<std::size_t>(column)};
}

void append(std::vector<std::size_t>& all, const std::vector<std::size_t>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// Notes which columns are compared with which.
void note_uses(ColumnPlan& plan) {
  ComparedColumns places{.kind = SemanticKind::kAddress, .used = true};
  for (const SharedField& shared : kShared) {
    const auto left = filled(plan.left, shared.column);
    const auto right = filled(plan.right, shared.column);
    if (is_place(shared.id)) {
      append(places.left, left);
      append(places.right, right);
      continue;
    }
    if (left.empty() || right.empty()) continue;
    const SemanticKind kind = shared.id == "name"          ? SemanticKind::kFullName
                              : shared.id == "former_name" ? SemanticKind::kFormerName
                              : shared.id == "id_number"   ? SemanticKind::kNationalId
                              : shared.id == "birth"       ? SemanticKind::kBirthDate
                              : shared.id == "sex"         ? SemanticKind::kSex
                                                           : SemanticKind::kPhone;
    plan.uses.push_back({.left = left, .right = right, .kind = kind, .used = true});
  }
  if (!places.left.empty() && !places.right.empty()) plan.uses.push_back(std::move(places));
}

bool names_row(const schema::Schema& schema, std::size_t field) {
  return schema.household == field || std::ranges::find(schema.key, field) != schema.key.end();
}

// Identifiers and ethnic groups that both files have.
void add_texts(const SchemaColumns& left, const SchemaColumns& right,
               std::span<const std::string> left_header, ColumnPlan& plan) {
  for (std::size_t f = 0; f < left.schema().fields.size(); ++f) {
    const schema::Field& field = left.schema().fields[f];
    const auto other = right.schema().find_field(field.id);
    const bool compared =
        field.type == SemanticType::kIdentifier || field.type == SemanticType::kEthnicity;
    if (!compared || !other || left.column(f) < 0 || right.column(*other) < 0) continue;
    if (names_row(left.schema(), f) || names_row(right.schema(), *other)) continue;
    if (field.id == "division_code") continue;  // a place; the others say it
    const bool room = plan.comparisons.texts.size() < compare::kMaxTextComparisons;
    plan.uses.push_back({.left = {static_cast<std::size_t>(left.column(f))},
                         .right = {static_cast<std::size_t>(right.column(*other))},
                         .kind = kind_of(field.type),
                         .used = room});
    if (!room) continue;
    plan.comparisons.texts.push_back(field.type == SemanticType::kIdentifier ? TextKind::kIdentifier
                                                                             : TextKind::kCategory);
    plan.text_names.push_back(left_header[static_cast<std::size_t>(left.column(f))]);
    plan.left.texts.push_back(left.column(f));
    plan.right.texts.push_back(right.column(*other));
  }
}

}  // namespace

Result<schema::Schema> load_link_schema(const std::string& name_or_path) {
  const Result<std::vector<schema::Schema>> builtin = builtin_schemas();
  BIDUI_TRY(builtin);
  const Result<const schema::Schema*> known = find_schema(*builtin, name_or_path);
  if (known) return **known;
  std::ifstream file(name_or_path, std::ios::binary);
  if (!file) {
    Error error = known.error();
    error.message += "; or give the path of a schema file";
    if (!error.message_zh.empty()) error.message_zh += "；也可以给出字段声明文件的路径";
    return error;
  }
  return schema::parse_schema(std::string((std::istreambuf_iterator<char>(file)), {}),
                              name_or_path);
}

Result<SchemaColumns> SchemaColumns::map(const schema::Schema& schema,
                                         connectors::TableReader& reader) {
  const auto mapping = schema::map_headers(schema, reader.header());
  if (!mapping) return mapping.error().with_context(reader.name());
  SchemaColumns result(schema);
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const auto column = mapping->column(f);
    result.columns_.push_back(column ? static_cast<int>(*column) : -1);
    if (schema.fields[f].requirement == schema::Requirement::kValue) result.required_.push_back(f);
  }
  for (const std::size_t f : schema.key) result.key_.push_back(result.columns_[f]);
  if (std::ranges::find(result.key_, -1) != result.key_.end()) result.key_.clear();
  BIDUI_TRY(fill_household_down(schema, *mapping, reader));
  return result;
}

schema::Recognition SchemaColumns::recognition(std::span<const std::string> header) const {
  schema::Recognition recognition;
  for (const std::string& name : header) {
    recognition.columns.push_back(
        {.reason_zh = "列“" + name + "”不用：字段声明里没有。",
         .reason_en = "Column \"" + name + "\" is not used: the schema has no such field."});
  }
  for (std::size_t f = 0; f < schema_.fields.size(); ++f) {
    if (columns_[f] < 0) continue;
    const schema::Field& field = schema_.fields[f];
    const std::string& name = header[static_cast<std::size_t>(columns_[f])];
    schema::ColumnGuess& guess = recognition.columns[static_cast<std::size_t>(columns_[f])];
    guess.kind = kind_of(field.type);
    guess.reason = schema::GuessReason::kHeader;
    guess.from_header = true;
    guess.reason_zh = "列“" + name + "”按字段声明是“" + field.title + "”（" + field.id + "）。";
    guess.reason_en = "Column \"" + name + "\" is the schema's field " + field.id + ".";
  }
  return recognition;
}

const schema::Field* SchemaColumns::missing_value(std::span<const std::string_view> cells) const {
  for (const std::size_t f : required_) {
    if (cells[static_cast<std::size_t>(columns_[f])].empty()) return &schema_.fields[f];
  }
  return nullptr;
}

Result<ColumnPlan> plan_by_schema(const SchemaColumns& left, const SchemaColumns& right,
                                  std::span<const std::string> left_header) {
  ColumnPlan plan;
  set_shared(left, plan.left);
  set_shared(right, plan.right);
  note_uses(plan);
  add_texts(left, right, left_header, plan);
  const auto both = [&](int LinkColumns::*member) {
    return plan.left.*member >= 0 && plan.right.*member >= 0;
  };
  const bool has_birth = both(&LinkColumns::birth);
  const bool has_name = both(&LinkColumns::full_name);
  if (!has_birth && !has_name && !both(&LinkColumns::national_id) &&
      plan.comparisons.texts.empty()) {
    return bilingual_error(ErrorCode::kBadInput,
                           "按字段声明，两个文件没有共同的姓名、身份证号或出生日期，无法区分人",
                           "by their schemas the files have no name, ID number or birth date in "
                           "common: nothing tells people apart");
  }
  if (!plan.comparisons.texts.empty())
    plan.text_keys = key::plan_text_keys(plan.comparisons.texts, has_birth, has_name);
  return plan;
}

}  // namespace bidui::workspace
