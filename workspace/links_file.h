// The links of two files as contracts §2 says.
#pragma once

#include <filesystem>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/link/decision.h"
#include "workspace/link_table.h"

namespace bidui::workspace {

// The keys are those of the links' rows. Formats with all threads. kIo.
Status write_links_file(const std::filesystem::path& path, const std::vector<link::Link>& links,
                        const RowKeys& left, const RowKeys& right);

}  // namespace bidui::workspace
