#include "workspace/household_block.h"

namespace bidui::workspace {

Status fill_household_down(const schema::Schema& schema, const schema::HeaderMapping& mapping,
                           connectors::TableReader& reader) {
  if (!schema.household) return {};
  const auto key = mapping.column(*schema.household);
  if (!key || !schema.fields[*schema.household].fill_down) return {};
  connectors::FillDown fill{.key_column = static_cast<std::uint32_t>(*key)};
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const auto column = mapping.column(f);
    if (schema.fields[f].fill_down && column && *column != *key)
      fill.columns.push_back(static_cast<std::uint32_t>(*column));
  }
  return reader.fill_down(std::move(fill));
}

}  // namespace bidui::workspace
