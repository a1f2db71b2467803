// Golden files: what a writer once wrote and a person reviewed.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace bidui::connectors::report {

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Compares with tests/connectors/report/golden/NAME. With BIDUI_UPDATE_GOLDEN set in the
// environment the file is rewritten instead; review its difference like code.
inline void expect_golden(const std::string& name, const std::string& bytes) {
  const std::filesystem::path path =
      std::filesystem::path(BIDUI_SOURCE_DIR) / "tests/connectors/report/golden" / name;
  if (std::getenv("BIDUI_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }
  EXPECT_TRUE(bytes == read_bytes(path)) << path << " differs from:\n" << bytes;
}

}  // namespace bidui::connectors::report
