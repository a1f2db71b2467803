#include "connectors/tables/html_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "connectors/delimited/utf8.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kBlock = 64 * 1024;
constexpr std::size_t kLongestTag = 64 * 1024;
constexpr std::uint32_t kMostColumns = 16384;
constexpr std::uint32_t kMostRows = 1'048'576;
constexpr std::size_t kSpanningCells = 64;  // of one row: no household has more columns
constexpr std::size_t kSpanningBytes = std::size_t{1} << 20;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equal_words(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

// Where the word begins, whatever its case.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
  const auto at = std::search(
      text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(),
      word.begin(), word.end(), [](char a, char b) { return lower(a) == lower(b); });
  return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f'; }

// The value of an attribute of a tag, unquoted; "" where it has none.
std::string_view attribute(std::string_view attributes, std::string_view name) {
  for (std::size_t at = find_word(attributes, name); at != std::string_view::npos;
       at = find_word(attributes, name, at + 1)) {
    std::size_t i = at + name.size();
    const bool begins = at == 0 || is_space(attributes[at - 1]);
    while (i < attributes.size() && is_space(attributes[i])) ++i;
    if (!begins || i >= attributes.size() || attributes[i] != '=') continue;
    ++i;
    while (i < attributes.size() && is_space(attributes[i])) ++i;
    if (i >= attributes.size()) return {};
    const char quote = attributes[i];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = attributes.find(quote, i + 1);
      return attributes.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
    }
    std::size_t end = i;
    while (end < attributes.size() && !is_space(attributes[end])) ++end;
    return attributes.substr(i, end - i);
  }
  return {};
}

std::uint32_t span_of(std::string_view attributes, std::string_view name, std::uint32_t most) {
  const std::string_view value = attribute(attributes, name);
  std::uint32_t span = 1;
  std::from_chars(value.data(), value.data() + value.size(), span);
  return std::clamp(span, 1u, most);
}

// "nbsp", "#26446", "#x674E"; nullopt for what is no entity.
std::optional<char32_t> entity(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, char32_t>, 8> kNamed{{{"nbsp", 0xA0},
                                                                                {"amp", '&'},
                                                                                {"lt", '<'},
                                                                                {"gt", '>'},
                                                                                {"quot", '"'},
                                                                                {"apos", '\''},
                                                                                {"middot", 0xB7},
                                                                                {"ensp", 0x2002}}};
  for (const auto& [known, character] : kNamed) {
    if (name == known) return character;
  }
  if (name.size() < 2 || name[0] != '#') return std::nullopt;
  const bool hex = name[1] == 'x' || name[1] == 'X';
  const std::string_view digits = name.substr(hex ? 2 : 1);
  std::uint32_t code = 0;
  const auto read =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
  if (code < 0x20 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return U' ';
  return static_cast<char32_t>(code);
}

std::string without_entities(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    constexpr std::size_t kLongest = 10;
    const std::size_t end = text[i] == '&' ? text.substr(i, kLongest).find(';') : text.npos;
    const auto character = end == text.npos ? std::nullopt : entity(text.substr(i + 1, end - 1));
    if (!character) {
      plain += text[i];
      continue;
    }
    std::array<char, 4> bytes{};
    plain.append(bytes.data(), write_utf8(*character, bytes.data()));
    i += end;
  }
  return plain;
}

}  // namespace

bool looks_like_html(std::string_view head) {
  constexpr std::size_t kLooked = 8192;
  std::string_view text = head.substr(0, kLooked);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  if (!text.starts_with('<')) return false;
  return find_word(text, "<html") != text.npos || find_word(text, "<table") != text.npos ||
         find_word(text, "<!doctype html") != text.npos;
}

