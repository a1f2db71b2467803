#include "connectors/xlsx/sheet_rows.h"

#include <algorithm>
#include <charconv>

#include "connectors/xlsx/cell_reference.h"
#include "connectors/xlsx/text_collector.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kMergesAtOnce = 256;  // of one row: no household has more columns
constexpr std::size_t kMergedBytes = std::size_t{1} << 20;

bool is_true(std::string_view value) { return value == "1" || value == "true"; }

// The vertical ones among the ranges of <mergeCell ref="F4:F5"/>.
class MergeHandler : public XmlHandler {
 public:
  void start(std::string_view element, const XmlAttributes& attributes) override {
    if (element != "mergeCell") return;
    const std::string_view range = attributes.value("ref");
    const std::size_t colon = range.find(':');
    if (colon == std::string_view::npos) return;
    const auto first = parse_cell_reference(range.substr(0, colon));
    const auto last = parse_cell_reference(range.substr(colon + 1));
    if (!first || !last || first->row >= last->row || first->column > last->column) return;
    too_many = too_many || merges.size() >= kXlsxRows;
    if (!too_many) merges.push_back({first->column, first->row, last->row});
  }
  void end(std::string_view element) override { done_ = done_ || element == "mergeCells"; }
  void text(std::string_view) override {}
  bool has_enough() const override { return done_ || too_many; }

  std::vector<MergedCells> merges;
  bool too_many = false;

 private:
  bool done_ = false;
};

// Where a tag named mergeCells, with or without a namespace, begins; npos. Text cannot look like
// one, for its `<` is escaped.
std::size_t find_merges(std::string_view xml) {
  for (std::size_t at = xml.find("mergeCells"); at != std::string_view::npos;
       at = xml.find("mergeCells", at + 1)) {
    std::size_t begin = at;
    if (begin > 0 && xml[begin - 1] == ':') {
      --begin;
      while (begin > 0 && xml[begin - 1] != '<' && xml[begin - 1] != ' ' && at - begin < 32)
        --begin;
    }
    if (begin > 0 && xml[begin - 1] == '<') return begin - 1;
  }
  return std::string_view::npos;
}

}  // namespace

Result<SheetTail> read_sheet_tail(const ZipArchive& archive, const std::string& part,
                                  std::uint64_t most) {
  Result<EntryStream> stream = archive.read(part);
  BIDUI_TRY(stream);
  MergeHandler handler;
  XmlStream xml(handler);
  constexpr std::size_t kOverlap = 64;  // longer than the tag that is looked for
  std::string piece(kOverlap + kPiece, '\0');
  std::size_t kept = 0;
  bool found = false;
  for (;;) {
    const Result<std::size_t> bytes = stream->next(std::span(piece).subspan(kept, kPiece));
    BIDUI_TRY(bytes);
    if (stream->read_bytes() > most || handler.too_many) return archive.too_large(part);
    if (*bytes == 0) break;
    const std::string_view text = std::string_view(piece).substr(0, kept + *bytes);
    kept = 0;
    if (found) {
      // What cannot be read here is damaged, and found so when the cells are read.
      if (!handler.has_enough()) xml.feed(text, false);
      continue;
    }
    if (const std::size_t at = find_merges(text); at != std::string_view::npos) {
      found = true;
      xml.feed(text.substr(at), false);
      continue;
    }
    kept = std::min(kOverlap, text.size());
    std::copy(text.end() - static_cast<std::ptrdiff_t>(kept), text.end(), piece.begin());
  }
  std::ranges::stable_sort(handler.merges, {}, &MergedCells::first_row);
  return SheetTail{.bytes = stream->read_bytes(), .merges = std::move(handler.merges)};
}

// Gathers one row at a time and has the parser wait behind each that has text.
class SheetHandler : public XmlHandler {
 public:
  explicit SheetHandler(const Workbook& book) : book_(book) {}
  void set_stream(XmlStream& stream) { stream_ = &stream; }

