// The schemas and rules that ship inside the program (schemas/sources, schemas/rules).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace bidui {

// The content of a shipped file by its path below schemas/, e.g. "sources/poverty.json"; nullopt
// when there is none. The view lives as long as the program. O(log files).
std::optional<std::string_view> builtin_file(std::string_view path);

// The paths of all shipped files that begin with `folder` ("sources/"; "" for all), sorted.
std::vector<std::string_view> list_builtin_files(std::string_view folder);

}  // namespace bidui
