// A file as it is delivered: told by its content, not its name, and opened as the tables in it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "connectors/delimited/delimited_reader.h"
#include "connectors/delimited/table_reader.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

// A sheet, or a file of an archive, that is not read, and why: told, so that nothing is missing
// unseen.
struct LeftOut {
  std::string name;  // as TableReader::name()
  Error reason;      // without a place
};

struct FileTables {
  std::vector<std::unique_ptr<TableReader>> tables;  // in the file's order; at least one
  std::vector<LeftOut> left_out;
};

// Text, packed by gzip or not; a workbook (XLSX): each sheet that has a header and is not hidden;
// a page of HTML; a ZIP archive: each of its files that is one of these. kNotFound, kIo; kBadInput
// where it is nothing of this, is damaged, has no table, or is an old or protected workbook: the
// error says how to save it. Tables of one file must be read one after another.
Result<FileTables> open_tables(const std::filesystem::path& path, const HeaderTest& test,
                               const ReaderOptions& options = {});
// The same of bytes in memory.
Result<FileTables> open_tables_of(std::string bytes, std::string name, const HeaderTest& test,
                                  const ReaderOptions& options = {});

}  // namespace bidui::connectors
