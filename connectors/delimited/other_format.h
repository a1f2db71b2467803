// What people deliver beside tables: known by how it begins, and told how to make a table of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "connectors/delimited/byte_source.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

// As much of a file as its kind is told by: its beginning and, of an OLE2 file, its directory. kIo.
Result<std::string> head_of_file(const ByteSource& source);

// Of an old workbook (XLS), one with a password, XLSB, a PDF, a picture, an archive that is no ZIP
// and the like: an error without a place, which says how to save it as XLSX. nullopt for all else,
// also for a ZIP.
std::optional<Error> other_format(std::string_view head);

}  // namespace bidui::connectors
