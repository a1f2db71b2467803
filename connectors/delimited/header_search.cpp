#include "connectors/delimited/header_search.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "connectors/delimited/cell_text.h"
#include "connectors/delimited/plain_header.h"
#include "connectors/delimited/record_splitter.h"

namespace bidui::connectors {
namespace {

using Cells = std::vector<std::string>;

int ask(const HeaderTest& test, const Cells& cells) {
  const std::vector<std::string_view> views(cells.begin(), cells.end());
  return test(views);
}

std::vector<Cells> first_rows(std::string_view head, bool whole, char delimiter,
                              std::size_t limit) {
  // The rows stand at the beginning, but for cells of unusual length.
  constexpr std::size_t kLikelyBytes = std::size_t{64} * 1024;
  RecordSplitter splitter(delimiter);
  if (head.size() > kLikelyBytes) splitter.split(head.substr(0, kLikelyBytes), false);
  if (splitter.records().size() < limit) splitter.split(head, whole);
  std::vector<Cells> rows;
  TextBuffer arena;
  for (const RawRecord& record : splitter.records()) {
    if (rows.size() == limit) break;
    Cells& row = rows.emplace_back();
    for (std::uint32_t i = 0; i < record.cell_count; ++i) {
      const RawCell& cell = splitter.cells()[record.first_cell + i];
      std::string_view text = head.substr(cell.begin, cell.end - cell.begin);
      arena.clear();
      arena.reserve_more(text.size());
      if (cell.quoted) text = unquote(text, arena);
      row.emplace_back(unwrap_formula_text(trim_cell(text)));
    }
  }
  return rows;
}

// The names that two header rows give together.
Cells merged_header(const Cells& upper, const Cells& lower, const HeaderTest& test) {
  Cells merged;
  std::string group;
  const std::size_t columns = std::max(upper.size(), lower.size());
  for (std::size_t i = 0; i < columns; ++i) {
    const std::string above = i < upper.size() ? upper[i] : "";
    const std::string below = i < lower.size() ? lower[i] : "";
    if (!above.empty()) group = above;
    const std::string joined = group + below;
    const std::array<std::string_view, 1> one{joined};
    if (below.empty()) {
      merged.push_back(above);
    } else {
      merged.push_back(!group.empty() && test(one) > 0 ? joined : below);
    }
  }
  return merged;
}

bool blank_from(const Cells& cells, std::size_t from) {
  return std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(std::min(from, cells.size())),
                     cells.end(), [](const std::string& cell) { return cell.empty(); });
}

// Exporters that end rows, or the header alone, with superfluous delimiters.
void follow_row_width(const std::vector<Cells>& rows, FoundHeader& header) {
  std::size_t width = 0;
  for (std::size_t i = header.first_row - 1 + header.rows.size(); i < rows.size(); ++i) {
    const std::vector<std::string_view> views(rows[i].begin(), rows[i].end());
    if (skip_reason(views, header.rows) != SkipReason::kNone) continue;
    if (width == 0) width = rows[i].size();
    if (rows[i].size() != width || !blank_from(rows[i], header.columns.size())) return;
  }
  if (width > 0 && blank_from(header.columns, width)) header.columns.resize(width);
}

struct Candidate {
  int score = -1;
  std::size_t row = 0;
  Cells merged;  // empty if one row is enough
};

// Whether a cell has this many digits in a row.
bool has_digits(const Cells& cells, int digits) {
  return std::any_of(cells.begin(), cells.end(), [digits](std::string_view text) {
    int run = 0;
    for (const char c : text) {
      run = c >= '0' && c <= '9' ? run + 1 : 0;
      if (run == digits) return true;
    }
    return text.find("０") != text.npos || text.find("１") != text.npos;
  });
}

// A row alone or with the next: the second row must add to both.
Candidate judge(std::span<const Cells> rows, std::size_t row, const HeaderTest& test) {
  Candidate candidate{.score = ask(test, rows[row]), .row = row, .merged = {}};
  constexpr int kDataDigits = 6;  // of an ID number, date or code: a header may have a year
  if (row + 1 >= rows.size() || blank_from(rows[row], 0)) return candidate;
  if (has_digits(rows[row + 1], kDataDigits)) return candidate;
  Cells merged = merged_header(rows[row], rows[row + 1], test);
  const int score = ask(test, merged);
  if (candidate.score > 0 && score > candidate.score && score > ask(test, rows[row + 1])) {
    candidate.score = score;
    candidate.merged = std::move(merged);
  }
  return candidate;
}

Candidate best_candidate(std::span<const Cells> rows, const HeaderTest& test) {
  Candidate best;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    Candidate candidate = judge(rows, row, test);
    if (candidate.score > best.score) best = std::move(candidate);
  }
  return best;
}

std::vector<char> delimiters(const HeaderSearch& search) {
  if (search.delimiter) return {*search.delimiter};
  return {',', '\t', ';', '|'};
}

