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

// What a hostile file may take at most; together less than 1 GiB.
struct XlsxLimits {
  ArchiveLimits archive{};
  std::size_t part_bytes = std::size_t{512} << 20;  // unpacked, of a sheet or the shared strings
  std::size_t structure_bytes = std::size_t{32} << 20;  // of any other part
  std::size_t string_bytes = std::size_t{192} << 20;    // of all shared strings as they are kept
  std::size_t cell_bytes = std::size_t{128} << 10;  // of one cell; Excel keeps 32,767 characters
  // Of all cells that are handed out, what it takes to keep them included: a shared string can
  // stand in every cell.
  std::size_t text_bytes = std::size_t{384} << 20;
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
  // The bytes of a file.
  static Result<XlsxReader> open_bytes(std::string bytes, std::string name,
                                       const XlsxLimits& limits = {});

  // In the workbook's order, hidden ones included.
  const std::vector<std::string>& sheets() const { return names_; }
  // REQUIRES: sheet < sheets().size(). Memory is that of a row. Errors as open().
  Status read_sheet(std::size_t sheet, const XlsxRowVisitor& visit);

 private:
  explicit XlsxReader(XlsxArchive archive, const XlsxLimits& limits)
      : archive_(std::move(archive)), limits_(limits), text_left_(limits.text_bytes) {}
  static Result<XlsxReader> structured(XlsxArchive archive, const XlsxLimits& limits);
  Status read_structure();

  XlsxArchive archive_;
  XlsxLimits limits_;
  std::size_t text_left_ = 0;
  std::vector<std::string> names_;
  std::vector<std::string> parts_;  // of the sheets
  std::vector<std::string> strings_;
  XlsxStyles styles_;
  DateSystem dates_ = DateSystem::k1900;
};

}  // namespace bidui::connectors
