// What the tests of delivered files share.
#pragma once

#include <gmock/gmock.h>
#include <string>
#include <vector>
#include <zlib.h>

#include "connectors/delimited/reject.h"
#include "connectors/tables/open_tables.h"
#include "tests/connectors/delimited/testing.h"
#include "tests/connectors/xlsx/hand_made.h"

namespace bidui::connectors {

// "2 loaded: 王|1|" for each row but blank ones, behind the table's name and header.
inline std::string shown(TableReader& table) {
  std::string text = table.name() + "\n";
  for (const std::string& column : table.header()) text += column + "|";
  text += "\n";
  RowBatch batch;
  for (;;) {
    const Result<bool> more = table.read(batch);
    if (!more) return text + "refused: " + more.error().message + "\n";
    if (!*more) return text;
    for (const Row& row : batch.rows()) {
      text += std::to_string(row.number);
      text += row.fate == RowFate::kLoaded     ? ": "
              : row.fate == RowFate::kRejected ? " rejected: "
                                               : " skipped: ";
      if (row.fate == RowFate::kRejected) text += reject_reason_name(row.reject);
      if (row.fate == RowFate::kLoaded)
        for (const std::string_view cell : batch.cells(row)) text += std::string(cell) + "|";
      text += "\n";
    }
  }
}

inline std::string shown(Result<FileTables> file) {
  if (!file) return "refused: " + file.error().describe();
  std::string text;
  for (const auto& table : file->tables) text += shown(*table);
  for (const LeftOut& left : file->left_out) text += "left out " + left.name + "\n";
  return text;
}

inline std::string gzipped(const std::string& text) {
  z_stream zip{};
  deflateInit2(&zip, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&zip, text.size()) + 64, '\0');
  std::string in = text;
  zip.next_in = reinterpret_cast<Bytef*>(in.data());
  zip.avail_in = static_cast<uInt>(in.size());
  zip.next_out = reinterpret_cast<Bytef*>(out.data());
  zip.avail_out = static_cast<uInt>(out.size());
  deflate(&zip, Z_FINISH);
  out.resize(out.size() - zip.avail_out);
  deflateEnd(&zip);
  return out;
}

}  // namespace bidui::connectors
