// The text of a table's cell in lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::cli {

// The columns of the longest piece that is not broken: a word between spaces, a Han character with
// the punctuation that belongs to it.
std::size_t longest_piece(std::string_view utf8);

// Lines of at most `width` columns, each as full as it can be; a longer piece has a line of its
// own. Spaces around a break are dropped. One empty line where there is no text.
std::vector<std::string> cell_lines(std::string_view utf8, std::size_t width);

}  // namespace bidui::cli
