// Golden files: what a writer once wrote and a person reviewed.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace bidui {

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// BIDUI_UPDATE_GOLDEN is set in the environment: files are rewritten; review their difference like
// code.
inline bool updates_golden() { return std::getenv("BIDUI_UPDATE_GOLDEN") != nullptr; }

// Compares with, or rewrites, a file of the source tree: "tests/cases/explain/linked.txt".
inline void expect_golden_file(const std::string& file, const std::string& bytes) {
  const std::filesystem::path path = std::filesystem::path(BIDUI_SOURCE_DIR) / file;
  if (updates_golden()) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }
  EXPECT_TRUE(bytes == read_bytes(path)) << path << " differs from:\n" << bytes;
}

}  // namespace bidui
