#include "workspace/text_file.h"

#include <fstream>

namespace bidui::workspace {

Status write_text_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return make_error(ErrorCode::kIo, "cannot write", path.string());
  return {};
}

}  // namespace bidui::workspace
