// The formats of a workbook's cells, as far as they change what a number is: a date, a month, a
// number with zeros in front.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "connectors/xlsx/xlsx_date.h"
#include "connectors/xlsx/xml_stream.h"

namespace bidui::connectors {

// Reads xl/styles.xml.
class XlsxStyles : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& attributes) override;
  void end(std::string_view element) override;
  void text(std::string_view) override {}

  // `style`: position among the formats of cells, as a cell names it.
  NumberFormat format(std::size_t style) const {
    return style < formats_.size() ? formats_[style] : NumberFormat{};
  }

 private:
  std::map<std::uint32_t, std::string> codes_;
  std::vector<NumberFormat> formats_;
  bool in_cell_formats_ = false;
};

}  // namespace bidui::connectors
