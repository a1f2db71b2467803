// What the columns of any file hold, from their headers and a sample of cells, without a schema
// (contracts §2). Nothing here knows a particular data set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/schema/cell_profile.h"
#include "matcher/schema/header_word.h"

namespace bidui::schema {

// Why a column is taken for what it is.
enum class GuessReason : std::uint8_t {
  kHeader,      // its header says so and its cells agree
  kCells,       // its cells have that form
  kRepeats,     // unknown header, values that repeat between rows
  kUnique,      // unknown header, values that do not repeat: the other file may hold them too
  kRival,       // another column holds this better
  kConstant,    // empty, or one value only
  kNamesRow,    // a key
  kKeyRepeats,  // named as a key, but blank or repeated in places
  kShared,      // unknown header, but the other file has a column that agrees with it
};

struct ColumnGuess {
  SemanticKind kind = SemanticKind::kIgnore;
  GuessReason reason = GuessReason::kUnique;
  bool from_header = false;  // the header said so and the cells agree; else the cells alone
  std::string reason_zh;     // one sentence each, for the person who started the program;
  std::string reason_en;     // they quote the header, never a cell
};

struct Recognition {
  std::vector<ColumnGuess> columns;  // parallel to the header
  // The column that names a row; its kind is kRowKey. Unique in the sample: the caller checks the
  // rest.
  std::optional<std::size_t> row_key;
};

// `sample` holds rows (about the first 1000; shorter rows count as blank cells). Names, birth date,
// national number, sex, postcode and e-mail are given to one column each; others may repeat. A
// column that is empty, constant, or of unknown meaning without values that repeat between rows is
// kIgnore. A header whose claim the cells contradict is treated as unknown. Deterministic.
// Cost: O(cells of the sample).
Recognition recognise_columns(std::span<const std::string> header,
                              std::span<const std::vector<std::string>> sample);

// The sentences of a guess about the column with this header.
ColumnGuess make_guess(SemanticKind kind, std::string_view header, GuessReason reason,
                       bool from_header);

// Whether a column's cells allow a kind, as a header that claims it needs.
bool cells_agree(SemanticKind kind, const CellProfile& cells);

// What is compared if only the cells are known: category, number, identifier or text.
SemanticKind generic_kind(const CellProfile& cells);

// kText, kCategory and kNumber.
bool is_generic(SemanticKind kind);

}  // namespace bidui::schema
