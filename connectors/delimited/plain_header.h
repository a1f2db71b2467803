// A header whose words nobody knows: told by its place and form alone.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bidui::connectors {

// The first of the rows (trimmed cells) that has as many cells as most rows have, and rows below
// it, whose cells are distinct, filled but for at most a quarter, and no data: no numbers, dates or
// addresses of mail, and none of them a value of its column further down. nullopt if there is no
// such row or the rows have one cell only. O(cells).
std::optional<std::size_t> plain_header_row(std::span<const std::vector<std::string>> rows);

}  // namespace bidui::connectors
