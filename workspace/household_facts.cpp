#include "workspace/household_facts.h"

#include <algorithm>
#include <array>

#include "matcher/text/date.h"
#include "workspace/field_value.h"
#include "workspace/record_words.h"

namespace bidui::workspace {
namespace {

using schema::SemanticType;

// Shown elsewhere in the view, or of no use to a reader.
constexpr std::array<std::string_view, 14> kNotFacts = {
    "sex",     "ethnicity", "row_no",      "division_code", "household_size", "education",
    "marital", "height",    "blood_group", "person_no",     "member_no",      "marital_changed_on",
    "head_id", "head_name"};

bool is_fact(const schema::Field& field, bool all) {
  const SemanticType type = field.type;
  if (type == SemanticType::kText || type == SemanticType::kEthnicity) return all;
  const bool names_person = schema::value_form(type) == schema::ValueForm::kText ||
                            type == SemanticType::kBirthDate || type == SemanticType::kSex;
  return !names_person && (all || std::ranges::find(kNotFacts, field.id) == kNotFacts.end());
}

// Free texts may hold names and illnesses.
std::string shown_value(const schema::Field& field, std::string_view text, Values values) {
  if (values == Values::kMasked && field.type == SemanticType::kText &&
      field.privacy >= schema::Privacy::kPersonal)
    return "***";
  if (field.type == SemanticType::kDate || field.type == SemanticType::kYearMonth) {
    const text::ParsedDate parsed = text::parse_date(text);
    if (parsed.state == text::DateState::kOk || parsed.state == text::DateState::kPartial) {
      const text::Date& d = parsed.date;
      return date_text(static_cast<std::uint32_t>(d.year) * 10000 +
                       static_cast<std::uint32_t>(d.month) * 100 +
                       static_cast<std::uint32_t>(d.day));
    }
  }
  const bool masked = values == Values::kMasked;
  std::string value = masked ? masked_text(field, text) : std::string(text);
  const bool number = !value.empty() && value.back() >= '0' && value.back() <= '9';  // not 3万元
  if (field.type == SemanticType::kAmount && number) value += field.unit;
  return value;
}

// The facts that have values, in the order of the records.
std::vector<Fact> facts_of(std::span<const ReadRecord* const> records, std::size_t field,
                           Values values) {
  std::vector<Fact> facts;
  const schema::Field& declared = records.front()->schema().fields[field];
  for (const ReadRecord* record : records) {
    const std::string_view text = record->stored().field(field);
    if (text.empty()) continue;
    facts.push_back({.field = declared.id,
                     .title = declared.title,
                     .value = shown_value(declared, text, values),
                     .record = record->name(),
                     .who = record->shown("name", values)});
  }
  return facts;
}

}  // namespace

std::vector<Fact> household_facts(std::span<const ReadRecord* const> records, bool all,
                                  Values values) {
  std::vector<Fact> shared;
  if (records.empty()) return shared;
  const schema::Schema& schema = records.front()->schema();
  std::vector<Fact> single;
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    if (!is_fact(schema.fields[f], all)) continue;
    std::vector<Fact> own = facts_of(records, f, values);
    const bool same =
        schema.household && own.size() == records.size() &&
        std::ranges::all_of(own, [&](const Fact& x) { return x.value == own.front().value; });
    if (same) {
      own.resize(1);
      own.front().record.clear();
      own.front().who.clear();
    }
    std::ranges::move(own, std::back_inserter(same ? shared : single));
  }
  for (const ReadRecord* record : records) {
    const std::string name = record->name();
    std::ranges::copy_if(single, std::back_inserter(shared),
                         [&](const Fact& fact) { return fact.record == name; });
  }
  return shared;
}

}  // namespace bidui::workspace
