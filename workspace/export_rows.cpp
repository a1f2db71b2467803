#include "workspace/export_rows.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "connectors/xlsx/xlsx_reader.h"
#include "connectors/xlsx/zip_archive.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {
namespace {

constexpr std::uint64_t kTitleAndHeader = 2;

Result<std::uint64_t> lines_of_csv(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::array<char, 1 << 16> piece{};
  std::uint64_t lines = 0;
  bool quoted = false;
  while (in) {
    in.read(piece.data(), piece.size());
    for (const char c : std::string_view(piece.data(), static_cast<std::size_t>(in.gcount()))) {
      if (c == '"') quoted = !quoted;
      if (c == '\n' && !quoted) ++lines;
    }
  }
  if (!in.eof()) return errno_error("无法读取文件", "cannot read the file", file.string());
  return lines;
}

// Rows of a sheet's XML; a mark of several bytes may stand across two pieces.
Result<std::uint64_t> rows_of_sheet(const connectors::ZipArchive& book, const std::string& part) {
  constexpr std::string_view kRow = "<row ";
  auto stream = book.read(part);
  BIDUI_TRY(stream);
  std::vector<char> piece(1 << 16);
  std::string kept;
  std::uint64_t rows = 0;
  for (;;) {
    const auto read = stream->next(piece);
    BIDUI_TRY(read);
    if (*read == 0) return rows;
    kept.append(piece.data(), *read);
    for (std::size_t at = kept.find(kRow); at != std::string::npos; at = kept.find(kRow, at + 1))
      ++rows;
    kept.erase(0, kept.size() - std::min(kept.size(), kRow.size() - 1));
  }
}

}  // namespace

Result<std::vector<TableRows>> rows_in(const std::filesystem::path& file) {
  std::vector<TableRows> tables;
  if (file.extension() == ".csv") {
    const auto lines = lines_of_csv(file);
    BIDUI_TRY(lines);
    tables.push_back({.rows = *lines - std::min<std::uint64_t>(*lines, 1)});
  } else if (file.extension() == ".xlsx") {
    const auto reader = connectors::XlsxReader::open(file, connectors::registry_limits());
    BIDUI_TRY(reader);
    const auto book = connectors::ZipArchive::open(file, connectors::ArchiveKind::kWorkbook,
                                                   connectors::registry_limits().archive);
    BIDUI_TRY(book);
    for (std::size_t s = 0; s < reader->sheets().size(); ++s) {
      const auto rows =
          rows_of_sheet(*book, "xl/worksheets/sheet" + std::to_string(s + 1) + ".xml");
      BIDUI_TRY(rows);
      tables.push_back(
          {reader->sheets()[s].name, *rows - std::min<std::uint64_t>(*rows, kTitleAndHeader)});
    }
  }
  return tables;
}

}  // namespace bidui::workspace