  void start(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "c") {
      begin_cell(attributes);
    } else if (element == "row") {
      begin_row(attributes);
    } else if (element == "v") {
      in_value_ = in_cell_;
      has_value_ = true;
      return;
    } else if (element == "f") {
      has_formula_ = true;
    } else if (element == "col") {
      hide_columns(attributes);
    }
    in_value_ = false;
    collector_.start(element);
  }

  void end(std::string_view element) override {
    in_value_ = false;
    collector_.end(element);
    if (element == "c" && in_cell_) end_cell();
    if (element == "row") end_row();
  }

  void text(std::string_view part) override {
    if (!in_cell_ || !(in_value_ || collector_.takes())) return;
    if (value_.size() <= kMaxFieldBytes) value_ += part;
  }

  bool has_enough() const override { return wrong; }

  bool has_row() const { return has_row_; }
  void give_row(SourceRow& row) {
    row.number = row_;
    row.hidden = hidden_;
    row.too_long = too_long_;
    row.formula_errors = formula_errors_;
    row.formulas_unknown = formulas_unknown_;
    row.cells.clear();
    for (const Cell& cell : cells_)
      row.cells.push_back({.column = cell.column,
                           .text = cell.shared.data() != nullptr
                                       ? cell.shared
                                       : std::string_view(text_).substr(cell.begin, cell.size)});
    has_row_ = false;
  }

  const std::vector<std::uint32_t>& hidden_columns() const { return hidden_columns_; }

  bool wrong = false;  // a cell or row where there can be none

 private:
  struct Cell {
    std::uint32_t column = 0;
    std::size_t begin = 0;  // in text_
    std::size_t size = 0;
    std::string_view shared{};  // instead
  };

  void hide_columns(const XmlAttributes& attributes) {
    if (!is_true(attributes.value("hidden"))) return;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    const std::string_view min = attributes.value("min");
    const std::string_view max = attributes.value("max");
    std::from_chars(min.data(), min.data() + min.size(), first);
    std::from_chars(max.data(), max.data() + max.size(), last);
    last = std::min(last, kXlsxColumns);
    for (; first > 0 && first <= last && hidden_columns_.size() < kXlsxColumns; ++first)
      hidden_columns_.push_back(first - 1);
  }

  void begin_row(const XmlAttributes& attributes) {
    const std::string_view number = attributes.value("r");
    std::uint32_t row = row_ + 1;  // some programs leave the number out
    if (!number.empty()) std::from_chars(number.data(), number.data() + number.size(), row);
    wrong = wrong || row <= row_ || row > kXlsxRows;
    row_ = row;
    hidden_ = is_true(attributes.value("hidden"));
    next_column_ = 0;
    cells_.clear();
    text_.clear();
    row_bytes_ = 0;
    too_long_ = false;
    ordered_ = true;
    formula_errors_ = 0;
    formulas_unknown_ = 0;
  }

  void begin_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    has_value_ = false;
    has_formula_ = false;
    value_.clear();
    type_ = attributes.value("t");
    const std::string_view style = attributes.value("s");
    style_ = 0;
    std::from_chars(style.data(), style.data() + style.size(), style_);
    column_ = next_column_;
    if (const std::string_view place = attributes.value("r"); !place.empty()) {
      const auto reference = parse_cell_reference(place);
      wrong = wrong || !reference || reference->row != row_;
      if (reference) column_ = reference->column;
    }
    wrong = wrong || column_ >= kXlsxColumns;
    ordered_ = ordered_ && column_ >= next_column_;
    next_column_ = column_ + 1;
  }

  void end_cell() {
    in_cell_ = false;
    if (wrong) return;
    if (has_formula_ && !has_value_ && value_.empty()) ++formulas_unknown_;
    if (value_.empty()) return;
    Cell cell{.column = column_};
    if (type_ == "s") {
      std::size_t index = 0;
      const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), index);
      wrong = read.ec != std::errc{} || index >= book_.strings.size();
      if (wrong) return;
      cell.shared = book_.strings[index];
      if (cell.shared.empty()) return;
      cell.size = cell.shared.size();
    } else if (type_ == "e") {
      ++formula_errors_;
      return;
    } else {
      set_text();
      cell.begin = text_.size();
      cell.size = value_.size();
    }
    row_bytes_ += cell.size;
    too_long_ = too_long_ || row_bytes_ > kMaxCellRowBytes;
    if (too_long_) return;
    if (cell.shared.data() == nullptr) text_ += value_;
    cells_.push_back(cell);
  }

  // What the value is as text, in its place.
  void set_text() {
    if (type_ == "b") {
      value_ = value_ == "1" ? "TRUE" : "FALSE";
    } else if (type_ == "d") {
      value_.resize(std::min<std::size_t>(value_.size(), 10));  // ISO 8601, with a time
    } else if (type_ == "inlineStr" || type_ == "str") {
      unescape_xml_text(value_);
    } else {
      set_number();
    }
  }

  void set_number() {
    using Kind = NumberFormat::Kind;
    const NumberFormat format = book_.styles.format(style_);
    if (format.kind == Kind::kDate || format.kind == Kind::kMonth) {
      double serial = 0;
      const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), serial);
      if (read.ec == std::errc{}) {
        if (auto date = date_of_serial(serial, book_.dates, format.kind)) {
          value_ = std::move(*date);
          return;
        }
      }
    }
    const bool plain =
        format.kind != Kind::kPadded && value_.find_first_of(".eE") == std::string::npos;
    if (!plain) value_ = shown_number(value_, format);
  }

  void end_row() {
    if (wrong || (cells_.empty() && !too_long_)) return;
    if (!ordered_) put_in_order();
    has_row_ = true;
    stream_->pause();
  }

  // Of a cell that is there twice the last counts.
  void put_in_order() {
    std::ranges::reverse(cells_);
    std::ranges::stable_sort(cells_, {}, &Cell::column);
    const auto rest = std::ranges::unique(cells_, {}, &Cell::column);
    cells_.erase(rest.begin(), rest.end());
  }

  const Workbook& book_;
  XmlStream* stream_ = nullptr;
  TextCollector collector_;
  std::vector<Cell> cells_;
  std::string text_;
  std::string value_;
  std::string type_;
  std::size_t style_ = 0;
  std::size_t row_bytes_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::uint32_t next_column_ = 0;
  std::uint32_t formula_errors_ = 0;
  std::uint32_t formulas_unknown_ = 0;
  std::vector<std::uint32_t> hidden_columns_;
  bool hidden_ = false;
  bool too_long_ = false;
  bool ordered_ = true;
  bool in_cell_ = false;
  bool in_value_ = false;
  bool has_value_ = false;
  bool has_formula_ = false;
  bool has_row_ = false;
};