std::vector<Cells> searched_rows(std::string_view head, bool whole, char delimiter,
                                 const HeaderSearch& search) {
  // More rows than a header may stand in: the last of them needs rows below it.
  return first_rows(head, whole, delimiter, std::size_t{2} * search.rows);
}

// A file of one column is told by the column's name only.
std::optional<std::size_t> named_column(std::span<const Cells> rows, const HeaderTest& test) {
  const auto single = [](const Cells& row) { return row.size() == 1; };
  if (rows.size() < 2 || !std::ranges::all_of(rows, single)) return std::nullopt;
  const auto named =
      std::ranges::find_if(rows, [&](const Cells& row) { return ask(test, row) == 1; });
  if (named == rows.end() || named + 1 == rows.end()) return std::nullopt;
  return static_cast<std::size_t>(named - rows.begin());
}

// Rows that are told from others by form alone.
std::optional<FoundHeader> unknown_header(std::span<const Cells> rows, const HeaderTest& test,
                                          const HeaderSearch& search) {
  auto row = plain_header_row(rows);
  if (!row) row = named_column(rows, test);
  if (!row || *row >= search.rows) return std::nullopt;
  return FoundHeader{.columns = rows[*row],
                     .rows = {rows[*row]},
                     .first_row = static_cast<std::uint32_t>(*row + 1),
                     .recognised = ask(test, rows[*row])};
}

std::optional<FoundHeader> known_header(std::span<const Cells> rows, const HeaderTest& test,
                                        const HeaderSearch& search) {
  Candidate best =
      best_candidate(rows.first(std::min<std::size_t>(rows.size(), search.rows)), test);
  if (best.score < search.recognised) return std::nullopt;
  FoundHeader header{.columns = rows[best.row],
                     .rows = {rows[best.row]},
                     .first_row = static_cast<std::uint32_t>(best.row + 1),
                     .recognised = best.score};
  if (!best.merged.empty()) {
    header.columns = best.merged;
    header.rows.push_back(rows[best.row + 1]);
  }
  return header;
}

// The widest table that a delimiter gives and whose first row of full width reads as a header.
std::optional<FoundHeader> find_unknown_header(std::string_view head, bool whole,
                                               const HeaderTest& test, const HeaderSearch& search) {
  std::optional<FoundHeader> found;
  for (const char delimiter : delimiters(search)) {
    const std::vector<Cells> rows = searched_rows(head, whole, delimiter, search);
    std::optional<FoundHeader> header = unknown_header(rows, test, search);
    if (!header || (found && header->columns.size() <= found->columns.size())) continue;
    found = std::move(header);
    found->delimiter = delimiter;
  }
  return found;
}

// At most `characters` of the text, cut between characters.
std::string_view shortened(std::string_view text, std::size_t characters) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (begins && characters-- == 0) return text.substr(0, i);
  }
  return text;
}

}  // namespace

std::optional<FoundHeader> find_header(std::string_view head, bool whole, const HeaderTest& test,
                                       const HeaderSearch& search) {
  std::optional<FoundHeader> found;
  for (const char delimiter : delimiters(search)) {
    const std::vector<Cells> rows = searched_rows(head, whole, delimiter, search);
    std::optional<FoundHeader> header = known_header(rows, test, search);
    if (!header || (found && header->recognised <= found->recognised)) continue;
    header->delimiter = delimiter;
    follow_row_width(rows, *header);
    found = std::move(header);
  }
  if (!found && search.accept_unknown) return find_unknown_header(head, whole, test, search);
  return found;
}

std::optional<FoundHeader> find_header_row(std::span<const std::vector<std::string>> rows,
                                           const HeaderTest& test, const HeaderSearch& search) {
  std::optional<FoundHeader> found = known_header(rows, test, search);
  return found || !search.accept_unknown ? found : unknown_header(rows, test, search);
}

std::string describe_likeliest_row(std::string_view head, bool whole, const HeaderTest& test,
                                   const HeaderSearch& search) {
  std::vector<Cells> rows;
  for (const char delimiter : delimiters(search))
    std::ranges::move(first_rows(head, whole, delimiter, search.rows), std::back_inserter(rows));
  return describe_likeliest_row(rows, test);
}

std::string describe_likeliest_row(std::span<const std::vector<std::string>> rows,
                                   const HeaderTest& test) {
  constexpr std::size_t kCellsShown = 30;
  constexpr std::size_t kCharactersShown = 16;
  const Cells* best = nullptr;
  int best_score = -1;
  for (const Cells& row : rows) {
    if (row.size() < 2 || has_digits(row, 4)) continue;
    const int score = ask(test, row);
    if (score > best_score) {
      best_score = score;
      best = &row;
    }
  }
  std::string text;
  for (std::size_t i = 0; best != nullptr && i < std::min(best->size(), kCellsShown); ++i) {
    if (i > 0) text += ", ";
    text += shortened((*best)[i], kCharactersShown);
  }
  return text;
}

}  // namespace bidui::connectors
