#include "connectors/report/xlsx_book.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <unordered_map>
#include <xlsxwriter.h>

#include "connectors/report/cell_text.h"
#include "connectors/report/xlsx_formats.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors::report {
namespace {

constexpr std::size_t kSampleRows = 300;  // from which column widths are fitted
constexpr double kMinWidth = 6;
constexpr double kMaxWidth = 36;
// What a line of A4 landscape holds at 60 % of our 10 points, in characters; a page is always one
// sheet wide, so that more makes the print smaller.
constexpr double kPrintedWidth = 210;
constexpr lxw_row_t kHeaderRow = 1;  // of a list sheet, below its title
constexpr std::uint8_t kPaperA4 = 9;
constexpr double kLineHeight = 15;  // of our 10 points
constexpr double kMaxHeight = 409;  // Excel's own limit

lxw_col_t col(std::size_t i) { return static_cast<lxw_col_t>(i); }
lxw_row_t row_number(std::size_t i) { return static_cast<lxw_row_t>(i); }

// Excel takes names that differ in case only for the same; ASCII letters are where that happens.
std::string lower(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

// Seconds since 1970 of "YYYY-MM-DD", or of 2000-01-01 where it is none.
std::time_t seconds_of(std::string_view date) {
  int year = 2000;
  unsigned month = 1;
  unsigned day = 1;
  if (date.size() == 10) {
    std::from_chars(date.data(), date.data() + 4, year);
    std::from_chars(date.data() + 5, date.data() + 7, month);
    std::from_chars(date.data() + 8, date.data() + 10, day);
  }
  const std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(month),
                                        std::chrono::day(day)};
  if (!ymd.ok()) return seconds_of({});
  return std::chrono::sys_seconds(std::chrono::sys_days(ymd)).time_since_epoch().count();
}

// Widths that fit header and sample; a header may take two lines.
std::vector<double> fitted_widths(const Block& block) {
  std::vector<double> widths;
  for (const Column& column : block.columns) {
    const double header = static_cast<double>(display_width(column.header));
    widths.push_back(header > 14 ? std::max(14.0, header / 2 + 1) : header);
  }
  std::vector<Cell> cells;
  for (std::size_t row = 0; row < std::min(block.rows, kSampleRows); ++row) {
    block.fill(row, cells);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths[i] = std::max(widths[i], static_cast<double>(display_width(cells[i].text)));
    }
  }
  for (std::size_t i = 0; i < widths.size(); ++i) {
    // Room for the filter's button.
    widths[i] = block.columns[i].width > 0 ? block.columns[i].width
                                           : std::clamp(widths[i] + 3, kMinWidth, kMaxWidth);
  }
  return widths;
}

// Takes from the widest printed columns what a page has no room for; their cells wrap. Columns with
// a width of their own keep it.
void narrow_for_print(const Block& block, std::vector<double>& widths) {
  double room = kPrintedWidth;
  std::vector<double> fitted;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (!block.columns[i].printed) continue;
    if (block.columns[i].width > 0) {
      room -= widths[i];
    } else {
      fitted.push_back(widths[i]);
    }
  }
  std::sort(fitted.begin(), fitted.end());
  double widest = kMaxWidth;
  for (std::size_t i = 0; i < fitted.size(); ++i) {
    const double share = room / static_cast<double>(fitted.size() - i);
    if (fitted[i] > share) {
      widest = std::max(share, kMinWidth);
      break;
    }
    room -= fitted[i];
  }
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (block.columns[i].printed && block.columns[i].width == 0)
      widths[i] = std::min(widths[i], widest);
  }
}

class Writer {
 public:
  Writer(lxw_workbook* book, const WorkbookOptions& options,
         const std::unordered_map<std::string, std::string>& targets,
         const std::vector<std::string>& names)
      : book_(book), options_(options), formats_(book), targets_(targets) {
    for (const std::string& name : names) taken_.insert(lower(name));
  }

  void write(const Sheet& sheet, const std::string& name) {
    if (sheet.blocks.size() == 1) {
      write_list(sheet, name);
    } else {
      write_blocks(sheet, name);
    }
  }

