#include "workspace/field_tally.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "matcher/schema/code_value.h"
#include "matcher/text/date.h"
#include "matcher/text/id_number.h"
#include "matcher/text/phone.h"
#include "matcher/text/relation.h"
#include "workspace/ethnicity.h"
#include "workspace/field_value.h"

namespace bidui::workspace {
namespace {

using schema::SemanticType;

constexpr std::string_view kSerialNumber = "row_no";

bool is_date(SemanticType type) {
  return type == SemanticType::kBirthDate || type == SemanticType::kDate ||
         type == SemanticType::kYearMonth;
}

// Types whose cells repeat, so that remembering them pays.
bool repeats(SemanticType type) {
  switch (type) {
    case SemanticType::kSex:
    case SemanticType::kRelation:
    case SemanticType::kEthnicity:
    case SemanticType::kCode:
    case SemanticType::kBoolean:
    case SemanticType::kInteger:
    case SemanticType::kAmount:
    case SemanticType::kYear:
      return true;
    default:
      return false;
  }
}

int number_at(std::string_view text, std::size_t begin, std::size_t digits) {
  int number = 0;
  for (std::size_t i = begin; i < begin + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

// The year of 2017-11-20, 2017.11.20 and 20171120 without more ado.
std::optional<int> plain_year(std::string_view text) {
  const bool marks = text.size() == 10 && text[4] == text[7];
  if (!marks && text.size() != 8) return std::nullopt;
  const int year = number_at(text, 0, 4);
  const int month = number_at(text, marks ? 5 : 4, 2);
  const int day = number_at(text, marks ? 8 : 6, 2);
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 28)
    return std::nullopt;
  return year;
}

std::string_view relation_class(std::string_view text) {
  const text::Relation relation = text::parse_relation(text);
  if (!relation.known) return {};
  if (relation.is_head) return "head";
  if (relation.is_spouse) return "spouse";
  constexpr std::array<std::string_view, 10> kClasses = {
      "head",   "spouse",      "son",     "daughter", "grandchild",
      "parent", "grandparent", "sibling", "other",    "other"};
  return kClasses[std::min<std::size_t>(relation.code2 / 10U, kClasses.size() - 1)];
}

// 0 to 10 as they are, then 11–20, 21–50, 51–100, …
std::string number_class(double number) {
  if (number < 0) return "<0";
  const double whole = std::floor(number);
  if (whole <= 10) return fmt::format("{:.0f}", whole);
  double low = 10;
  for (;;) {
    for (const double step : {2.0, 5.0, 10.0}) {
      const double high = low * step;
      const double from = step == 2 ? low : low * (step == 5 ? 2 : 5);
      if (whole <= high) return fmt::format("{:.0f}–{:.0f}", from + 1, high);
    }
    low *= 10;
    if (low > 1e15) return ">1e15";
  }
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

FieldTally::FieldTally(const schema::Field& field) : field_(&field) { counted_.field = field.id; }

void FieldTally::add(std::string_view text) {
  if (text.empty()) return;
  ++counted_.filled;
  if (field_->id == kSerialNumber) return;  // says nothing of the row
  if (is_date(field_->type)) return add_date(text);
  if (repeats(field_->type)) return add_text(text);
  classify(text, 1, counted_);
}

void FieldTally::add_date(std::string_view text) {
  std::optional<int> year = plain_year(text);
  if (!year) {
    const text::ParsedDate parsed = text::parse_date(text);
    if (!parsed.date.is_missing() && parsed.state != text::DateState::kImpossible)
      year = parsed.date.year;
  }
  if (!year || *year < kFirstYear || *year > kLastYear) {
    ++counted_.unreadable;
  } else {
    ++years_[static_cast<std::size_t>(*year - kFirstYear)];
  }
}

void FieldTally::add_text(std::string_view text) {
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    if (seen_[i].text != text) continue;
    ++seen_[i].cells;
    if (i > 0 && seen_[i].cells > seen_[i - 1].cells) std::swap(seen_[i], seen_[i - 1]);
    return;
  }
  if (seen_.size() < kSeen) {
    seen_.push_back({std::string(text), 1});
  } else {
    classify(text, 1, counted_);
  }
}

void FieldTally::classify(std::string_view text, std::uint64_t cells, FieldStatistics& into) const {
  std::string found;
  switch (field_->type) {
    case SemanticType::kCode:
    case SemanticType::kBoolean:
      found = schema::canonical_code(*field_, text).value_or("");
      break;
    case SemanticType::kRelation:
      found = relation_class(text);
      break;
    case SemanticType::kEthnicity:
      found = ethnicity_name(text);
      break;
    case SemanticType::kSex: {
      const rule::Value value = field_value(*field_, text);
      if (!value.is_unknown()) found = value.text;
      break;
    }
    case SemanticType::kYear: {  // no number that is no year: it may be a person's
      const rule::Value value = field_value(*field_, text);
      if (!value.is_unknown() && value.number >= kFirstYear && value.number <= kLastYear)
        found = fmt::format("{:.0f}", value.number);
      break;
    }
    case SemanticType::kInteger:
    case SemanticType::kAmount: {
      const rule::Value value = field_value(*field_, text);
      if (!value.is_unknown()) found = number_class(value.number);
      break;
    }
    case SemanticType::kPersonName:
    case SemanticType::kFormerName: {
      const std::size_t length = characters(text);
      found = length >= 5 ? "5+" : std::to_string(length);
      break;
    }
    case SemanticType::kIdNumber:
      if (!text::is_standard_form(text) && !text::parse_id_number(text).is_full())
        into.unreadable += cells;
      return;
    case SemanticType::kPhone:
      if (text::parse_phone(text) == 0) into.unreadable += cells;
      return;
    default:
      return;
  }
  if (found.empty()) {
    into.unreadable += cells;
  } else {
    into.classes[found] += cells;
  }
}

void FieldTally::merge(const FieldTally& other) {
  counted_.filled += other.counted_.filled;
  counted_.unreadable += other.counted_.unreadable;
  for (const auto& [name, cells] : other.counted_.classes) counted_.classes[name] += cells;
  for (std::size_t y = 0; y < years_.size(); ++y) years_[y] += other.years_[y];
  for (const Seen& seen : other.seen_) {
    const auto at = std::ranges::find(seen_, seen.text, &Seen::text);
    if (at == seen_.end()) {
      seen_.push_back(seen);
    } else {
      at->cells += seen.cells;
    }
  }
}

FieldStatistics FieldTally::finish() const {
  FieldStatistics result = counted_;
  for (const Seen& seen : seen_) classify(seen.text, seen.cells, result);
  const bool birth = field_->type == SemanticType::kBirthDate;
  for (std::size_t y = 0; y < years_.size(); ++y) {
    if (years_[y] == 0) continue;
    const int year = kFirstYear + static_cast<int>(y);
    result.classes[birth ? fmt::format("{}–{}", year - year % 10, year - year % 10 + 9)
                         : std::to_string(year)] += years_[y];
  }
  return result;
}

}  // namespace bidui::workspace
