// What the records of one source say, as text: their keys and some of their fields.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/base/large_vector.h"
#include "workspace/run_source.h"

namespace bidui::workspace {

class SourceTexts {
 public:
  // `fields` of the schema. Reads every record of the source once, in parallel; keeps the bytes of
  // the texts and 4 for each. The errors of the store; kCorrupt where a record is damaged.
  static Result<SourceTexts> load(const store::Store& store, const RunSource& source,
                                  std::span<const std::size_t> fields);

  // Empty for a field that was not loaded. O(1).
  std::string_view key(std::uint32_t row) const { return text(row, 0); }
  std::string_view field(std::uint32_t row, std::size_t field) const {
    return text(row, field < column_of_field_.size() ? column_of_field_[field] : -1);
  }
  // Those of the source, from 0.
  std::uint32_t rows() const { return rows_; }

 private:
  static constexpr std::uint32_t kBlock = 65'536;  // rows
  // The texts of kBlock rows behind one another, and where each begins (and the last one ends).
  struct Block {
    LargeVector<char> bytes;
    LargeVector<std::uint32_t> begins;
  };

  static Result<Block> load_block(const store::Store& store, const RunSource& source,
                                  store::RowRange rows, std::span<const std::size_t> fields);
  std::string_view text(std::uint32_t row, int column) const;

  std::uint32_t rows_ = 0;
  std::vector<int> column_of_field_;
  std::size_t stride_ = 1;  // texts per row: the key, then the fields
  std::vector<Block> blocks_;
};

}  // namespace bidui::workspace
