// The text of <t> elements, which strings of a workbook are made of.
#pragma once

#include <string>
#include <string_view>

namespace bidui::connectors {

// Knows which text belongs to a string: phonetic hints are left out.
class TextCollector {
 public:
  void start(std::string_view element) {
    if (element == "rPh") in_hint_ = true;
    if (element == "t") in_text_ = !in_hint_;
  }
  void end(std::string_view element) {
    if (element == "rPh") in_hint_ = false;
    if (element == "t") in_text_ = false;
  }
  bool takes() const { return in_text_; }

 private:
  bool in_hint_ = false;
  bool in_text_ = false;
};

// "_x000D_" stands for a character that XML has no room for (ECMA-376 part 1, 22.9.2.19); replaced
// in place.
void unescape_xml_text(std::string& text);

}  // namespace bidui::connectors
