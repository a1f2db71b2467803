// The formats of a workbook's cells, as far as they tell dates from other numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "connectors/xlsx/xml_stream.h"

namespace bidui::connectors {

// Reads xl/styles.xml.
class XlsxStyles : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& attributes) override;
  void end(std::string_view element) override;
  void text(std::string_view) override {}

  // `style`: position among the formats of cells, as a cell names it.
  bool is_date(std::size_t style) const { return style < dates_.size() && dates_[style]; }

 private:
  std::map<std::uint32_t, std::string> codes_;
  std::vector<bool> dates_;
  bool in_cell_formats_ = false;
};

}  // namespace bidui::connectors
