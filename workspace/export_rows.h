// How many rows a written table has, counted in the file itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::workspace {

struct TableRows {
  std::string sheet{};     // "" of a CSV file
  std::uint64_t rows = 0;  // below the header; of a sheet below title and header
};

// Of a CSV file or a workbook that this program wrote; nothing of other files. kIo, kBadInput.
Result<std::vector<TableRows>> rows_in(const std::filesystem::path& file);

}  // namespace bidui::workspace
