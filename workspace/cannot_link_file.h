// `bidui link --cannot-link FILE`: rows that people decided are not one person, by their keys.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/link/cannot_links.h"
#include "workspace/link_table.h"

namespace bidui::workspace {

// Row keys of the left and the right file.
using KeyPairs = std::vector<std::pair<std::string, std::string>>;

// A delimited file with the columns left_id and right_id (links.csv is one). Empty path: none.
// kBadInput without these columns.
Result<KeyPairs> read_cannot_links(const std::filesystem::path& path);

struct PlacedCannotLinks {
  // By row; rows of the right file are counted on from those of the left one.
  link::CannotLinks pairs{};
  std::size_t not_found = 0;  // pairs of which a key is in neither file
};

// A key that several rows have means all of them. For one file `right` is the same.
PlacedCannotLinks place_cannot_links(const KeyPairs& keys, const RowKeys& left,
                                     const RowKeys& right);

}  // namespace bidui::workspace
