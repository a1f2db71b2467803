#include "workspace/linked_view.h"

#include <algorithm>
#include <charconv>
#include <tbb/parallel_for.h>

#include "matcher/compare/compare_name.h"
#include "matcher/rule/calendar.h"
#include "matcher/text/date.h"
#include "matcher/text/id_number.h"
#include "matcher/text/relation.h"
#include "workspace/field_value.h"
#include "workspace/id_state_words.h"
#include "workspace/record_key.h"

namespace bidui::workspace {
namespace {

using rule::RecordRef;
using rule::Value;
using schema::SemanticType;

int position(const schema::Schema& schema, std::string_view id) {
  const auto at = schema.find_field(id);
  return at ? static_cast<int>(*at) : -1;
}

std::uint64_t cell_id(RecordRef record, std::size_t field) {
  return static_cast<std::uint64_t>(record.source) << 48 | static_cast<std::uint64_t>(field) << 32 |
         record.row;
}

std::uint32_t leading_code(std::string_view digits) {
  std::uint32_t code = 0;
  std::from_chars(digits.data(), digits.data() + std::min<std::size_t>(digits.size(), 6), code);
  return code;
}

// Codes of six digits are brought to today's; shorter ones name a province or prefecture.
std::uint32_t todays_code(std::uint32_t code) {
  return code >= 100000 ? text::current_region(code) : code;
}

bool lies_within(std::uint32_t region, std::uint32_t area) {
  while (region > area && area != 0) {
    if (area >= 100000) break;
    region /= 10;
  }
  return region == area;
}

}  // namespace

LinkedView::LinkedView(const ViewParts& parts) : parts_(parts) {
  for (const RunSource& source : parts_.sources) {
    rule::SourceStatus status{.delivered = source.delivered()};
    if (const auto day = rule::parse_date_text(source.as_of())) status.as_of = day->last;
    statuses_.push_back(status);
    std::vector<std::uint32_t> areas;
    for (const store::DeliveryInfo& delivery : source.deliveries) {
      areas.push_back(todays_code(leading_code(delivery.coverage)));
    }
    coverage_.push_back(std::move(areas));
    fact_fields_.push_back(
        {.id_number = position(*source.schema, "id_number"),
         .relation = position(*source.schema, "relation"),
         .household = source.schema->household ? static_cast<int>(*source.schema->household) : -1});
  }
  name_divisions();
  for (std::size_t s = 0; s < parts_.sources.size(); ++s)
    household_names_.emplace_back(*parts_.sources[s].schema, parts_.texts[s]);
  standardise_numbers();
}

void LinkedView::name_divisions() {
  for (const RunSource& source : parts_.sources) {
    for (const record::PersonFeatures& p : source.features) {
      if (p.division_level < 6) continue;
      std::string& text = divisions_[p.division];
      if (text.empty()) text = std::to_string(p.division);
    }
  }
}

void LinkedView::standardise_numbers() {
  for (std::size_t s = 0; s < parts_.sources.size(); ++s) {
    const auto& fields = parts_.sources[s].schema->fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].type == SemanticType::kIdNumber) standardise_numbers(s, f);
    }
  }
}

void LinkedView::standardise_numbers(std::size_t source, std::size_t field) {
  constexpr std::uint32_t kBlock = 8192;
  const std::uint32_t rows = parts_.texts[source].rows();
  std::vector<std::vector<std::pair<std::uint64_t, std::string>>> found(rows / kBlock + 1);
  tbb::parallel_for(std::size_t{0}, found.size(), [&](std::size_t block) {
    const auto begin = static_cast<std::uint32_t>(block) * kBlock;
    const std::uint32_t end = begin + std::min(rows - begin, kBlock);
    for (std::uint32_t row = begin; row < end; ++row) {
      const RecordRef record{static_cast<rule::SourceIndex>(source), row};
      const std::string_view raw = text(record, field);
      if (raw.empty() || text::is_standard_form(raw)) continue;
      const text::IdNumber id = text::parse_id_number(raw);
      if (id.state == text::IdState::kMissing || id.state == text::IdState::kOther) continue;
      std::string standard = text::format_id(id);
      if (standard != raw) found[block].emplace_back(cell_id(record, field), std::move(standard));
    }
  });
  for (auto& block : found) {
    for (auto& [cell, standard] : block) numbers_.emplace(cell, std::move(standard));
  }
}

