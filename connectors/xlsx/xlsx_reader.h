// Reads the cells of an XLSX workbook as text, a row at a time: shared, inline and formula strings,
// numbers as they are stored, numbers in a date format as "2017-12-03", truth values as TRUE and
// FALSE. Formulas are not computed: what the program that saved the file computed counts.
//
// What it does not know: pictures, comments, merged cells (their first cell has the text), sheets
// of charts, and any format of numbers but dates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "connectors/xlsx/xlsx_date.h"
#include "connectors/xlsx/xlsx_part.h"
#include "connectors/xlsx/xlsx_styles.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

struct XlsxLimits {
  std::size_t part_bytes = std::size_t{512} << 20;    // unpacked, of one part
  std::size_t string_bytes = std::size_t{256} << 20;  // of all shared strings
  std::size_t cell_bytes = std::size_t{128} << 10;    // of one cell; Excel keeps 32,767 characters
};

// Row numbers count from 1, as a person sees them; rows without cells are left out. `cells` are
// those up to the row's last, "" where there is none, valid during the call. False: enough.
using XlsxRowVisitor = std::function<bool(std::uint32_t row, std::span<const std::string> cells)>;

// Whether the name is that of a workbook, also of kinds that open() refuses with what to do.
bool is_workbook_name(const std::filesystem::path& path);

// Not for several threads.
class XlsxReader {
 public:
  // Reads all but the sheets. kNotFound, kIo; kBadInput where it is no workbook, is damaged or
  // beyond the limits.
  static Result<XlsxReader> open(const std::filesystem::path& path, const XlsxLimits& limits = {});

  // In the workbook's order, hidden ones included.
  const std::vector<std::string>& sheets() const { return names_; }
  // REQUIRES: sheet < sheets().size(). Memory is that of a row. Errors as open().
  Status read_sheet(std::size_t sheet, const XlsxRowVisitor& visit) const;

 private:
  explicit XlsxReader(XlsxArchive archive, const XlsxLimits& limits)
      : archive_(std::move(archive)), limits_(limits) {}
  Status read_structure();

  XlsxArchive archive_;
  XlsxLimits limits_;
  std::vector<std::string> names_;
  std::vector<std::string> parts_;  // of the sheets
  std::vector<std::string> strings_;
  XlsxStyles styles_;
  DateSystem dates_ = DateSystem::k1900;
};

}  // namespace bidui::connectors
