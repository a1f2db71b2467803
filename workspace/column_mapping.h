// Which column of a table is which field: by the mapping that was given or kept, else by the
// headers that the schema knows; and how the table's shape differs from the mapping's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/schema/header_mapping.h"
#include "workspace/mapping_file.h"

namespace bidui::workspace {

// How a table differs from what the mapping was made for.
struct ShapeChange {
  std::vector<std::string> added{};  // headers that are new
  std::vector<std::string> gone{};   // headers that are no more
  // Written otherwise: brackets, numbering, punctuation ("月保障金额(元)" as "月保障金额（万元）").
  std::vector<std::pair<std::string, std::string>> rewritten{};

  bool operator==(const ShapeChange&) const = default;
};

// What cells of a code field say that the schema does not know: folded, and the code's title or
// the boolean's word.
using Spellings = std::vector<std::pair<std::string, std::string>>;

struct TableColumns {
  schema::HeaderMapping headers{};
  std::vector<Spellings> spellings{};          // of each field; empty where there are none
  std::optional<std::size_t> change_column{};  // that says what became of the row
  Spellings change_spellings{};
  const MappingFile* mapping = nullptr;  // null where none was used
  ShapeChange change{};                  // from it
};

class ColumnMapper {
 public:
  // All of it must outlive the mapper. `given`: the mapping of the command line, used whatever the
  // table looks like; null: of those kept for the source the one that knows most of a table's
  // headers, and half of its own at least.
  static Result<ColumnMapper> make(const schema::Schema& schema, const MappingFile* given,
                                   std::span<const MappingFile> kept, std::string_view instance);

  // How many of the cells are headers that the schema or a mapping knows.
  int known(std::span<const std::string_view> cells) const;

  // kBadInput where a required column is missing; of a mapping's column that is gone it says so.
  Result<TableColumns> map(std::span<const std::string> header) const;

 private:
  // A mapping with its fields found in the schema.
  struct Entry {
    const MappingFile* file = nullptr;
    std::vector<std::string> folded{};                 // headers, as they are compared first
    std::vector<std::string> normalised{};             // and then
    std::vector<std::optional<std::size_t>> fields{};  // of each
    std::vector<Spellings> spellings{};                // of each
    std::optional<std::size_t> change{};               // which of them says what became of a row
  };
  // Where each column of a mapping stands in a table, if it does.
  using Places = std::vector<std::optional<std::size_t>>;

  explicit ColumnMapper(const schema::Schema& schema) : schema_(&schema) {}

  Result<Entry> read(const MappingFile& file) const;
  static Places find(const Entry& entry, std::span<const std::string> header);
  static void find_change(std::span<const std::string> header, TableColumns& columns);
  Result<TableColumns> map_by(const Entry& entry, const Places& places,
                              std::span<const std::string> header) const;

  const schema::Schema* schema_;
  bool given_ = false;
  std::vector<Entry> entries_;
};

}  // namespace bidui::workspace