Result<std::unique_ptr<SheetRows>> SheetRows::open(std::shared_ptr<const Workbook> book,
                                                   const std::string& part, SheetTail tail) {
  Result<EntryStream> stream = book->archive.read(part);
  BIDUI_TRY(stream);
  return std::unique_ptr<SheetRows>(
      new SheetRows(std::move(book), part, std::move(tail), std::move(*stream)));
}

SheetRows::SheetRows(std::shared_ptr<const Workbook> book, std::string part, SheetTail tail,
                     EntryStream stream)
    : book_(std::move(book)),
      part_(std::move(part)),
      tail_(std::move(tail)),
      stream_(std::move(stream)),
      handler_(std::make_unique<SheetHandler>(*book_)),
      xml_(std::make_unique<XmlStream>(*handler_)),
      piece_(kPiece) {
  handler_->set_stream(*xml_);
}

SheetRows::~SheetRows() = default;

const std::vector<std::uint32_t>& SheetRows::hidden_columns() const {
  return handler_->hidden_columns();
}

Result<bool> SheetRows::next_own(SourceRow& row) {
  for (;;) {
    if (state_ == XmlStream::State::kPaused) {
      state_ = xml_->resume();
    } else if (!at_end_) {
      const Result<std::size_t> bytes = stream_.next(piece_);
      BIDUI_TRY(bytes);
      at_end_ = *bytes == 0;
      state_ = xml_->feed({piece_.data(), *bytes}, at_end_);
    } else {
      return false;
    }
    if (state_ == XmlStream::State::kBad || handler_->wrong) return book_->archive.damaged(part_);
    if (!handler_->has_row()) continue;
    handler_->give_row(row);
    return true;
  }
}

Result<bool> SheetRows::next(SourceRow& row) {
  const Result<bool> more = next_own(row);
  BIDUI_TRY(more);
  if (*more && !tail_.merges.empty()) add_merged(row);
  return *more;
}

// The cells of the row that a merge covers, with the text of its first cell.
void SheetRows::add_merged(SourceRow& row) {
  std::erase_if(open_, [&](const Open& merge) {
    if (merge.last_row >= row.number) return false;
    open_bytes_ -= merge.text.size();
    return true;
  });
  const std::size_t own = row.cells.size();
  const auto own_cell = [&](std::uint32_t column) {
    const auto begin = row.cells.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(own);
    const auto at =
        std::lower_bound(begin, end, column,
                         [](const SourceCell& cell, std::uint32_t c) { return cell.column < c; });
    return at != end && at->column == column ? &*at : nullptr;
  };
  for (; next_merge_ < tail_.merges.size() && tail_.merges[next_merge_].first_row <= row.number;
       ++next_merge_) {
    const MergedCells& merge = tail_.merges[next_merge_];
    if (merge.first_row < row.number || open_.size() == kMergesAtOnce) continue;
    const SourceCell* const first = own_cell(merge.column);
    if (first == nullptr || open_bytes_ + first->text.size() > kMergedBytes) continue;
    open_bytes_ += first->text.size();
    open_.push_back({merge.column, merge.last_row, std::string(first->text)});
  }
  for (const Open& merge : open_) {
    if (own_cell(merge.column) == nullptr)
      row.cells.push_back({.column = merge.column, .text = merge.text, .merged = true});
  }
  std::ranges::stable_sort(row.cells, {}, &SourceCell::column);
}

}  // namespace bidui::connectors
