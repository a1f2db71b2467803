// "BC12": column and row of a cell (ECMA-376 part 1, 18.18.7).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bidui::connectors {

inline constexpr std::uint32_t kXlsxColumns = 16384;   // "A" to "XFD"
inline constexpr std::uint32_t kXlsxRows = 1'048'576;  // from 1

struct CellReference {
  std::uint32_t column = 0;  // from 0
  std::uint32_t row = 0;     // from 1

  bool operator==(const CellReference&) const = default;
};

// nullopt for anything else, and beyond the last column or row.
std::optional<CellReference> parse_cell_reference(std::string_view text);

}  // namespace bidui::connectors
