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
#include "workspace/record_key.h"

namespace bidui::workspace {
namespace {

using rule::RecordRef;
using rule::Value;
using schema::SemanticType;

constexpr std::size_t kMaxSameNumber =
    50;  // a number that more records share is a placeholder, not a person

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

std::string_view id_state_name(const text::IdNumber& id) {
  switch (id.state) {
    case text::IdState::kMissing:
      return "missing";
    case text::IdState::kValid:
      return "valid";
    case text::IdState::kBadChecksum:
      return "bad_checksum";
    case text::IdState::kBadDate:
      return "bad_date";
    case text::IdState::kBadRegion:
      return "bad_region";
    case text::IdState::kPrecisionLost:
      return "precision_lost";
    case text::IdState::kTooShort:
      return "bad_length";
    case text::IdState::kOther:
      return "other_document";
  }
  return "other_document";
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
  standardise_numbers();
  find_same_numbers();
  link_households();
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
      if (fields[f].type != SemanticType::kIdNumber) continue;
      for (std::uint32_t row = 0; row < parts_.sources[s].rows(); ++row) {
        const RecordRef record{static_cast<rule::SourceIndex>(s), row};
        const std::string_view raw = text(record, f);
        if (raw.empty()) continue;
        const text::IdNumber id = text::parse_id_number(raw);
        if (id.state == text::IdState::kMissing || id.state == text::IdState::kOther) continue;
        std::string standard = text::format_id(id);
        if (standard != raw) numbers_.emplace(cell_id(record, f), std::move(standard));
      }
    }
  }
}

void LinkedView::find_same_numbers() {
  struct Numbered {
    std::uint64_t digits;
    std::uint32_t record;
  };
  std::vector<Numbered> all;
  for (std::size_t s = 0; s < parts_.sources.size(); ++s) {
    for (std::uint32_t row = 0; row < parts_.sources[s].rows(); ++row) {
      const record::PersonFeatures& p = parts_.sources[s].features[row];
      const bool sound =
          p.id_class == record::IdClass::kValid || p.id_class == record::IdClass::kUnverified;
      if (sound) all.push_back({p.id_digits, parts_.records->number(s, row)});
    }
  }
  std::ranges::sort(all, [](const Numbered& x, const Numbered& y) {
    return x.digits != y.digits ? x.digits < y.digits : x.record < y.record;
  });
  const auto for_groups = [&](const auto& use) {
    for (std::size_t begin = 0; begin < all.size();) {
      std::size_t end = begin;
      while (end < all.size() && all[end].digits == all[begin].digits) ++end;
      if (end - begin > 1 && end - begin <= kMaxSameNumber) use(begin, end);
      begin = end;
    }
  };
  same_offsets_.assign(parts_.records->count() + 1, 0);
  for_groups([&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      same_offsets_[all[i].record + 1] = static_cast<std::uint32_t>(end - begin - 1);
    }
  });
  for (std::size_t r = 1; r < same_offsets_.size(); ++r) same_offsets_[r] += same_offsets_[r - 1];
  same_.resize(same_offsets_.back());
  for_groups([&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      std::uint32_t at = same_offsets_[all[i].record];
      for (std::size_t j = begin; j < end; ++j) {
        if (j == i) continue;
        const std::size_t s = parts_.records->source_of(all[j].record);
        same_[at++] = {static_cast<rule::SourceIndex>(s),
                       all[j].record - parts_.records->number(s, 0)};
      }
    }
  });
}

void LinkedView::link_households() {
  const std::size_t sources = parts_.sources.size();
  household_links_.resize(sources);
  tbb::parallel_for(std::size_t{0}, sources, [&](std::size_t s) {
    HouseholdLinks& own = household_links_[s];
    for (std::uint32_t h = 0; h < parts_.households->count(s); ++h) {
      const auto household_members = parts_.households->members(s, h);
      const bool any = std::ranges::any_of(household_members, [&](const RecordRef& member) {
        return !parts_.links->links(parts_.records->number(s, member.row)).empty();
      });
      for (std::size_t other = 0; other < sources; ++other) {
        if (any) {
          for (const RunHouseholds::Shared& shared : parts_.households->linked(s, h, other)) {
            own.links.push_back(shared.link);
          }
        }
        own.offsets.push_back(static_cast<std::uint32_t>(own.links.size()));
      }
    }
  });
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
      if (p.id_class == record::IdClass::kValid) return Value::of_text("valid");
      return Value::of_text(
          id_state_name(text::parse_id_number(text_of(record, fields.id_number))));
    case rule::Fact::kIdBirth:
    case rule::Fact::kIdSex:
    case rule::Fact::kIdRegion: {
      const text::IdNumber id = text::parse_id_number(text_of(record, fields.id_number));
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
  const std::uint32_t number = parts_.records->number(record.source, record.row);
  const auto all = std::span(same_).subspan(same_offsets_[number],
                                            same_offsets_[number + 1] - same_offsets_[number]);
  const auto range = std::ranges::equal_range(all, source, {}, &RecordRef::source);
  return {range.begin(), range.end()};
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
    case compare::NameLevel::kOneGivenOnly:
    case compare::NameLevel::kDifferent:
      break;
  }
  return rule::NameRelation::kDifferent;
}

std::optional<rule::HouseholdRef> LinkedView::household(RecordRef record) const {
  const std::uint32_t number = parts_.households->household_of(record.source, record.row);
  if (number == RunHouseholds::kNone) return std::nullopt;
  return rule::HouseholdRef{record.source, number};
}

std::string_view LinkedView::household_key(rule::HouseholdRef household) const {
  const auto all = parts_.households->members(household.source, household.household);
  if (all.empty()) return {};
  return household_name(*parts_.sources[household.source].schema,
                        text_of(all.front(), fact_fields_[household.source].household),
                        parts_.texts[household.source].key(all.front().row));
}

std::span<const RecordRef> LinkedView::members(rule::HouseholdRef household) const {
  return parts_.households->members(household.source, household.household);
}

std::span<const rule::HouseholdLink> LinkedView::household_links(rule::HouseholdRef household,
                                                                 rule::SourceIndex source) const {
  const HouseholdLinks& own = household_links_[household.source];
  const std::size_t at =
      static_cast<std::size_t>(household.household) * parts_.sources.size() + source;
  return std::span(own.links).subspan(own.offsets[at], own.offsets[at + 1] - own.offsets[at]);
}

}  // namespace bidui::workspace
