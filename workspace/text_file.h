// A whole text written to a file.
#pragma once

#include <filesystem>
#include <string_view>

#include "matcher/base/result.h"

namespace bidui::workspace {

// Replaces an existing file. kIo.
Status write_text_file(const std::filesystem::path& path, std::string_view text);

}  // namespace bidui::workspace
