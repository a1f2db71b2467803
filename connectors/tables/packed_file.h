// A file inside a gzip file or a ZIP archive, as its bytes.
#pragma once

#include <cstdint>
#include <string>

#include "connectors/delimited/byte_source.h"
#include "connectors/xlsx/zip_archive.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

// What a gzip file holds, unpacked while it is read; it is unpacked once in advance, so that its
// size is known and a damaged file refused before a row of it is used. kBadInput where it is
// damaged or cut off, or would unpack to far more than a table does (ArchiveLimits); kIo. `name`:
// of the file.
Result<ByteSource> open_gzip(ByteSource packed, const std::string& name);

// The same of an archive's entry.
Result<ByteSource> open_entry(const ZipArchive& archive, const ArchiveEntry& entry);

// All bytes of a source in memory: a workbook inside an archive, which is read here and there.
// kBadInput beyond `most`.
Result<std::string> read_whole(const ByteSource& source, const std::string& name, std::size_t most);

}  // namespace bidui::connectors
