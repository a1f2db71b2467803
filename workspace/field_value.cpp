#include "workspace/field_value.h"

#include <array>
#include <charconv>
#include <optional>

#include "matcher/rule/calendar.h"
#include "matcher/schema/code_value.h"
#include "matcher/text/amount.h"
#include "matcher/text/date.h"
#include "matcher/text/mask.h"
#include "matcher/text/sex.h"

namespace bidui::workspace {
namespace {

using rule::Value;
using schema::SemanticType;

Value date_value(std::string_view text) {
  const text::ParsedDate parsed = text::parse_date(text);
  if (parsed.state != text::DateState::kOk && parsed.state != text::DateState::kPartial)
    return Value::unknown();
  const auto range = rule::date_range(parsed.date.year, parsed.date.month, parsed.date.day);
  return range ? Value::of_date(*range) : Value::unknown();
}

// "1,234.50元" reads as 1234.5, "3万元" as 30000; nothing where there is no digit at the start.
Value number_value(std::string_view text) {
  constexpr std::size_t kDigits = 32;
  std::array<char, kDigits + 2> digits{};
  std::size_t length = 0;
  std::size_t at = 0;
  for (; at < text.size() && length < kDigits; ++at) {
    const char c = text[at];
    if (c == ',') continue;
    const bool part = (c >= '0' && c <= '9') || c == '.' || (c == '-' && length == 0);
    if (!part) break;
    digits[length++] = c;
  }
  const int zeros = text::unit_zeros(text.substr(at));
  if (zeros != 0 && length != 0) {
    digits[length++] = 'e';
    digits[length++] = static_cast<char>('0' + zeros);
  }
  double number = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + length, number);
  return failure == std::errc() && length != 0 ? Value::of_number(number) : Value::unknown();
}

Value sex_value(std::string_view text) {
  switch (text::parse_sex(text)) {
    case text::Sex::kMale:
      return Value::of_text("male");
    case text::Sex::kFemale:
      return Value::of_text("female");
    case text::Sex::kUnknown:
      break;
  }
  return Value::unknown();
}

Value code_value(const schema::Field& field, std::string_view text) {
  const auto code = schema::canonical_code(field, text);
  return code ? Value::of_text(*code) : Value::unknown();
}

Value boolean_value(const schema::Field& field, std::string_view text) {
  const auto code = schema::canonical_code(field, text);
  return code ? Value::of_boolean(*code == "true") : Value::unknown();
}

// The year alone: beside a masked ID number a full birth date would give nearly all of it away.
std::string masked_birth(std::string_view text) {
  const text::ParsedDate parsed = text::parse_date(text);
  return parsed.date.is_missing() ? text::mask_other(text)
                                  : std::to_string(parsed.date.year) + "-**-**";
}

// Offices write one date in many ways, spreadsheets even as a number of days.
std::string standard_date(std::string_view text) {
  const Value date = date_value(text);
  return date.is_unknown() ? std::string(text) : rule::format_date(date.date);
}

}  // namespace

Value field_value(const schema::Field& field, std::string_view text) {
  if (text.empty()) return Value::unknown();
  switch (schema::value_form(field.type)) {
    case schema::ValueForm::kText:
      return Value::of_text(text);
    case schema::ValueForm::kDate:
      return date_value(text);
    case schema::ValueForm::kNumber:
      return number_value(text);
    case schema::ValueForm::kCode:
      return field.type == SemanticType::kSex ? sex_value(text) : code_value(field, text);
    case schema::ValueForm::kBoolean:
      return boolean_value(field, text);
  }
  return Value::unknown();
}

std::string masked_text(const schema::Field& field, std::string_view text) {
  if (text.empty()) return {};
  switch (field.type) {
    case SemanticType::kPersonName:
    case SemanticType::kFormerName:
      return text::mask_name(text);
    case SemanticType::kIdNumber:
      return text::mask_id(text);
    case SemanticType::kPhone:
      return text::mask_phone(text);
    case SemanticType::kAddress:
      return text::mask_address(text);
    case SemanticType::kBirthDate:
      return masked_birth(text);
    case SemanticType::kDate:
    case SemanticType::kYearMonth:
      return standard_date(text);
    case SemanticType::kIdentifier:
      return field.privacy >= schema::Privacy::kPersonal ? text::mask_other(text)
                                                         : std::string(text);
    default:
      return std::string(text);
  }
}

}  // namespace bidui::workspace