  lxw_error error() const { return error_; }

 private:
  // A list, in as many sheets as it needs.
  void write_list(const Sheet& sheet, const std::string& name) {
    const Block& block = sheet.blocks.front();
    std::vector<double> widths = fitted_widths(block);
    narrow_for_print(block, widths);
    const std::size_t room = options_.rows_per_sheet - kHeaderRow - 1;
    std::size_t first = 0;
    for (std::size_t part = 1; part == 1 || first < block.rows; ++part) {
      const std::size_t last = std::min(block.rows, first + room);
      lxw_worksheet* page = begin(part == 1 ? name : continued_name(name, part), sheet.title);
      set_widths(page, widths);
      widths_ = widths;
      write_header(page, kHeaderRow, block);
      for (std::size_t row = first; row < last; ++row) {
        write_row(page, row_number(kHeaderRow + 1 + row - first), block, row);
      }
      finish_list(page, sheet, row_number(kHeaderRow + last - first));
      first = last;
    }
  }

  void write_blocks(const Sheet& sheet, const std::string& name) {
    lxw_worksheet* page = begin(name, sheet.title);
    std::vector<double> widths;
    for (const Block& block : sheet.blocks) {
      const std::vector<double> own = fitted_widths(block);
      widths.resize(std::max(widths.size(), own.size()));
      for (std::size_t i = 0; i < own.size(); ++i) widths[i] = std::max(widths[i], own[i]);
    }
    set_widths(page, widths);
    widths_ = widths;
    lxw_row_t at = 2;
    for (const Block& block : sheet.blocks) {
      write_text(page, at, 0, block.title, formats_.block_title());
      write_header(page, at + 1, block);
      const std::size_t room = options_.rows_per_sheet - at - 4;
      const std::size_t rows = std::min(block.rows, room);
      for (std::size_t row = 0; row < rows; ++row) {
        write_row(page, at + 2 + row_number(row), block, row);
      }
      shade(page, block, at + 2, at + 1 + row_number(rows));
      at += row_number(rows) + 4;
    }
    worksheet_freeze_panes(page, 1, 0);
  }

  lxw_worksheet* begin(const std::string& name, const std::string& title) {
    lxw_worksheet* page = workbook_add_worksheet(book_, name.c_str());
    worksheet_set_landscape(page);
    worksheet_set_paper(page, kPaperA4);
    worksheet_fit_to_pages(page, 1, 0);
    worksheet_set_margins(page, 0.4, 0.4, 0.5, 0.7);
    worksheet_set_footer(page, footer().c_str());
    worksheet_set_row(page, 0, 26, nullptr);
    write_text(page, 0, 0, title, formats_.title());
    return page;
  }

  std::string footer() const {
    constexpr const char* kBlank = "______________";
    return fmt::format("&L{}{}&C{}{}&R{}{}  &P / &N", word(Word::kSignFiller, options_.locale),
                       kBlank, word(Word::kSignReviewer, options_.locale), kBlank,
                       word(Word::kSignDate, options_.locale), kBlank);
  }

  std::string continued_name(const std::string& name, std::size_t part) {
    std::string continued = sheet_name(name, fmt::format("~{}", part));
    for (int n = 2; !taken_.insert(lower(continued)).second; ++n) {
      continued = sheet_name(name, fmt::format("~{}.{}", part, n));
    }
    return continued;
  }

