#include "connectors/report/xlsx_formats.h"

namespace bidui::connectors::report {
namespace {

constexpr const char* kFont = "Microsoft YaHei";
constexpr lxw_color_t kLine = 0xD5D9DE;
constexpr lxw_color_t kInk = 0x1F2A37;

struct Look {
  lxw_color_t fill;  // 0: none
  lxw_color_t ink;
  const char* number;  // "@": text, and what a person types there stays text
  bool centred;
};

// Muted fills that stay readable in a black-and-white print.
Look look_of(CellStyle style) {
  switch (style) {
    case CellStyle::kText:
      return {0, kInk, "@", false};
    case CellStyle::kCount:
      return {0, kInk, "#,##0", false};
    case CellStyle::kDecimal:
      return {0, kInk, "0.00", false};
    case CellStyle::kPercent:
      return {0, kInk, "0.00%", false};
    case CellStyle::kHigh:
      return {0xF6D5CF, 0x8C1D18, "@", true};
    case CellStyle::kMedium:
      return {0xFBE7C6, 0x7A4A00, "@", true};
    case CellStyle::kLow:
      return {0xDCE8F2, 0x1F4E79, "@", true};
    case CellStyle::kInfo:
      return {0xECEFF2, 0x55606E, "@", true};
    case CellStyle::kNew:
      return {0xD9EAF7, 0x0B5394, "@", true};
    case CellStyle::kSame:
      return {0, 0x55606E, "@", true};
    case CellStyle::kChanged:
      return {0xFFF2CC, 0x7F6000, "@", true};
    case CellStyle::kGone:
      return {0xDDEFE0, 0x2E6B3A, "@", true};
    case CellStyle::kReopened:
      return {0xF3DCEB, 0x7A2A5E, "@", true};
    case CellStyle::kDiffers:
      return {0xFDEDEA, 0x8C1D18, "@", false};
    case CellStyle::kToFill:
      return {0xFFFBE8, kInk, "@", false};
    case CellStyle::kSheet:
      return {0, 0x0B5394, "@", false};
  }
  return {0, kInk, "@", false};
}

lxw_format* plain(lxw_workbook* book, double size) {
  lxw_format* format = workbook_add_format(book);
  format_set_font_name(format, kFont);
  format_set_font_size(format, size);
  format_set_font_color(format, kInk);
  format_set_num_format(format, "@");
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  return format;
}

lxw_format* boxed(lxw_workbook* book, const Look& look) {
  lxw_format* format = plain(book, 10);
  format_set_font_color(format, look.ink);
  format_set_num_format(format, look.number);
  format_set_text_wrap(format);
  format_set_border(format, LXW_BORDER_THIN);
  format_set_border_color(format, kLine);
  if (look.fill != 0) format_set_bg_color(format, look.fill);
  if (look.centred) format_set_align(format, LXW_ALIGN_CENTER);
  return format;
}

}  // namespace

XlsxFormats::XlsxFormats(lxw_workbook* book) {
  for (std::size_t i = 0; i < kCellStyles; ++i) {
    cells_[i] = boxed(book, look_of(static_cast<CellStyle>(i)));
  }
  format_set_underline(cell(CellStyle::kSheet), LXW_UNDERLINE_SINGLE);
  title_ = plain(book, 14);
  format_set_bold(title_);
  block_title_ = plain(book, 11);
  format_set_bold(block_title_);
  header_ = boxed(book, {0x34495E, 0xFFFFFF, "@", true});
  format_set_bold(header_);
}

}  // namespace bidui::connectors::report
