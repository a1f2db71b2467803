// The workbook's looks: one format per kind of cell.
#pragma once

#include <array>
#include <xlsxwriter.h>

#include "connectors/report/ledger.h"

namespace bidui::connectors::report {

// Formats belong to the workbook and live as long as it.
class XlsxFormats {
 public:
  explicit XlsxFormats(lxw_workbook* book);

  lxw_format* cell(CellStyle style) const { return cells_[static_cast<std::size_t>(style)]; }
  lxw_format* title() const { return title_; }
  lxw_format* block_title() const { return block_title_; }
  lxw_format* header() const { return header_; }

 private:
  std::array<lxw_format*, kCellStyles> cells_{};
  lxw_format* title_ = nullptr;
  lxw_format* block_title_ = nullptr;
  lxw_format* header_ = nullptr;
};

}  // namespace bidui::connectors::report