  static void set_widths(lxw_worksheet* page, const std::vector<double>& widths) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      worksheet_set_column(page, col(i), col(i), widths[i], nullptr);
    }
  }

  void write_header(lxw_worksheet* page, lxw_row_t at, const Block& block) {
    worksheet_set_row(page, at, 34, nullptr);
    for (std::size_t i = 0; i < block.columns.size(); ++i) {
      write_text(page, at, col(i), block.columns[i].header, formats_.header());
    }
  }

  void write_row(lxw_worksheet* page, lxw_row_t at, const Block& block, std::size_t row) {
    block.fill(row, cells_);
    const double lines = lines_needed(block);
    if (lines > 1)
      keep(worksheet_set_row(page, at, std::min(lines * kLineHeight + 3, kMaxHeight), nullptr));
    for (std::size_t i = 0; i < cells_.size(); ++i) write_cell(page, at, col(i), cells_[i]);
  }

  // Lines that the printed cells of a row take in their columns: not every program fits a row's
  // height to text that wraps.
  double lines_needed(const Block& block) const {
    double most = 1;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (!block.columns[i].printed || cells_[i].number) continue;
      most = std::max(most, wrapped_lines(cells_[i].text, widths_[i]));
    }
    return most;
  }

  static double wrapped_lines(std::string_view text, double width) {
    double lines = 0;
    for (;;) {
      const std::size_t end = text.find('\n');
      const auto columns = static_cast<double>(display_width(text.substr(0, end)));
      lines += std::max(1.0, std::ceil(columns / std::max(1.0, width)));
      if (end == std::string_view::npos) return lines;
      text.remove_prefix(end + 1);
    }
  }

  void write_cell(lxw_worksheet* page, lxw_row_t at, lxw_col_t column, const Cell& cell) {
    lxw_format* format = formats_.cell(cell.style);
    if (cell.number) {
      keep(worksheet_write_number(page, at, column, *cell.number, format));
    } else if (const auto target = targets_.find(cell.text);
               cell.style == CellStyle::kSheet && target != targets_.end()) {
      const std::string text = fit(cell.text);
      keep(worksheet_write_url_opt(page, at, column, target->second.c_str(), format, text.c_str(),
                                   nullptr));
    } else {
      write_text(page, at, column, cell.text, format);
    }
  }

  // Always a string cell, and of the format for text (xlsx_formats.cpp): nothing becomes a number
  // or a formula, neither when it is opened nor when a person edits the cell. The one place where
  // text goes into a workbook.
  void write_text(lxw_worksheet* page, lxw_row_t at, lxw_col_t column, const std::string& text,
                  lxw_format* format) {
    if (text.empty()) {
      keep(worksheet_write_blank(page, at, column, format));
    } else {
      keep(worksheet_write_string(page, at, column, fit(text).c_str(), format));
    }
  }

  std::string fit(const std::string& text) const {
    return cut_text(literal_text(text), word(Word::kCutMark, options_.locale));
  }

  void finish_list(lxw_worksheet* page, const Sheet& sheet, lxw_row_t last_row) {
    const Block& block = sheet.blocks.front();
    const lxw_col_t last_column = col(block.columns.size() - 1);
    worksheet_freeze_panes(page, kHeaderRow + 1, col(sheet.frozen_columns));
    worksheet_repeat_rows(page, 0, kHeaderRow);
    keep(worksheet_autofilter(page, kHeaderRow, 0, last_row, last_column));
    const auto printed = std::count_if(block.columns.begin(), block.columns.end(),
                                       [](const Column& column) { return column.printed; });
    worksheet_print_area(page, 0, 0, last_row, col(static_cast<std::size_t>(printed) - 1));
    if (last_row > kHeaderRow) add_choices(page, block, last_row);
  }

  void add_choices(lxw_worksheet* page, const Block& block, lxw_row_t last_row) {
    for (std::size_t i = 0; i < block.columns.size(); ++i) {
      if (block.columns[i].choices.empty()) continue;
      // The library copies the choices; its interface lacks the const.
      std::vector<std::string> texts = block.columns[i].choices;
      std::vector<char*> list;
      for (std::string& text : texts) list.push_back(text.data());
      list.push_back(nullptr);
      lxw_data_validation choices{};
      choices.validate = LXW_VALIDATION_TYPE_LIST;
      choices.value_list = list.data();
      keep(worksheet_data_validation_range(page, kHeaderRow + 1, col(i), last_row, col(i),
                                           &choices));
    }
  }

  void shade(lxw_worksheet* page, const Block& block, lxw_row_t first, lxw_row_t last) {
    const auto heat = std::find_if(block.columns.begin(), block.columns.end(),
                                   [](const Column& column) { return column.heat; });
    if (heat == block.columns.end() || last < first) return;
    lxw_conditional_format scale{};
    scale.type = LXW_CONDITIONAL_2_COLOR_SCALE;
    scale.min_color = 0xFFFFFF;
    scale.max_color = 0xE08A6B;
    keep(worksheet_conditional_format_range(
        page, first, col(static_cast<std::size_t>(heat - block.columns.begin())), last,
        col(block.columns.size() - 1), &scale));
  }

  void keep(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }

  lxw_workbook* book_;
  const WorkbookOptions& options_;
  XlsxFormats formats_;
  const std::unordered_map<std::string, std::string>& targets_;
  std::set<std::string> taken_;
  std::vector<Cell> cells_;
  std::vector<double> widths_;  // of the sheet at hand
  lxw_error error_ = LXW_NO_ERROR;
};