DetectedEncoding page_encoding(std::string_view head, DetectedEncoding by_bytes) {
  const bool ascii = ascii_run(head.data(), head.size()) == head.size();
  const std::size_t at = ascii ? find_word(head, "charset=") : head.npos;
  if (at == head.npos) return by_bytes;
  std::string_view name = head.substr(at + 8);
  if (name.starts_with('"') || name.starts_with('\'')) name.remove_prefix(1);
  return equal_words(name.substr(0, 2), "gb") ? DetectedEncoding{Encoding::kGb18030, 0} : by_bytes;
}

HtmlRows::HtmlRows(ByteSource source, DetectedEncoding encoding)
    : source_(std::move(source)), encoding_(encoding), offset_(encoding.bom_bytes) {}

// Whether there was more.
Result<bool> HtmlRows::decode_more() {
  if (at_end_) return false;
  text_.erase(0, std::exchange(parsed_, 0));
  block_.resize(undecoded_.size() + kBlock);
  std::ranges::copy(undecoded_, block_.begin());
  const Result<std::size_t> bytes =
      source_.read_at(offset_, std::span(block_).subspan(undecoded_.size()));
  BIDUI_TRY(bytes);
  offset_ += *bytes;
  at_end_ = *bytes < kBlock;
  const std::string_view read(block_.data(), undecoded_.size() + *bytes);
  TextBuffer out;
  const Decoded decoded = decode(encoding_.encoding, read, at_end_, out);
  undecoded_ = read.substr(decoded.consumed);
  text_ += out.view();
  return true;
}

Result<bool> HtmlRows::next(SourceRow& row) {
  for (;;) {
    row_done_ = false;
    while (parse_some()) {
    }
    if (!row_done_) {
      const Result<bool> more = decode_more();
      BIDUI_TRY(more);
      if (*more) continue;
      if (!in_row_) return false;
      end_row();
    }
    if (cells_.empty()) continue;
    row.number = number_;
    row.hidden = hidden_;
    row.too_long = row_bytes_ > kMaxCellRowBytes;
    row.cells.clear();
    for (const Cell& cell : cells_) row.cells.push_back({.column = cell.column, .text = cell.text});
    for (const Spanning& above : spanning_) {
      const bool own = std::ranges::binary_search(cells_, above.column, {}, &Cell::column);
      if (!own && !above.text.empty())
        row.cells.push_back({.column = above.column, .text = above.text, .merged = true});
    }
    std::ranges::stable_sort(row.cells, {}, &SourceCell::column);
    return true;
  }
}

// One tag or piece of text; false where a row is complete or more text is needed.
bool HtmlRows::parse_some() {
  if (row_done_) return false;
  const std::string_view rest = std::string_view(text_).substr(parsed_);
  if (rest.empty()) return false;
  if (!raw_until_.empty()) {
    const std::size_t end = find_word(rest, raw_until_);
    if (end == rest.npos) {
      // The end itself may be cut off here.
      const std::size_t kept = at_end_ ? 0 : std::min(rest.size(), raw_until_.size() - 1);
      parsed_ += rest.size() - kept;
      return false;
    }
    parsed_ += end;
    raw_until_.clear();
    return true;
  }
  if (rest.front() != '<') {
    const std::size_t end = std::min(rest.find('<'), rest.size());
    add_text(rest.substr(0, end));
    parsed_ += end;
    return true;
  }
  if (rest.starts_with("<!--")) {
    raw_until_ = "-->";
    parsed_ += 4;
    return true;
  }
  const std::size_t end = rest.substr(0, kLongestTag).find_first_of("<>", 1);
  if (end == rest.npos && rest.size() < kLongestTag && !at_end_) return false;
  if (end == rest.npos || rest[end] == '<') {  // no tag
    add_text("<");
    ++parsed_;
    return true;
  }
  tag_begin_ = parsed_;
  parsed_ += end + 1;
  handle_tag(rest.substr(1, end - 1));
  return true;
}

