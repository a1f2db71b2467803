// The files of assets/ as they were when the library was built. They live as long as the program.
#pragma once

#include <string_view>

extern "C" {
// Defined in assets.S.
extern const char bidui_report_page_html[];
extern const char bidui_report_page_html_end[];
extern const char bidui_report_page_css[];
extern const char bidui_report_page_css_end[];
extern const char bidui_report_page_js[];
extern const char bidui_report_page_js_end[];
extern const char bidui_report_explanation_html[];
extern const char bidui_report_explanation_html_end[];
extern const char bidui_report_explanation_css[];
extern const char bidui_report_explanation_css_end[];
extern const char bidui_report_check_report_html[];
extern const char bidui_report_check_report_html_end[];
extern const char bidui_report_check_report_css[];
extern const char bidui_report_check_report_css_end[];
extern const char bidui_report_quality_html[];
extern const char bidui_report_quality_html_end[];
extern const char bidui_report_quality_css[];
extern const char bidui_report_quality_css_end[];
}

namespace bidui::connectors::report {

// The page with {{placeholders}}.
inline std::string_view page_template() {
  return {bidui_report_page_html, bidui_report_page_html_end};
}

inline std::string_view page_style() { return {bidui_report_page_css, bidui_report_page_css_end}; }

inline std::string_view page_script() { return {bidui_report_page_js, bidui_report_page_js_end}; }

// The page of one explanation.
inline std::string_view explanation_template() {
  return {bidui_report_explanation_html, bidui_report_explanation_html_end};
}

inline std::string_view explanation_style() {
  return {bidui_report_explanation_css, bidui_report_explanation_css_end};
}

// The check report of one household.
inline std::string_view check_report_template() {
  return {bidui_report_check_report_html, bidui_report_check_report_html_end};
}

inline std::string_view check_report_style() {
  return {bidui_report_check_report_css, bidui_report_check_report_css_end};
}

// The quality of one delivery.
inline std::string_view quality_template() {
  return {bidui_report_quality_html, bidui_report_quality_html_end};
}

inline std::string_view quality_style() {
  return {bidui_report_quality_css, bidui_report_quality_css_end};
}

}  // namespace bidui::connectors::report
