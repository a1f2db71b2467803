#include "workspace/household_names.h"

#include "workspace/record_key.h"

namespace bidui::workspace {
namespace {

std::string_view number_of(const schema::Schema& schema, const SourceTexts& texts,
                           std::uint32_t row) {
  return schema.household ? texts.field(row, *schema.household) : std::string_view{};
}

}  // namespace

std::vector<std::size_t> HouseholdNames::fields(const schema::Schema& schema) {
  std::vector<std::size_t> fields;
  if (schema.household) fields.push_back(*schema.household);
  if (schema.unit == schema::RowUnit::kHouse)
    fields.insert(fields.end(), schema.key.begin(), schema.key.end());
  return fields;
}

HouseholdNames::HouseholdNames(const schema::Schema& schema, const SourceTexts& texts)
    : schema_(&schema) {
  if (schema.unit != schema::RowUnit::kHouse) return;
  std::vector<std::string_view> fields(schema.fields.size());
  for (std::uint32_t row = 0; row < texts.rows(); ++row) {
    const std::string_view key = texts.key(row);
    if (!key.starts_with('#') || !number_of(schema, texts, row).empty()) continue;
    for (const std::size_t f : schema.key) fields[f] = texts.field(row, f);
    if (std::string name = household_name(schema, fields, key); name != key)
      declared_.emplace(row, std::move(name));
  }
}

std::string_view HouseholdNames::of(const SourceTexts& texts, std::uint32_t row) const {
  const std::string_view number = number_of(*schema_, texts, row);
  if (!number.empty() || schema_->unit != schema::RowUnit::kHouse) return number;
  const auto declared = declared_.find(row);
  return declared != declared_.end() ? std::string_view(declared->second) : texts.key(row);
}

}  // namespace bidui::workspace
