// A task list (任务清单) that came back filled in: the rows of an XLSX or CSV file as they stand
// there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::workspace {

struct ReturnedRow {
  std::string sheet{};    // "" of a CSV file
  std::uint32_t row = 0;  // as a person counts, from 1
  std::string flag_id{};  // trimmed, as all cells
  std::string mark{};
  std::string outcome{};
  std::string reason{};
  std::string visitor{};
  std::string visited{};
  std::string note{};
  bool damaged = false;  // of a CSV file: it has another number of cells than the header

  // Nothing was filled in.
  bool is_blank() const {
    return outcome.empty() && reason.empty() && visitor.empty() && visited.empty() && note.empty();
  }
};

struct ReturnedList {
  std::vector<ReturnedRow> rows{};  // those that name a flag, or fill something in
  std::string content_hash{};       // SHA-256 of the file, hexadecimal
};

// Of an XLSX file all sheets that have the columns 疑点编号, 校验码 and 核查结果 (or the English
// ones), wherever their header row stands among the first; columns may stand in another order, and
// others beside them. kNotFound, kIo; kBadInput where the file cannot be read, or has no such list.
Result<ReturnedList> read_returned_list(const std::filesystem::path& file);

}  // namespace bidui::workspace
