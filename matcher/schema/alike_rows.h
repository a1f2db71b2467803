// Rows of two files that are likely the same thing, found without knowing any column: they share a
// word that hardly any other row has. They tell which columns hold the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::schema {

// Hashes of a cell's words, in order of hash, each once: runs of letters and digits without case,
// two neighbouring characters of a script without spaces.
std::vector<std::uint64_t> words_of(std::string_view cell);

class AlikeRows {
 public:
  // Words of few digits are no evidence: numbers from 1 on agree by chance. The rows must outlive
  // it. O(cells).
  AlikeRows(std::span<const std::vector<std::string>> left,
            std::span<const std::vector<std::string>> right);

  // How much better the two columns agree in rows that other columns make alike than in any two
  // rows: -1 to 1; nullopt if too few such rows have both. O(rows that are alike).
  std::optional<double> agreement(std::size_t left_column, std::size_t right_column) const;

 private:
  struct Witness {  // a rare word that two rows share
    std::uint32_t left_row, right_row;
    std::uint16_t left_column, right_column;
  };

  std::span<const std::vector<std::string>> left_;
  std::span<const std::vector<std::string>> right_;
  std::vector<Witness> witnesses_;  // ordered by rows
};

}  // namespace bidui::schema