// Wanted name → where a link to it leads.
std::unordered_map<std::string, std::string> link_targets(const std::vector<Sheet>& sheets,
                                                          const std::vector<std::string>& names) {
  std::unordered_map<std::string, std::string> targets;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    std::string quoted;
    for (const char c : names[i]) quoted.append(c == '\'' ? 2 : 1, c);
    targets.try_emplace(sheets[i].name, fmt::format("internal:'{}'!A1", quoted));
  }
  return targets;
}

lxw_workbook* open_book(const std::filesystem::path& path, const std::string& temporary_folder,
                        const WorkbookOptions& options) {
  // The library copies the folder's name; its interface lacks the const.
  std::string folder = temporary_folder;
  lxw_workbook_options settings{};
  settings.constant_memory = LXW_TRUE;
  settings.tmpdir = folder.data();
  lxw_workbook* book = workbook_new_opt(path.c_str(), &settings);
  std::string title = options.title;
  std::string program = "bidui";
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.author = program.data();
  properties.created = seconds_of(options.date);
  workbook_set_properties(book, &properties);
  return book;
}

}  // namespace

std::vector<std::string> unique_sheet_names(const std::vector<Sheet>& sheets) {
  std::set<std::string> taken;
  std::vector<std::string> names;
  for (const Sheet& sheet : sheets) {
    std::string name = sheet_name(sheet.name);
    for (int n = 2; !taken.insert(lower(name)).second; ++n) {
      name = sheet_name(sheet.name, fmt::format(" ({})", n));
    }
    names.push_back(std::move(name));
  }
  return names;
}

Status write_workbook(const std::vector<Sheet>& sheets, const std::filesystem::path& path,
                      const WorkbookOptions& options) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::filesystem::path partial = path;
  partial += ".partial";
  // Asked first, because the library would complain on the terminal.
  if (!std::ofstream(partial)) {
    return errno_error("无法新建工作簿", "cannot create the workbook", path.string());
  }
  const std::vector<std::string> names = unique_sheet_names(sheets);
  const auto targets = link_targets(sheets, names);
  lxw_workbook* book = open_book(partial, folder.string(), options);
  if (book == nullptr)
    return bilingual_error(ErrorCode::kInternal, "无法新建工作簿：内存不足",
                           "cannot create the workbook: no memory", path.string());
  Writer writer(book, options, targets, names);
  for (std::size_t i = 0; i < sheets.size(); ++i) writer.write(sheets[i], names[i]);
  lxw_error error = workbook_close(book);
  if (error == LXW_NO_ERROR) error = writer.error();
  std::error_code disk;
  if (error == LXW_NO_ERROR) std::filesystem::rename(partial, path, disk);
  if (error != LXW_NO_ERROR || disk) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    if (disk)
      return system_error(disk, "无法写入工作簿", "cannot write the workbook", path.string());
    const std::string reason = lxw_strerror(error);
    return bilingual_error(
        ErrorCode::kIo,
        "无法写入工作簿；请检查磁盘空间和临时目录（TMPDIR）（原文：" + reason + "）",
        "cannot write the workbook; check the disk's space and TMPDIR (" + reason + ")",
        path.string());
  }
  return {};
}

}  // namespace bidui::connectors::report