bool LinkedView::covers_region(rule::SourceIndex source, std::uint32_t region) const {
  const std::uint32_t today = todays_code(region);
  return std::ranges::any_of(coverage_[source],
                             [&](std::uint32_t area) { return lies_within(today, area); });
}

bool LinkedView::covers(rule::SourceIndex source, RecordRef record) const {
  const record::PersonFeatures& p = features(record);
  if (p.division_level < 6) return !coverage_[source].empty();
  return covers_region(source, static_cast<std::uint32_t>(p.division / 1'000'000));
}

std::uint32_t LinkedView::record_count(rule::SourceIndex source) const {
  return parts_.sources[source].rows();
}
std::uint32_t LinkedView::household_count(rule::SourceIndex source) const {
  return parts_.households->count(source);
}

Value LinkedView::id_value(RecordRef record, std::size_t field, std::string_view raw) const {
  const auto standard = numbers_.find(cell_id(record, field));
  return Value::of_text(standard == numbers_.end() ? raw : std::string_view(standard->second));
}

Value LinkedView::field(RecordRef record, rule::FieldIndex field) const {
  const std::string_view raw = text(record, field);
  if (raw.empty()) return Value::unknown();
  const schema::Field& declared = parts_.sources[record.source].schema->fields[field];
  return declared.type == SemanticType::kIdNumber ? id_value(record, field, raw)
                                                  : field_value(declared, raw);
}

Value LinkedView::county_of_place(RecordRef record) const {
  const record::PersonFeatures& p = features(record);
  if (p.division_level < 6) return Value::unknown();
  return Value::of_number(static_cast<double>(p.division / 1'000'000));
}

// Unknown where the delivery covers more than a county.
Value LinkedView::county_of_delivery(RecordRef record) const {
  const RunSource& source = parts_.sources[record.source];
  const auto next = std::ranges::upper_bound(source.first_rows, record.row);
  const auto delivery = static_cast<std::size_t>(next - source.first_rows.begin()) - 1;
  const std::uint32_t area = coverage_[record.source][delivery];
  return area >= 100000 ? Value::of_number(area) : Value::unknown();
}

text::IdNumber LinkedView::id_number(RecordRef record) const {
  const record::PersonFeatures& p = features(record);
  if (p.id_class == record::IdClass::kValid) return text::valid_id_number(p.id_digits, p.id_check);
  return text::parse_id_number(text_of(record, fact_fields_[record.source].id_number));
}

Value LinkedView::fact(RecordRef record, rule::Fact fact) const {
  const record::PersonFeatures& p = features(record);
  const FactFields& fields = fact_fields_[record.source];
  switch (fact) {
    case rule::Fact::kKey:
      return Value::of_text(parts_.texts[record.source].key(record.row));
    case rule::Fact::kDivision: {
      const auto at = p.division_level < 6 ? divisions_.end() : divisions_.find(p.division);
      return at == divisions_.end() ? Value::unknown() : Value::of_text(at->second);
    }
    case rule::Fact::kIdState:
      return Value::of_text(id_state_code(id_number(record).state));
    case rule::Fact::kIdBirth:
    case rule::Fact::kIdSex:
    case rule::Fact::kIdRegion: {
      const text::IdNumber id = id_number(record);
      if (id.state == text::IdState::kMissing || id.state == text::IdState::kOther)
        return Value::unknown();
      if (fact == rule::Fact::kIdRegion) return Value::of_number(id.region);
      if (fact == rule::Fact::kIdSex) {
        if (id.sex == text::Sex::kUnknown) return Value::unknown();
        return Value::of_text(id.sex == text::Sex::kMale ? "male" : "female");
      }
      const auto day = rule::day_of(id.birth.year, id.birth.month, id.birth.day);
      return day ? Value::of_day(*day) : Value::unknown();
    }
    case rule::Fact::kCountyCode: {
      const Value place = county_of_place(record);
      return place.is_unknown() ? county_of_delivery(record) : place;
    }
    case rule::Fact::kListedBy: {
      const Value delivery = county_of_delivery(record);
      return delivery.is_unknown() ? county_of_place(record) : delivery;
    }
    case rule::Fact::kIsHead:
    case rule::Fact::kGeneration: {
      const text::Relation relation = text::parse_relation(text_of(record, fields.relation));
      if (!relation.known) return Value::unknown();
      return fact == rule::Fact::kIsHead ? Value::of_boolean(relation.is_head)
                                         : Value::of_number(relation.generation);
    }
  }
  return Value::unknown();
}

