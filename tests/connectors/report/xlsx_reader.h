// Reads a workbook back as a spreadsheet program sees it, for tests only: sheets with their cells
// by reference, and the raw XML.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bidui::connectors::report {

struct ReadCell {
  std::string type;  // "inlineStr", "s", "n" (the default), "b", …
  std::string text;
  bool formula = false;
};

struct ReadSheet {
  std::string name;
  std::map<std::string, ReadCell> cells;  // by reference, "B3"; cells without content left out
  std::string xml;
};

struct ReadBook {
  std::vector<ReadSheet> sheets;  // in the order of the workbook
  std::string workbook_xml;
};

// Throws std::runtime_error where the file is no workbook or its XML is not well-formed.
ReadBook read_workbook(const std::filesystem::path& path);

}  // namespace bidui::connectors::report
