#include "workspace/text_file.h"

#include <fstream>

#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {

Status write_text_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return errno_error("无法写入文件", "cannot write the file", path.string());
  return {};
}

}  // namespace bidui::workspace