std::string LinkedView::display(RecordRef record, rule::FieldIndex field) const {
  return masked_text(parts_.sources[record.source].schema->fields[field], text(record, field));
}

std::span<const rule::Link> LinkedView::links(RecordRef record, rule::SourceIndex source) const {
  return parts_.links->links(parts_.records->number(record.source, record.row), source);
}

std::span<const RecordRef> LinkedView::same_number(RecordRef record,
                                                   rule::SourceIndex source) const {
  return parts_.same_numbers->of(parts_.records->number(record.source, record.row), source);
}

rule::NameRelation LinkedView::name_relation(RecordRef left, RecordRef right) const {
  switch (compare::compare_name(features(left), features(right))) {
    case compare::NameLevel::kMissing:
    case compare::NameLevel::kPartial:
      return rule::NameRelation::kUnknown;
    case compare::NameLevel::kExact:
      return rule::NameRelation::kEqual;
    case compare::NameLevel::kVariant:
      return rule::NameRelation::kVariant;
    case compare::NameLevel::kFormerName:
      return rule::NameRelation::kFormer;
    case compare::NameLevel::kHomophone:
      return rule::NameRelation::kHomophone;
    case compare::NameLevel::kLookAlike:
      return rule::NameRelation::kLookAlike;
    case compare::NameLevel::kDialectHomophone:
      return rule::NameRelation::kDialect;
    case compare::NameLevel::kReordered:
    case compare::NameLevel::kKeystroke:
    case compare::NameLevel::kOneCharacter:
      return rule::NameRelation::kOneCharacter;
    case compare::NameLevel::kSurnameOnly:
      return rule::NameRelation::kSurnameOnly;
    case compare::NameLevel::kGivenOnly:
      return rule::NameRelation::kGivenOnly;
    case compare::NameLevel::kOneGivenOnly:
    case compare::NameLevel::kDifferent:
      break;
  }
  return rule::NameRelation::kDifferent;
}

std::optional<bool> LinkedView::same_house(RecordRef left, RecordRef right) const {
  const record::PersonFeatures& a = features(left);
  const record::PersonFeatures& b = features(right);
  if (a.house == 0 || b.house == 0) return std::nullopt;
  if (a.house != b.house) return false;
  const bool villages = a.village != 0 && b.village != 0;
  if (!villages || (a.group != 0) != (b.group != 0)) return std::nullopt;
  return a.village == b.village && a.group == b.group;
}

std::span<const RecordRef> LinkedView::kin(RecordRef record, rule::Kin kin) const {
  if (record.source + std::size_t{1} != parts_.sources.size()) return {};
  return parts_.kinship->kin(record.row, kin);
}

std::span<const RecordRef> LinkedView::children_in(RecordRef record,
                                                   rule::SourceIndex source) const {
  const record::PersonFeatures& p = features(record);
  if (source + std::size_t{1} != parts_.sources.size() || record.source == source ||
      p.id_class != record::IdClass::kValid || !same_number(record, source).empty())
    return {};
  return parts_.named_parents->children(p.id_digits);
}

std::span<const RecordRef> LinkedView::parents_in(RecordRef record,
                                                  rule::SourceIndex source) const {
  if (record.source + std::size_t{1} != parts_.sources.size()) return {};
  return parts_.named_parents->parents(record.row, source);
}

std::span<const rule::HouseholdLink> LinkedView::splits(rule::HouseholdRef household,
                                                        rule::Split split) const {
  if (household.source + std::size_t{1} != parts_.sources.size()) return {};
  return parts_.kinship->splits(household.household, split);
}

std::optional<rule::HouseholdRef> LinkedView::household(RecordRef record) const {
  const std::uint32_t number = parts_.households->household_of(record.source, record.row);
  if (number == RunHouseholds::kNone) return std::nullopt;
  return rule::HouseholdRef{record.source, number};
}

std::string_view LinkedView::household_key(rule::HouseholdRef household) const {
  const auto all = parts_.households->members(household.source, household.household);
  return all.empty() ? std::string_view{}
                     : household_names_[household.source].of(parts_.texts[household.source],
                                                             all.front().row);
}

std::span<const RecordRef> LinkedView::members(rule::HouseholdRef household) const {
  return parts_.households->members(household.source, household.household);
}

std::span<const rule::HouseholdLink> LinkedView::household_links(rule::HouseholdRef household,
                                                                 rule::SourceIndex source) const {
  return parts_.households->linked(household.source, household.household, source);
}

}  // namespace bidui::workspace
