#include "connectors/xlsx/xlsx_styles.h"

#include <charconv>

namespace bidui::connectors {
namespace {

std::uint32_t number_in(std::string_view text) {
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

void XlsxStyles::start(std::string_view element, const XmlAttributes& attributes) {
  if (element == "numFmt") {
    codes_[number_in(attributes.value("numFmtId"))] = attributes.value("formatCode");
  } else if (element == "cellXfs") {
    in_cell_formats_ = true;
  } else if (element == "xf" && in_cell_formats_) {
    const std::uint32_t id = number_in(attributes.value("numFmtId"));
    const auto code = codes_.find(id);
    formats_.push_back(number_format(id, code == codes_.end() ? "" : code->second));
  }
}

void XlsxStyles::end(std::string_view element) {
  if (element == "cellXfs") in_cell_formats_ = false;
}

}  // namespace bidui::connectors
