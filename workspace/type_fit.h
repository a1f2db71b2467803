// How well a column's cells read as what a field is: an ID number by its form and check digit, a
// name by its surnames, a date by its forms, a code by its values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/schema/schema.h"

namespace bidui::workspace {

// The filled cells of a column, of a sample.
struct ColumnCells {
  std::vector<std::string_view> filled{};
  std::size_t rows = 0;
  std::size_t distinct = 0;

  bool unique() const { return rows > 0 && filled.size() == rows && distinct == rows; }
};
ColumnCells cells_of(std::span<const std::vector<std::string>> rows, std::size_t column);

// Share of the filled cells that read as the field, 0 to 1; nullopt for a field that any text may
// be (texts, keys) and for a column without cells.
std::optional<double> type_fit(const schema::Field& field, const ColumnCells& cells);

// A type that the cells alone speak for, with their share; nullopt where they could be several.
struct CellType {
  schema::SemanticType type = schema::SemanticType::kText;
  double share = 0;
};
std::optional<CellType> type_of_cells(const ColumnCells& cells);

// Share of rows whose date is the birth date inside the row's ID number, of those that have both.
double birth_agreement(std::span<const std::vector<std::string>> rows, std::size_t date_column,
                       std::size_t id_column);

}  // namespace bidui::workspace
