// An XLSX workbook: its sheets, and their rows.
//
// What it does not know: pictures, comments, sheets of charts, and formats of numbers but dates and
// leading zeros.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "connectors/delimited/cell_table.h"
#include "connectors/xlsx/zip_archive.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

struct Workbook;
class XmlHandler;

// What a hostile file may take at most; in memory together less than 1 GiB.
struct XlsxLimits {
  ArchiveLimits archive{};
  std::uint64_t part_bytes = std::uint64_t{512}
                             << 20;  // unpacked, of a sheet or the shared strings
  std::uint64_t structure_bytes = std::uint64_t{32} << 20;  // of any other part
  std::size_t string_bytes = std::size_t{192} << 20;  // of all shared strings as they are kept
  // Of all cells that read_sheet() hands out, what it takes to keep them included: a shared string
  // can stand in every cell.
  std::size_t text_bytes = std::size_t{384} << 20;
};

// Those of a registry, which is read row by row: a sheet of a million rows may have 4 GiB of XML.
XlsxLimits registry_limits();

// Row numbers count from 1, as a person sees them; rows without cells are left out. `cells` are
// those up to the row's last, "" where there is none, valid during the call. False: enough.
using XlsxRowVisitor = std::function<bool(std::uint32_t row, std::span<const std::string> cells)>;

// Whether the name is that of a workbook, also of kinds that open() refuses with what to do.
bool is_workbook_name(const std::filesystem::path& path);

struct SheetName {
  std::string name{};
  bool hidden = false;

  bool operator==(const SheetName&) const = default;
};

// Not for several threads.
class XlsxReader {
 public:
  // Reads all but the sheets. kNotFound, kIo; kBadInput where it is no workbook, is damaged or
  // beyond the limits.
  static Result<XlsxReader> open(const std::filesystem::path& path, const XlsxLimits& limits = {});
  // The bytes of a file.
  static Result<XlsxReader> open_bytes(std::string bytes, std::string name,
                                       const XlsxLimits& limits = {});
  // An archive that was found to be a workbook.
  static Result<XlsxReader> open_archive(ZipArchive archive, const XlsxLimits& limits);

  // What the shared strings take in memory as long as any of its sheets is read.
  std::size_t string_bytes() const;

  // In the workbook's order.
  const std::vector<SheetName>& sheets() const { return sheets_; }
  // The rows of a sheet, one after another; they may outlive the reader, but not be read at the
  // same time as others. REQUIRES: sheet < sheets().size(). Memory is that of a row. Errors as
  // open().
  Result<std::unique_ptr<RowSource>> rows(std::size_t sheet) const;
  // Visits them all.
  Status read_sheet(std::size_t sheet, const XlsxRowVisitor& visit);

 private:
  XlsxReader(ZipArchive archive, const XlsxLimits& limits);
  Status read_structure();
  Status read_strings(const std::string& part);
  Status read_part(const std::string& part, std::uint64_t most, XmlHandler& handler) const;

  std::shared_ptr<Workbook> book_;
  XlsxLimits limits_;
  std::size_t text_left_ = 0;
  std::vector<SheetName> sheets_;
  std::vector<std::string> parts_;  // of the sheets
};

}  // namespace bidui::connectors
