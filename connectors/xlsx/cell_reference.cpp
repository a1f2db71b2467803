#include "connectors/xlsx/cell_reference.h"

#include <charconv>

namespace bidui::connectors {

std::optional<CellReference> parse_cell_reference(std::string_view text) {
  std::uint32_t column = 0;
  std::size_t letters = 0;
  while (letters < text.size() && text[letters] >= 'A' && text[letters] <= 'Z') {
    if (letters == 3) return std::nullopt;
    column = column * 26 + static_cast<std::uint32_t>(text[letters] - 'A') + 1;
    ++letters;
  }
  std::uint32_t row = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + letters, end, row);
  if (letters == 0 || column > kXlsxColumns || read.ec != std::errc{} || read.ptr != end ||
      row == 0 || row > kXlsxRows)
    return std::nullopt;
  return CellReference{.column = column - 1, .row = row};
}

}  // namespace bidui::connectors
