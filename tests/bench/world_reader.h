// Reads a world's files back the simplest way. For the tests of the generator only.
#pragma once

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <unicode/ucnv.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "bench/world/generate.h"

namespace bidui::world {

namespace fs = std::filesystem;
using Row = std::vector<std::string>;
using Rows = std::vector<Row>;

inline std::string read_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::string decode(const std::string& bytes, const char* encoding) {
  std::string text(bytes.size() * 3 + 8, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const auto size =
      ucnv_convert("UTF-8", encoding, text.data(), static_cast<std::int32_t>(text.size()),
                   bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  text.resize(U_SUCCESS(status) ? static_cast<std::size_t>(size) : 0);
  return text;
}

// RFC 4180 without mercy for speed.
inline Rows parse(const std::string& text, char delimiter) {
  Rows rows;
  Row row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        field += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        field += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == delimiter || c == '\n') {
      row.push_back(std::move(field));
      field.clear();
      if (c == '\n') rows.push_back(std::exchange(row, {}));
    } else if (c != '\r') {
      field += c;
    }
  }
  return rows;
}

inline Rows read_truth(const fs::path& directory, const std::string& name) {
  Rows rows = parse(read_bytes(directory / name), ',');
  rows.erase(rows.begin());
  return rows;
}

inline WorldOptions options_for(int people, std::uint64_t seed, const std::string& name) {
  WorldOptions options{.people = people, .seed = seed};
  options.directory = testing::TempDir() + "bidui_world_" + std::to_string(getpid()) + "_" + name;
  options.reference = std::string(BIDUI_SOURCE_DIR) + "/schemas/reference";
  return options;
}

}  // namespace bidui::world
