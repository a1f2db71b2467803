#include "workspace/household_facts.h"

#include <algorithm>
#include <array>

#include "workspace/field_value.h"

namespace bidui::workspace {
namespace {

using schema::SemanticType;

// Shown elsewhere in the view, or of no use to a reader.
constexpr std::array<std::string_view, 14> kNotFacts = {
    "sex",     "ethnicity", "row_no",      "division_code", "household_size", "education",
    "marital", "height",    "blood_group", "person_no",     "member_no",      "marital_changed_on",
    "head_id", "head_name"};

bool is_fact(const schema::Field& field, bool all) {
  switch (field.type) {
    case SemanticType::kCode:
    case SemanticType::kBoolean:
    case SemanticType::kDate:
    case SemanticType::kYear:
    case SemanticType::kYearMonth:
    case SemanticType::kAmount:
    case SemanticType::kInteger:
      return all || std::ranges::find(kNotFacts, field.id) == kNotFacts.end();
    case SemanticType::kText:
    case SemanticType::kEthnicity:
      return all;
    case SemanticType::kPersonName:
    case SemanticType::kFormerName:
    case SemanticType::kIdNumber:
    case SemanticType::kBirthDate:
    case SemanticType::kSex:
    case SemanticType::kRelation:
    case SemanticType::kPhone:
    case SemanticType::kIdentifier:
    case SemanticType::kHouseholdIdentifier:
    case SemanticType::kCounty:
    case SemanticType::kTownship:
    case SemanticType::kVillage:
    case SemanticType::kGroup:
    case SemanticType::kAddress:
      break;
  }
  return false;
}

// Free texts may hold names and illnesses.
std::string shown_value(const schema::Field& field, std::string_view text) {
  if (field.type == SemanticType::kText && field.privacy >= schema::Privacy::kPersonal)
    return "***";
  std::string value = masked_text(field, text);
  if (field.type == SemanticType::kAmount) value += field.unit;
  return value;
}

}  // namespace

std::vector<Fact> household_facts(std::span<const ReadRecord* const> records, bool all) {
  std::vector<Fact> shared;
  std::vector<Fact> single;
  if (records.empty()) return shared;
  const schema::Schema& schema = records.front()->schema();
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const schema::Field& field = schema.fields[f];
    if (!is_fact(field, all)) continue;
    std::vector<Fact> own;
    for (const ReadRecord* record : records) {
      const std::string_view text = record->stored().field(f);
      if (text.empty()) continue;
      own.push_back({.field = field.id,
                     .title = field.title,
                     .value = shown_value(field, text),
                     .record = record->name(),
                     .who = record->masked("name")});
    }
    if (own.empty()) continue;
    const bool same =
        std::ranges::all_of(own, [&](const Fact& fact) { return fact.value == own.front().value; });
    if (same && own.size() == records.size()) {
      own.resize(1);
      own.front().record.clear();
      own.front().who.clear();
    }
    std::ranges::move(own, std::back_inserter(own.front().record.empty() ? shared : single));
  }
  std::ranges::stable_sort(single, {}, &Fact::record);
  std::ranges::move(single, std::back_inserter(shared));
  return shared;
}

std::string masked_address(const ReadRecord& record) {
  std::string place;
  for (const std::string_view id : {"county", "township", "village"}) place += record.masked(id);
  return place.empty() ? record.masked("address") : place;
}

}  // namespace bidui::workspace