// White space at the ends is left to whoever reads the cell.
void HtmlRows::add_text(std::string_view text) {
  if (!in_cell_) return;
  std::string& cell = cells_.back().text;
  for (const char c : text) {
    if (cell.size() > kMaxFieldBytes) return;
    if (!is_space(c)) {
      cell += c;
    } else if (!cell.empty() && cell.back() != ' ' && cell.back() != '\n') {
      cell += ' ';
    }
  }
}

void HtmlRows::handle_tag(std::string_view tag) {
  const bool closing = tag.starts_with('/');
  if (closing) tag.remove_prefix(1);
  std::size_t end = 0;
  while (end < tag.size() && !is_space(tag[end]) && tag[end] != '/') ++end;
  const std::string_view name = tag.substr(0, end);
  const std::string_view attributes = tag.substr(end);
  for (const std::string_view raw : {"script", "style", "title"}) {
    if (!closing && equal_words(name, raw)) raw_until_ = "</" + std::string(raw);
  }
  if (equal_words(name, "table")) {
    if (!closing && in_cell_) {
      ++depth_;
    } else if (closing && depth_ > 0) {
      --depth_;
    } else if (in_row_) {
      end_row();
    }
    return;
  }
  if (equal_words(name, "br")) {
    if (in_cell_ && !cells_.back().text.empty() && cells_.back().text.size() <= kMaxFieldBytes)
      cells_.back().text += '\n';
    return;
  }
  if (depth_ > 0) return add_text(" ");
  if (equal_words(name, "tr")) {
    if (in_row_) end_row();
    if (!closing) begin_row(attributes);
  } else if (equal_words(name, "td") || equal_words(name, "th")) {
    if (in_cell_) end_cell();
    if (!closing && in_row_ && !row_done_) begin_cell(attributes);
  }
}

void HtmlRows::begin_row(std::string_view attributes) {
  // A row that ended without its own tag is given first; its successor's tag is read again.
  if (row_done_) {
    parsed_ = tag_begin_;
    return;
  }
  std::erase_if(spanning_, [&](Spanning& above) {
    if (above.rows_left-- > 0) return false;
    spanning_bytes_ -= above.text.size();
    return true;
  });
  ++number_;
  in_row_ = true;
  hidden_ = find_word(attribute(attributes, "style"), "display:none") != std::string_view::npos;
  next_column_ = 0;
  row_bytes_ = 0;
  cells_.clear();
}

void HtmlRows::end_row() {
  if (in_cell_) end_cell();
  in_row_ = false;
  row_done_ = true;
}

std::uint32_t HtmlRows::free_column(std::uint32_t from) const {
  for (bool moved = true; moved;) {
    moved = false;
    for (const Spanning& above : spanning_) {
      // Those of this row itself begin behind it.
      if (from < above.column || from >= above.column + above.columns) continue;
      from = above.column + above.columns;
      moved = true;
    }
  }
  return from;
}

void HtmlRows::begin_cell(std::string_view attributes) {
  const std::uint32_t column = free_column(next_column_);
  if (column >= kMostColumns) return;
  cell_columns_ = span_of(attributes, "colspan", kMostColumns - column);
  cell_rows_ = span_of(attributes, "rowspan", kMostRows);
  next_column_ = column + cell_columns_;
  cells_.push_back({.column = column, .text = {}});
  in_cell_ = true;
}

void HtmlRows::end_cell() {
  in_cell_ = false;
  Cell& cell = cells_.back();
  cell.text = without_entities(cell.text);
  row_bytes_ += cell.text.size();
  if (cell_rows_ > 1 && spanning_.size() < kSpanningCells) {
    const bool kept = spanning_bytes_ + cell.text.size() <= kSpanningBytes;
    spanning_.push_back(
        {cell.column, cell_columns_, cell_rows_ - 1, kept ? cell.text : std::string()});
    spanning_bytes_ += spanning_.back().text.size();
  }
  if (cell.text.empty() || row_bytes_ > kMaxCellRowBytes) cells_.pop_back();
}

}  // namespace bidui::connectors
